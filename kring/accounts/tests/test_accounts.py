"""Organisations, people and powers: an administrator changes them, and the database demands it too."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from kring.accounts import actions, queries
from kring.accounts.models import Appointment, Organisation, Power, Professional
from kring.accounts.rules import credentials_hold
from kring.demo.cast import Cast
from kring.lifecycle.reasons import NotAllowed
from kring.locks.subject import Viewer
from tests.bed import acting, door, mint

pytestmark = pytest.mark.django_db


def test_only_an_administrator_adds_an_organisation(cast: Cast) -> None:
    with acting(cast.marleen) as marleen, pytest.raises(NotAllowed):
        actions.add_organisation(by=marleen, name="Nep", kind="other")
    with acting(cast.ilse) as ilse:
        assert actions.add_organisation(by=ilse, name="Echt", kind="other").pk


def test_the_database_refuses_whoever_is_no_administrator_whatever_the_code_asks(cast: Cast) -> None:
    with acting(cast.marleen):
        for change in (
            lambda: Organisation.objects.create(name="Nep", kind="other"),
            lambda: Appointment.objects.create(
                professional_id=cast.marleen.id,
                organisation_id=cast.marleen.organisation_id,
                role="administrator",
                from_on=date(2026, 1, 1),
            ),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
        assert Power.objects.update(text="alles") == 0
        assert Organisation.objects.filter(pk=cast.marleen.organisation_id).update(hidden_by_default=True) == 0


def test_an_appointment_that_ended_gives_nothing_any_more(cast: Cast) -> None:
    with acting(cast.ilse) as ilse:
        mine = Appointment.objects.get(professional_id=cast.tom.id, role="desk")
        actions.end_appointment(by=ilse, appointment=mine, until_on=timezone.localdate() - timedelta(days=1))
        assert not queries.professional_viewer(cast.tom.id).has_role("desk")


def test_a_lapsed_registration_stops_an_act_and_says_why(cast: Cast) -> None:
    with acting(cast.ilse) as ilse:
        assert credentials_hold(cast.samira.id, cast.samira.organisation_id) == []
        yesterday = timezone.localdate() - timedelta(days=1)
        Professional.objects.get(pk=cast.samira.id).credentials.update(valid_until=yesterday)
        assert {reason.code for reason in credentials_hold(cast.samira.id, cast.samira.organisation_id)} == {
            "lapsed_registration",
            "lapsed_vog",
        }
        actions.add_credential(
            by=ilse,
            professional=Professional.objects.get(pk=cast.samira.id),
            kind="vog",
            source="Justis",
            valid_from=yesterday,
            valid_until=yesterday + timedelta(days=400),
        )
        assert {reason.code for reason in credentials_hold(cast.samira.id, cast.samira.organisation_id)} == {
            "lapsed_registration"
        }


def test_a_power_is_the_organisations_and_has_dates(cast: Cast) -> None:
    with acting(cast.ilse) as ilse:
        actions.add_power(
            by=ilse,
            organisation_kind="board",
            code="old_one",
            text="x",
            article="y",
            valid_from=date(2015, 1, 1),
            valid_until=date(2020, 1, 1),
        )
        assert queries.has_power(cast.ruben, "old_one", date(2019, 1, 1))
        assert not queries.has_power(cast.ruben, "old_one", date(2021, 1, 1))
        assert not queries.has_power(cast.samira, "old_one", date(2019, 1, 1))


def test_the_directory_of_people_is_not_for_family_members(cast: Cast) -> None:
    import uuid

    with acting(Viewer(uuid.uuid4(), "person", "")):
        assert Professional.objects.count() == 0
        assert Appointment.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_who_leaves_the_organisation_is_signed_out_everywhere(cast: Cast) -> None:
    token = mint(cast.petra.id)
    with acting(cast.ilse) as ilse:
        actions.deactivate(by=ilse, professional=Professional.objects.get(pk=cast.petra.id))
    with door("owner") as owner:
        left = owner.execute(
            "select count(*) from sec.session where token_hash = sha256(convert_to(%s, 'UTF8'))", [token]
        ).fetchone()
    assert left == (0,)
