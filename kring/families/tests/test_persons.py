"""Who belongs to a family, and the bare person behind a member."""

from collections.abc import Callable
from datetime import date

import psycopg
import pytest

from kring.circle.access import NotThere, open_family
from kring.circle.models import Family
from kring.demo.cast import Cast
from kring.families import actions, queries
from kring.families.models import FamilyMember
from kring.families.tests.conftest import BSN, add, join
from kring.lifecycle.reasons import Conflict
from tests.bed import acting, door

pytestmark = pytest.mark.django_db


def test_a_member_is_there_with_as_little_as_a_first_name(cast: Cast, family: Family) -> None:
    add(cast.tom, family, called="Mees")
    with acting(cast.tom) as tom:
        (mees,) = queries.members_of(open_family(tom, family.id, "kijken"))
        assert mees.name == "Mees"
        assert mees.birth.precision == "unknown"
        assert mees.is_child() is None


def test_an_unborn_child_has_an_expected_date_and_becomes_a_member_by_being_born(cast: Cast, family: Family) -> None:
    baby = add(cast.tom, family, unborn=True, expected_on=date(2027, 1, 15))
    assert baby.name == "Kind dat nog geboren wordt"
    assert baby.is_child() is True
    with acting(cast.tom) as tom:
        born = actions.change_member(by=tom, member=baby, called="Noa", born_on=date(2027, 1, 12))
    assert (born.unborn, born.expected_on, born.birth.exact) == (False, None, date(2027, 1, 12))


def test_a_birth_known_to_the_year_stays_no_more_precise(cast: Cast, family: Family) -> None:
    father = add(cast.tom, family, called="Rob", born_on=date(1985, 1, 1), born_precision="year")
    assert father.birth.exact is None
    assert father.birth.ages(date(2026, 6, 1)) == (40, 41)


def test_two_who_change_a_member_at_once_lose_nothing(cast: Cast, daan: FamilyMember) -> None:
    with acting(cast.tom) as tom:
        actions.change_member(by=tom, member=daan, version=1, called="Daan")
    with acting(cast.tom) as tom, pytest.raises(Conflict):
        actions.change_member(by=tom, member=daan, version=1, called="Daniël")


def test_the_same_number_is_the_same_person_in_two_families_and_no_door_can_read_that(
    cast: Cast, found: Callable[..., Family]
) -> None:
    here, there = found(), found("Familie Yıldız")
    one = add(cast.tom, here, bsn=BSN, called="Daan", born_on=date(2012, 5, 3))
    two = add(cast.tom, there, bsn=BSN, called="Daan", born_on=date(2012, 5, 3))
    assert one.person_id == two.person_id
    for name in ("app", "jobs", "login"):
        with door(name) as role, pytest.raises(psycopg.errors.InsufficientPrivilege):
            role.execute("select * from families_person")


def test_a_colleague_outside_the_circle_finds_nobody(cast: Cast, daan: FamilyMember) -> None:
    with acting(cast.amira):
        assert FamilyMember.objects.count() == 0
    with acting(cast.samira) as samira:
        assert FamilyMember.objects.count() == 0
        with pytest.raises(NotThere):
            actions.change_member(by=samira, member=daan, called="x")


def test_a_membership_that_opens_one_person_shows_no_other(cast: Cast, family: Family, daan: FamilyMember) -> None:
    add(cast.tom, family, called="Lisa", surname="Vries")
    join(cast, family, cast.noor, role="expert", opens_persons=[daan.id])
    with acting(cast.noor) as noor:
        assert queries.members_of(open_family(noor, family.id, "meedenken")) == [daan]
