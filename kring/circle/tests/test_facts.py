"""The three facts of a circle are the database's word, also when two people change them at the same moment."""

import threading
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from kring.accounts.models import Professional
from kring.circle import actions
from kring.circle.models import Circle, Family, Membership
from kring.demo.cast import Cast
from kring.lifecycle.reasons import NotAllowed
from kring.locks.subject import Viewer
from tests.bed import acting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def family(cast: Cast) -> Iterator[Family]:
    """Tom has sight; Amira and Femke, colleagues, stand in the circle too."""
    with acting(cast.tom) as tom:
        found = actions.found_family(
            by=tom, label="Gezin De Vries", desk_id=cast.organisation("veilig_thuis"), assessed_before=date(2030, 1, 1)
        )
        actions.take_up_sight(by=tom, family=found)
        for who in (cast.amira, cast.femke):
            professional = Professional.objects.select_related("organisation").get(pk=who.id)
            actions.admit(by=tom, family=found, role="assessor", ground="veilig_thuis", professional=professional)
    return found


def member(who: Viewer, family: Family) -> Membership:
    return Membership.objects.get(family=family, professional_id=who.id, until_at__isnull=True)


def at_once(*acts: Callable[[], object]) -> list[BaseException | None]:
    """Run these on connections of their own, started together; what each raised."""
    raised: list[BaseException | None] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(number: int) -> None:
        try:
            start.wait(10)
            acts[number]()
        except Exception as error:
            raised[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return raised


def sight_of(cast: Cast, family: Family) -> Membership:
    with acting(cast.tom):
        return Circle.objects.select_related("sight_owner").get(family=family).sight_owner


def test_sight_on_safety_is_never_empty(cast: Cast, family: Family) -> None:
    with acting(cast.tom), pytest.raises(DatabaseError), transaction.atomic():
        Circle.objects.filter(family=family).update(sight_owner=None)


def test_who_has_sight_can_not_leave_whatever_the_code_asks(cast: Cast, family: Family) -> None:
    with acting(cast.tom) as tom:
        with pytest.raises(NotAllowed):
            actions.end_membership(by=tom, membership=member(tom, family), reason="weg")
        with pytest.raises(DatabaseError, match="rests on"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select sec.end_membership(%s, 'weg')", [member(tom, family).id])


def test_sight_passes_to_nobody_but_who_accepts_by_name(cast: Cast, family: Family) -> None:
    with acting(cast.tom), pytest.raises(DatabaseError, match="accepts it by name"), transaction.atomic():
        Circle.objects.filter(family=family).update(sight_owner=member(cast.amira, family))
    assert sight_of(cast, family).professional_id == cast.tom.id


def test_sight_does_not_pass_to_a_member_of_another_family(cast: Cast, family: Family) -> None:
    with acting(cast.tom) as tom:
        other = actions.found_family(
            by=tom, label="Ander", desk_id=cast.organisation("veilig_thuis"), assessed_before=date(2030, 1, 1)
        )
        actions.take_up_sight(by=tom, family=other)
    with acting(cast.tom), pytest.raises(DatabaseError), transaction.atomic():
        Circle.objects.filter(family=family).update(fixed_face=member(cast.tom, other), no_face_reason="")


def test_the_giver_has_sight_until_the_receiver_accepts(cast: Cast, family: Family) -> None:
    with acting(cast.tom) as tom:
        actions.offer_sight(by=tom, family=family, to=member(cast.amira, family))
    assert sight_of(cast, family).professional_id == cast.tom.id
    with acting(cast.amira) as amira:
        actions.accept_sight(by=amira, family=family)
    assert sight_of(cast, family).professional_id == cast.amira.id


def test_a_deputy_is_another_than_the_fixed_face_and_can_not_just_leave(cast: Cast, family: Family) -> None:
    with acting(cast.tom) as tom:
        actions.set_fixed_face(
            by=tom, family=family, face=member(cast.amira, family), deputy=member(cast.femke, family)
        )
        with pytest.raises(DatabaseError, match="deputy_is_another"), transaction.atomic():
            Circle.objects.filter(family=family).update(deputy=member(cast.amira, family))
    with acting(cast.femke) as femke, pytest.raises(NotAllowed):
        actions.end_membership(by=femke, membership=member(femke, family), reason="weg")


def test_no_fixed_face_needs_a_reason_and_a_day(cast: Cast, family: Family) -> None:
    with acting(cast.tom), pytest.raises(DatabaseError, match="fixed_face_or_a_reason"), transaction.atomic():
        Circle.objects.filter(family=family).update(no_face_reason="")
    with acting(cast.tom) as tom, pytest.raises(NotAllowed):
        actions.set_no_fixed_face(by=tom, family=family, reason="declined", until=timezone.localdate())


def test_leaving_and_being_offered_sight_at_the_same_moment_never_end_in_nobody(cast: Cast, family: Family) -> None:
    def offer() -> None:
        with acting(cast.tom) as tom:
            actions.offer_sight(by=tom, family=family, to=member(cast.amira, family))

    def leave() -> None:
        with acting(cast.amira) as amira:
            actions.end_membership(by=amira, membership=member(amira, family), reason="weg")

    raised = at_once(offer, leave)
    assert len([one for one in raised if one]) == 1, raised
    with acting(cast.tom):
        circle = Circle.objects.select_related("sight_owner", "sight_offered_to").get(family=family)
    assert circle.sight_owner.until_at is None
    assert circle.sight_offered_to is None or circle.sight_offered_to.until_at is None


def test_two_receivers_accept_and_one_of_them_has_it(cast: Cast, family: Family) -> None:
    """Offered to Amira, then to Femke while Amira accepts: whoever is first wins, the other hears why not."""
    with acting(cast.tom) as tom:
        actions.offer_sight(by=tom, family=family, to=member(cast.amira, family))

    def accept() -> None:
        with acting(cast.amira) as amira:
            actions.accept_sight(by=amira, family=family)

    def offer_another() -> None:
        with acting(cast.tom) as tom:
            actions.offer_sight(by=tom, family=family, to=member(cast.femke, family))

    raised = at_once(accept, offer_another)
    owner = sight_of(cast, family)
    assert owner.until_at is None
    assert owner.professional_id == (cast.tom.id if raised[0] else cast.amira.id)


def test_two_changes_of_the_fixed_face_at_once_leave_one(cast: Cast, family: Family) -> None:
    def choose(who: Viewer) -> Callable[[], None]:
        def act() -> None:
            with acting(cast.tom) as tom:
                actions.set_fixed_face(by=tom, family=family, face=member(who, family))

        return act

    assert at_once(choose(cast.amira), choose(cast.femke)) == [None, None]
    with acting(cast.tom):
        circle = Circle.objects.get(family=family)
    assert circle.fixed_face_id
    assert circle.no_face_reason == ""


def test_the_face_leaves_while_being_made_deputy_elsewhere_in_the_row(cast: Cast, family: Family) -> None:
    def make_deputy() -> None:
        with acting(cast.tom) as tom:
            actions.set_fixed_face(
                by=tom, family=family, face=member(cast.femke, family), deputy=member(cast.amira, family)
            )

    def leave() -> None:
        with acting(cast.amira) as amira:
            actions.end_membership(by=amira, membership=member(amira, family), reason="weg")

    raised = at_once(make_deputy, leave)
    assert len([one for one in raised if one]) == 1
    with acting(cast.tom):
        deputy = Circle.objects.select_related("deputy").get(family=family).deputy
        assert deputy is None or deputy.until_at is None


def test_who_left_after_this_transaction_began_gets_no_task_any_more(cast: Cast, family: Family) -> None:
    """The offer began first and Amira's leaving was written first: by the transaction's own clock she would still be there."""
    begun, left = threading.Event(), threading.Event()

    def offer() -> None:
        with acting(cast.tom) as tom:
            hers = member(cast.amira, family)
            begun.set()
            assert left.wait(10)
            actions.offer_sight(by=tom, family=family, to=hers)

    def leave() -> None:
        assert begun.wait(10)
        with acting(cast.amira) as amira:
            actions.end_membership(by=amira, membership=member(amira, family), reason="weg")
        left.set()

    offered, gone = at_once(offer, leave)
    assert gone is None
    assert isinstance(offered, DatabaseError)
