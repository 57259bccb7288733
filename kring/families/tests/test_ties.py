"""Relations, authority, safe contact and danger at the door."""

from datetime import date

import pytest

from kring.circle import actions as circle
from kring.circle.access import open_family
from kring.circle.models import Family
from kring.demo.cast import Cast
from kring.families import actions, queries, rules
from kring.families.models import AuthorityKind, DoorDanger, FamilyMember, SafeContact
from kring.families.tests.conftest import add, join
from kring.lifecycle.reasons import Conflict, NotAllowed
from kring.locks.subject import Viewer
from tests.bed import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def rob(cast: Cast, family: Family) -> FamilyMember:
    return add(cast.tom, family, called="Rob", prefix="de", surname="Vries", born_on=date(1985, 2, 1))


@pytest.fixture
def fatma(cast: Cast, family: Family) -> FamilyMember:
    return add(cast.tom, family, called="Fatma", surname="Yıldız", born_on=date(1988, 4, 2))


def test_authority_that_nobody_established_is_unknown_never_none(
    cast: Cast, family: Family, daan: FamilyMember
) -> None:
    with acting(cast.tom) as tom:
        assert queries.authority_over(open_family(tom, family.id, "kijken"), daan).kind == AuthorityKind.UNKNOWN


def test_authority_changes_over_time_and_the_former_one_keeps_its_dates(
    cast: Cast, family: Family, daan: FamilyMember, rob: FamilyMember, fatma: FamilyMember
) -> None:
    with acting(cast.tom) as tom:
        before = actions.set_authority(by=tom, child=daan, kind="joint_parental", holders=[rob, fatma])
        actions.set_authority(
            by=tom, child=daan, kind="single_parental", holders=[fatma], source="ruling", from_on=date(2026, 10, 1)
        )
        before.refresh_from_db()
        now = queries.authority_over(open_family(tom, family.id, "kijken"), daan)
        assert (before.until_on, now.kind, now.holders) == (date(2026, 10, 1), "single_parental", [fatma.id])


def test_authority_can_be_under_investigation_beside_what_it_is(cast: Cast, daan: FamilyMember) -> None:
    with acting(cast.tom) as tom:
        now = actions.set_authority(
            by=tom, child=daan, kind="undeterminable", under_investigation=True, explanation="Buitenlandse akte", source="register"
        )  # fmt: skip
        assert (now.kind, now.under_investigation) == ("undeterminable", True)


def test_authority_names_who_has_it_and_is_not_over_an_adult(
    cast: Cast, daan: FamilyMember, rob: FamilyMember, fatma: FamilyMember
) -> None:
    with acting(cast.tom) as tom:
        for child, kind, holders, code in (
            (daan, "single_parental", [], "no_holder"),
            (daan, "single_parental", [rob, fatma], "two_holders"),
            (daan, "joint_parental", [rob], "no_holder"),
            (daan, "unknown", [rob], "holders"),
            (rob, "unknown", [], "of_age"),
        ):
            with pytest.raises(NotAllowed) as refused:
                actions.set_authority(by=tom, child=child, kind=kind, holders=holders)
            assert [reason.code for reason in refused.value.reasons] == [code]


def test_two_who_establish_authority_at_once_do_not_overwrite_each_other(cast: Cast, daan: FamilyMember) -> None:
    with acting(cast.tom) as tom:
        actions.set_authority(by=tom, child=daan, kind="undeterminable", version=0)
        with pytest.raises(Conflict):
            actions.set_authority(by=tom, child=daan, kind="unknown", version=0)


def test_partners_become_ex_partners_and_both_are_on_record(
    cast: Cast, family: Family, rob: FamilyMember, fatma: FamilyMember
) -> None:
    with acting(cast.tom) as tom:
        married = actions.relate(by=tom, member=rob, other=fatma, kind="partner", from_on=date(2010, 1, 1))
        assert actions.relate(by=tom, member=rob, other=fatma, kind="partner") == married
        actions.end_relation(by=tom, relation=married, until_on=date(2026, 3, 1))
        actions.relate(by=tom, member=rob, other=fatma, kind="ex_partner", from_on=date(2026, 3, 1))
        opened = open_family(tom, family.id, "kijken")
        ties = queries.ties_of(opened, queries.people_of(opened))[fatma.id]
        assert [(tie.kind, tie.is_now) for tie in ties] == [("partner", False), ("ex_partner", True)]


def test_a_relation_with_somebody_one_may_not_see_is_left_out(
    cast: Cast, family: Family, daan: FamilyMember, rob: FamilyMember
) -> None:
    with acting(cast.tom) as tom:
        actions.relate(by=tom, member=rob, other=daan, kind="parent")
    join(cast, family, cast.noor, role="expert", opens_persons=[daan.id])
    with acting(cast.noor) as noor:
        opened = open_family(noor, family.id, "meedenken")
        assert queries.ties_of(opened, queries.people_of(opened)) == {}


def test_without_safe_contact_nothing_is_sent(daan: FamilyMember) -> None:
    assert [reason.code for reason in rules.may_reach(None, "letter")] == ["contact_unknown"]


def test_what_is_sent_goes_only_the_way_that_was_agreed(cast: Cast, fatma: FamilyMember) -> None:
    with acting(cast.tom) as tom:
        actions.set_safe_contact(by=tom, member=fatma, channels=["call"], voicemail="no", as_whom="de tandarts")
        contact = queries.safe_contact_of(fatma)
        assert rules.may_reach(contact, "call") == []
        assert [reason.code for reason in rules.may_reach(contact, "letter")] == ["other_way"]
        actions.set_safe_contact(by=tom, member=fatma, channels=["through_professional"])
        through = rules.may_reach(queries.safe_contact_of(fatma), "through_professional")
        assert [reason.code for reason in through] == ["other_way"]


def test_father_reads_neither_mothers_safe_contact_nor_the_danger_at_his_door(
    cast: Cast, family: Family, rob: FamilyMember, fatma: FamilyMember
) -> None:
    with acting(cast.tom) as tom:
        actions.set_safe_contact(by=tom, member=fatma, channels=["call"], phone="06 12345678")
        actions.warn_at_the_door(by=tom, family=family, what="Dreigt met een hond", since_on=date(2026, 11, 1))
        for member in (rob, fatma):
            circle.admit(by=tom, family=family, role="family_member", ground="self", person_id=member.person_id)
    with acting(Viewer(rob.person_id, "person", "Rob")) as by:
        open_family(by, family.id, "mijn gezin")
        assert (SafeContact.objects.count(), DoorDanger.objects.count()) == (0, 0)
    with acting(Viewer(fatma.person_id, "person", "Fatma")) as by:
        open_family(by, family.id, "mijn gezin")
        assert (SafeContact.objects.count(), DoorDanger.objects.count()) == (1, 0)


def test_danger_ends_with_a_reason_and_is_no_longer_shown(cast: Cast, family: Family) -> None:
    with acting(cast.tom) as tom:
        danger = actions.warn_at_the_door(by=tom, family=family, what="Hond los in huis", since_on=date(2026, 11, 1))
        opened = open_family(tom, family.id, "kijken")
        assert queries.dangers_of(opened) == [danger]
        actions.end_danger(by=tom, danger=danger, ended_on=date(2026, 11, 20), reason="De hond is weg")
        assert queries.dangers_of(opened) == []
