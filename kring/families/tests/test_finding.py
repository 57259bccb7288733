"""Finding a family by an exact identifier: jobs do, nobody else, and never by a secret address."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from kring.circle.models import Family
from kring.demo.cast import Cast
from kring.families import actions, lookup
from kring.families.models import FamilyMember
from kring.families.tests.conftest import ANOTHER_BSN, BSN, add
from tests.bed import acting, as_system

pytestmark = pytest.mark.django_db(transaction=True)
BORN = date(2012, 5, 3)


def find(kind: str, exact: bytes) -> list[object]:
    with as_system(), connection.cursor() as cursor:
        cursor.execute("select sec.find_families(%s, %s)", [kind, exact])
        found: list[object] = cursor.fetchone()[0]
        return found


def test_a_family_is_found_by_number_by_name_with_birth_date_and_by_address(cast: Cast, family: Family) -> None:
    member = add(cast.tom, family, bsn=BSN, called="Daan", prefix="de", surname="Vries", born_on=BORN)
    with acting(cast.tom) as tom:
        home = actions.start_household(by=tom, family=family, members=[member])
        actions.set_address(
            by=tom, household=home, street="Kade", house_number="12 a", postcode="1234 AB", town="Havenwijk"
        )
    for kind, exact in (
        ("bsn", lookup.of_bsn(BSN)),
        ("bsn_birth", lookup.of_bsn_and_birth(BSN, BORN)),
        ("surname_birth", lookup.of_surname_and_birth("DE VRIES", BORN)),
        ("surname_birth", lookup.of_surname_and_birth("vries", BORN)),
        ("address", lookup.of_address("1234ab", "12A")),
    ):
        assert find(kind, exact) == [family.id], kind
    assert find("bsn_birth", lookup.of_bsn_and_birth(BSN, date(2012, 5, 4))) == []
    assert find("bsn", lookup.of_bsn(ANOTHER_BSN)) == []


def test_a_secret_address_finds_nobody_not_even_the_one_it_was_before(cast: Cast, daan: FamilyMember) -> None:
    with acting(cast.tom) as tom:
        home = actions.start_household(by=tom, family=daan.family, members=[daan])
        where = {"street": "Kade", "house_number": "12", "postcode": "1234 AB", "town": "Havenwijk"}
        actions.set_address(by=tom, household=home, **where)
        actions.set_secret_address(by=tom, household=home, **where)
    assert find("address", lookup.of_address("1234AB", "12")) == []


def test_what_is_corrected_is_found_by_the_new_and_not_by_the_old(cast: Cast, daan: FamilyMember) -> None:
    with acting(cast.tom) as tom:
        actions.change_member(by=tom, member=daan, surname="Vriesman")
    assert find("surname_birth", lookup.of_surname_and_birth("Vriesman", BORN)) == [daan.family_id]
    assert find("surname_birth", lookup.of_surname_and_birth("de Vries", BORN)) == []


def test_a_network_person_is_no_subject_of_a_file_and_is_not_found(cast: Cast, family: Family) -> None:
    add(cast.tom, family, called="Ayşe", surname="Yıldız", born_on=BORN, standing="network")
    assert find("surname_birth", lookup.of_surname_and_birth("Yildiz", BORN)) == []


def test_a_professional_finds_nothing_by_this_door_and_sets_no_key_of_a_family_that_is_not_open(
    cast: Cast, daan: FamilyMember
) -> None:
    exact = lookup.of_surname_and_birth("de Vries", BORN)
    for viewer in (cast.tom, cast.samira):
        with acting(viewer), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select sec.find_families('surname_birth', %s)", [exact])
    with acting(cast.samira), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select sec.set_lookup_keys(%s, %s, '{bsn}', '{bsn}', %s::bytea[])", [daan.family_id, daan.id, [exact]]
        )
