"""Known elsewhere? A yes or no to who has the power; the holder is told and answers (harm B40)."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from kring.circle.access import NotThere
from kring.circle.models import Family
from kring.demo.cast import Cast
from kring.families import actions, likeness, lookup
from kring.families.models import FamilyMember, Inquiry
from kring.families.tests.conftest import BSN, add, join
from kring.lifecycle.reasons import NotAllowed
from kring.locks.subject import Viewer
from tests.bed import acting, door

pytestmark = pytest.mark.django_db
BORN = date(2012, 5, 3)


@pytest.fixture
def held_by_samira(cast: Cast, found: Callable[..., Family]) -> Family:
    """A family that Tom founded and Samira of the local team works with."""
    family = found("Gezin De Vries")
    add(cast.tom, family, bsn=BSN, called="Daan", prefix="de", surname="Vries", born_on=BORN)
    join(cast, family, cast.samira)
    return family


@pytest.fixture
def asked_about(cast: Cast, found: Callable[..., Family]) -> FamilyMember:
    return add(cast.tom, found("Melding"), called="Daan", prefix="de", surname="Vries", born_on=BORN)


def test_the_asker_hears_yes_and_the_holder_is_told_with_a_term(
    cast: Cast, held_by_samira: Family, asked_about: FamilyMember
) -> None:
    with acting(cast.tom) as tom:
        assert actions.ask_elsewhere(by=tom, member=asked_about, reason="Beoordeling melding") is True
    with acting(cast.samira) as samira:
        (inquiry,) = likeness.open_inquiries()
        assert (inquiry.family_id, inquiry.asker_id) == (held_by_samira.id, cast.tom.id)
        actions.answer_inquiry(by=samira, inquiry=inquiry, answer="Gebeld met Tom")
        assert likeness.open_inquiries() == []


def test_the_answer_no_leaves_a_search_on_record_and_no_question(cast: Cast, asked_about: FamilyMember) -> None:
    with acting(cast.tom) as tom:
        assert actions.ask_elsewhere(by=tom, member=asked_about, reason="Beoordeling melding") is False
        assert Inquiry.objects.count() == 0
        with connection.cursor() as cursor:
            cursor.execute(
                "select count(*) from sec.trail_of(%s, 0, 100) where 'search' = any(acts)",
                [asked_about.family_id],
            )
            assert cursor.fetchone() == (1,)


def test_who_has_no_power_hears_nothing(cast: Cast, held_by_samira: Family, asked_about: FamilyMember) -> None:
    join(cast, asked_about.family, cast.koen, role="safety_partner")
    with acting(cast.koen) as koen:
        with pytest.raises(NotAllowed):
            actions.ask_elsewhere(by=koen, member=asked_about, reason="nieuwsgierig")
        exact = lookup.of_surname_and_birth("de Vries", BORN)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "select sec.known_elsewhere(%s, 'surname_birth', %s, 'x', now()::date)", [asked_about.family_id, exact]
            )


def test_it_is_not_asked_of_a_family_one_does_not_stand_in(cast: Cast, asked_about: FamilyMember) -> None:
    with acting(cast.ilse) as ilse, pytest.raises(NotThere):
        actions.ask_elsewhere(by=ilse, member=asked_about, reason="nieuwsgierig")


def test_a_half_known_person_is_not_asked_about(cast: Cast, family: Family) -> None:
    half = add(cast.tom, family, called="Daan", surname="Vries", born_on=date(2012, 1, 1), born_precision="year")
    with acting(cast.tom) as tom, pytest.raises(NotAllowed):
        actions.ask_elsewhere(by=tom, member=half, reason="Beoordeling")


def test_the_family_does_not_see_that_it_was_asked_about(
    cast: Cast, held_by_samira: Family, asked_about: FamilyMember
) -> None:
    from kring.circle import actions as circle

    with acting(cast.tom) as tom:
        actions.ask_elsewhere(by=tom, member=asked_about, reason="Beoordeling melding")
        person = FamilyMember.objects.filter(family=asked_about.family).get().person_id
        circle.admit(by=tom, family=held_by_samira, role="family_member", ground="self", person_id=person)
    with acting(Viewer(person, "person", "Daan")):
        assert Inquiry.objects.count() == 0
        with connection.cursor() as cursor:
            cursor.execute(
                "select count(*) from sec.trail_of(%s, 0, 100) where 'search' = any(acts)", [held_by_samira.id]
            )
            assert cursor.fetchone() == (0,)


def test_what_the_family_reads_of_the_look_does_not_say_that_it_was_asked(
    cast: Cast, asked_about: FamilyMember
) -> None:
    from kring.circle import actions as circle

    with acting(cast.tom) as tom:
        actions.ask_elsewhere(by=tom, member=asked_about, reason="Beoordeling melding")
        actions.warn_at_the_door(by=tom, family=asked_about.family, what="Dreigt", since_on=BORN)
        person = FamilyMember.objects.get().person_id
        circle.admit(by=tom, family=asked_about.family, role="family_member", ground="self", person_id=person)
    with acting(Viewer(person, "person", "Daan")), connection.cursor() as cursor:
        cursor.execute("select * from sec.trail_of(%s, 0, 100)", [asked_about.family_id])
        told = repr(cursor.fetchall()).lower()
        assert [word for word in ("elders", "gevaar", "search", "inquiry", "danger") if word in told] == []


def test_why_was_asked_stays_in_the_askers_file(cast: Cast, held_by_samira: Family, asked_about: FamilyMember) -> None:
    with acting(cast.tom) as tom:
        actions.ask_elsewhere(by=tom, member=asked_about, reason="Melding van de buren")
    with acting(cast.samira):
        assert "buren" not in repr([inquiry.__dict__ for inquiry in likeness.open_inquiries()])
    with door("app") as app, pytest.raises(Exception, match="permission denied"):
        app.execute("select * from trail.payload")
