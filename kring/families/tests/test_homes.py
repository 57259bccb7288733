"""Where people live, over several addresses, and the address that must not leak (story 16)."""

import uuid
from datetime import date

import pytest
from django.db import connection

from kring.circle import actions as circle
from kring.circle.access import open_family
from kring.circle.models import ContactCard, Family, Membership
from kring.demo.cast import Cast
from kring.families import actions, queries
from kring.families.models import FamilyMember, Household, PlaceClue, SafeContact, SecretAddress
from kring.families.tests.conftest import add, join
from kring.lifecycle.models import Happening
from kring.lifecycle.reasons import NotAllowed
from kring.locks.subject import Viewer
from tests.bed import acting, door

pytestmark = pytest.mark.django_db
SHELTER = {
    "street": "Geheimlaan",
    "house_number": "77 bis",
    "postcode": "9988 ZZ",
    "town": "Sluiskade",
    "organisation": "Het Anker",
}
LEAKS = (*SHELTER.values(), "De Regenboog", "06 12345678")


@pytest.fixture
def fatma(cast: Cast, family: Family) -> FamilyMember:
    return add(cast.tom, family, called="Fatma", surname="Yıldız", born_on=date(1988, 4, 2))


@pytest.fixture
def shelter(cast: Cast, family: Family, daan: FamilyMember, fatma: FamilyMember) -> Household:
    """Mother and Daan live in a shelter; his school and her phone would tell where."""
    with acting(cast.tom) as tom:
        actions.add_place_clue(by=tom, member=daan, kind="school", text="De Regenboog")
        actions.set_safe_contact(by=tom, member=fatma, channels=["call"], phone="06 12345678")
        home = actions.start_household(by=tom, family=family, members=[fatma, daan], from_on=date(2026, 11, 3))
        actions.set_secret_address(by=tom, household=home, **SHELTER)
    return home


def father(cast: Cast, family: Family, person_id: uuid.UUID) -> Viewer:
    """Rob has the portal."""
    with acting(cast.tom) as tom:
        circle.admit(by=tom, family=family, role="family_member", ground="self", person_id=person_id)
    return Viewer(person_id, "person", "Rob")


def everything(viewer: Viewer, family: Family) -> str:
    """All that this viewer can read of this family, by every table of this room and the happenings."""
    seen = []
    with acting(viewer) as by:
        opened = open_family(by, family.id, "kijken")
        for home in queries.homes_of(opened, queries.people_of(opened)):
            seen += [
                home.household.__dict__,
                home.address and home.address.__dict__,
                home.secret and home.secret.__dict__,
            ]
            seen += [stay.__dict__ for stay, _member in home.stays]
        for model in (SecretAddress, PlaceClue, SafeContact, Happening):
            seen += [row.__dict__ for row in model.objects.all()]
        with connection.cursor() as cursor:
            cursor.execute("select * from sec.trail_of(%s, 0, 500)", [family.id])
            seen += cursor.fetchall()
    return repr(seen)


def test_father_in_the_portal_finds_no_trace_of_the_shelter(cast: Cast, family: Family, shelter: Household) -> None:
    rob = add(cast.tom, family, called="Rob", surname="Vries", born_on=date(1985, 2, 1))
    seen = everything(father(cast, family, rob.person_id), family)
    assert [leak for leak in LEAKS if leak in seen] == []
    assert "secret" not in seen.lower()


def test_a_colleague_in_the_circle_outside_the_duo_finds_none_either(
    cast: Cast, family: Family, shelter: Household
) -> None:
    join(cast, family, cast.noor, role="care_provider")
    seen = everything(cast.noor, family)
    assert [leak for leak in LEAKS if leak in seen] == []


def test_a_secret_home_looks_to_others_as_one_whose_address_nobody_wrote_down(
    cast: Cast, family: Family, daan: FamilyMember, shelter: Household
) -> None:
    with acting(cast.tom) as tom:
        actions.start_household(by=tom, family=family, members=[daan], label="Daan", from_on=date(2026, 1, 1))
    join(cast, family, cast.noor, role="care_provider")
    with acting(cast.noor) as noor:
        opened = open_family(noor, family.id, "kijken")
        hidden, unknown = queries.homes_of(opened, queries.people_of(opened))
        assert (hidden.address, hidden.secret) == (unknown.address, unknown.secret) == (None, None)
        assert hidden.household.version == unknown.household.version


def test_the_duo_and_who_live_there_know_the_address(
    cast: Cast, family: Family, fatma: FamilyMember, shelter: Household
) -> None:
    assert "Geheimlaan" in everything(cast.tom, family)
    assert "Geheimlaan" in everything(father(cast, family, fatma.person_id), family)


def test_who_writes_down_a_secret_address_without_the_duo_is_told_of_no_earlier_one(
    cast: Cast, family: Family, shelter: Household
) -> None:
    join(cast, family, cast.samira)
    with acting(cast.samira) as samira:
        actions.set_secret_address(by=samira, household=shelter, street="Ander straatje", town="Oeverland")
        open_family(samira, family.id, "kijken")
        assert [row.street for row in SecretAddress.objects.all()] == ["Ander straatje"]


def test_nothing_of_the_place_is_readable_in_a_dump_or_on_the_trail(shelter: Household) -> None:
    with door("owner") as owner:
        for table in ("families_secretaddress", "families_placeclue", "families_safecontact", "trail.payload"):
            dump = repr(owner.execute(f"select * from {table}").fetchall())
            assert [leak for leak in LEAKS if leak in dump] == []


def test_the_schools_card_is_hidden_with_the_address_also_one_that_is_written_later(
    cast: Cast, family: Family, daan: FamilyMember, fatma: FamilyMember
) -> None:
    card = {"kind": "school", "organisation": "De Regenboog", "may_know": "dat Fatma hem haalt", "agreed": ""}
    with acting(cast.tom) as tom:
        circle.write_contact_card(by=tom, family=family, name="Wendy", about_member_id=daan.id, **card)
        home = actions.start_household(by=tom, family=family, members=[fatma, daan])
    join(cast, family, cast.noor, role="care_provider")
    with acting(cast.noor) as noor:
        open_family(noor, family.id, "kijken")
        assert ContactCard.objects.count() == 1
    with acting(cast.tom) as tom:
        actions.set_secret_address(by=tom, household=home, **SHELTER)
        circle.write_contact_card(by=tom, family=family, name="Juf Els", about_member_id=daan.id, **card)
        assert ContactCard.objects.count() == 2
    with acting(cast.noor) as noor:
        open_family(noor, family.id, "kijken")
        assert ContactCard.objects.count() == 0


def test_an_open_address_is_not_written_over_a_secret_one(cast: Cast, shelter: Household) -> None:
    with acting(cast.tom) as tom:
        with pytest.raises(NotAllowed):
            actions.set_address(by=tom, household=shelter, street="Kade")
        actions.end_secrecy(by=tom, household=shelter)
        assert actions.set_address(by=tom, household=shelter, street="Kade").street == "Kade"


def test_what_is_learnt_of_the_place_later_is_hidden_from_the_first_moment(
    cast: Cast, daan: FamilyMember, shelter: Household
) -> None:
    with acting(cast.tom) as tom:
        clue = actions.add_place_clue(by=tom, member=daan, kind="care", text="Huisarts in Sluiskade")
        assert (clue.audience, set(clue.audience_ids)) == ("duo", {daan.person_id, tom.id})


def test_a_child_lives_in_two_homes_and_moves(cast: Cast, family: Family, daan: FamilyMember) -> None:
    with acting(cast.tom) as tom:
        one = actions.start_household(by=tom, family=family, members=[daan], label="Daan en Rob", how="partly")
        two = actions.start_household(by=tom, family=family, label="Fatma")
        actions.move_in(by=tom, household=two, member=daan, how="partly", from_on=date(2026, 9, 1))
        opened = open_family(tom, family.id, "kijken")
        assert [len(home.stays) for home in queries.homes_of(opened, queries.people_of(opened))] == [1, 1]
        actions.change_household(by=tom, household=one, label="Daan en Rob", from_on=None, until_on=date(2026, 10, 1))
        former = next(
            home for home in queries.homes_of(opened, queries.people_of(opened)) if home.household.pk == one.pk
        )
        assert not former.is_now(date(2026, 11, 1))
        assert former.stays[0][0].until_on == date(2026, 10, 1)


def test_a_household_without_children_asks_for_nothing_of_a_child(cast: Cast, family: Family) -> None:
    greet = add(cast.tom, family, called="Greet", surname="de Boer", born_on=date(1942, 1, 1))
    son = add(cast.tom, family, called="Hans", surname="de Boer", born_on=date(1970, 1, 1))
    with acting(cast.tom) as tom:
        home = actions.start_household(by=tom, family=family, members=[greet, son])
        actions.relate(by=tom, member=son, other=greet, kind="mentor")
        opened = open_family(tom, family.id, "kijken")
        assert [tie.kind for tie in queries.ties_of(opened, queries.people_of(opened))[greet.id]] == ["mentor"]
        assert home.label == "Greet · Hans"
        assert Membership.objects.filter(family=family).exists()
