"""Likely the same: among what one sees, and not a hint beyond."""

from collections.abc import Callable
from datetime import date

import pytest

from kring.circle.access import open_family
from kring.circle.models import Family
from kring.demo.cast import Cast
from kring.families import likeness, queries
from kring.families.models import FamilyMember
from kring.families.tests.conftest import add, join
from tests.bed import acting

pytestmark = pytest.mark.django_db
BORN = date(2012, 5, 3)


def alike(viewer: object, family: Family) -> list[tuple[str, str]]:
    with acting(viewer) as by:  # type: ignore[arg-type]
        opened = open_family(by, family.id, "kijken")
        found = likeness.likely_duplicates(opened, queries.members_of(opened))
        return [
            (one.member.name, one.other.name if one.other else str(one.family and one.family.label)) for one in found
        ]


def test_the_same_surname_and_birth_date_are_likely_one(cast: Cast, family: Family, daan: FamilyMember) -> None:
    add(cast.tom, family, initials="D.", surname="DE VRIES", born_on=BORN)
    assert alike(cast.tom, family) == [("D. DE VRIES", "Daan de Vries")]


def test_twins_are_two(cast: Cast, family: Family, daan: FamilyMember) -> None:
    add(cast.tom, family, called="Lisa", prefix="de", surname="Vries", born_on=BORN)
    assert alike(cast.tom, family) == []


def test_another_family_that_i_see_is_named_and_one_that_i_do_not_see_gives_no_hint(
    cast: Cast, found: Callable[..., Family], family: Family, daan: FamilyMember
) -> None:
    again = found("Melding 12 november")
    add(cast.tom, again, called="Daan", prefix="de", surname="Vries", born_on=BORN)
    assert alike(cast.tom, again) == [("Daan de Vries", "Gezin De Vries")]
    join(cast, again, cast.samira)
    assert alike(cast.samira, again) == []


def test_a_membership_that_opens_one_person_compares_nothing_elsewhere(
    cast: Cast, found: Callable[..., Family], family: Family, daan: FamilyMember
) -> None:
    again = found("Melding 12 november")
    other = add(cast.tom, again, called="Daan", prefix="de", surname="Vries", born_on=BORN)
    join(cast, again, cast.samira)
    join(cast, family, cast.samira, role="expert", opens_persons=[other.id])
    assert alike(cast.samira, again) == []
