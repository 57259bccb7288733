"""The family De Vries as a concern report founded it, with Tom of Veilig Thuis who took it up."""

from collections.abc import Callable
from datetime import date

import pytest

from kring.accounts.models import Professional
from kring.circle import actions as circle
from kring.circle.models import Family
from kring.demo.cast import Cast
from kring.families import actions
from kring.families.models import FamilyMember
from kring.locks.subject import Viewer
from tests.bed import acting

BSN, ANOTHER_BSN = "999990019", "999990020"  # pass the eleven test; from the range for testing


@pytest.fixture
def found(cast: Cast) -> Callable[..., Family]:
    """A family with Tom as owner of sight on safety."""

    def make(label: str = "Gezin De Vries", by: Viewer | None = None) -> Family:
        with acting(by or cast.tom) as tom:
            family = circle.found_family(
                by=tom, label=label, desk_id=cast.organisation("veilig_thuis"), assessed_before=date(2030, 1, 1)
            )
            circle.take_up_sight(by=tom, family=family)
        return family

    return make


@pytest.fixture
def family(found: Callable[..., Family]) -> Family:
    return found()


@pytest.fixture
def daan(cast: Cast, family: Family) -> FamilyMember:
    """Daan, 14 or so, in his family."""
    return add(cast.tom, family, given_names="Daan", prefix="de", surname="Vries", born_on=date(2012, 5, 3))


def add(viewer: Viewer, family: Family, bsn: str = "", **facts: object) -> FamilyMember:
    with acting(viewer) as by:
        return actions.add_member(by=by, family=family, bsn=bsn, **facts)


def join(cast: Cast, family: Family, viewer: Viewer, role: str = "local_professional", **scope: object) -> None:
    """Tom lets a colleague in, with what the membership opens."""
    with acting(cast.tom) as tom:
        circle.admit(
            by=tom, family=family, role=role, ground="directly_involved", professional=Professional.objects.get(pk=viewer.id),
            **scope,
        )  # fmt: skip
