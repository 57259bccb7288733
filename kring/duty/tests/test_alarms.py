"""Somebody has it: an alarm climbs until a person with a name says so (harm B1)."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from kring.accounts.sign_in import REPORTER_ID
from kring.circle import actions as circle
from kring.circle.models import Circle, Family, Membership
from kring.demo.cast import Cast
from kring.duty import actions, queries
from kring.duty.models import Alarm, AlarmCall
from kring.duty.states import RUNGS
from kring.duty.tests.night import called, professional, reported, with_a_circle
from kring.families import actions as families
from kring.lifecycle.models import Happening
from kring.lifecycle.reasons import NotAllowed
from kring.locks.subject import Subject, Viewer, acting_as
from kring.notices.models import Notice
from tests.bed import acting, browser, mint

pytestmark = pytest.mark.django_db
ALARM_PAGE = 8


def test_the_ladder_in_the_database_is_the_ladder_on_the_page(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_get_functiondef('sec._rungs()'::regprocedure)")
        body = cursor.fetchone()[0]
    assert [body.index(f"'{rung}'") for rung in RUNGS] == sorted(body.index(f"'{rung}'") for rung in RUNGS)


def test_an_urgent_report_without_a_circle_calls_the_duty_people_of_the_desk(cast: Cast) -> None:
    _, alarm = reported(cast)
    assert called(alarm, cast.tom) == ["Amira", "Femke"]
    with acting(cast.amira):
        notice = Notice.objects.get()
        assert (notice.kind, notice.urgent, notice.family_id) == ("duty.alarm", True, None)


def test_with_a_circle_the_fixed_face_and_the_partner_are_called_at_once(cast: Cast) -> None:
    family = with_a_circle(cast)
    with acting(cast.joost) as joost:
        alarm = actions.raise_alarm(by=joost, family=family, kind="condition_broken", urgency="now")
    assert called(alarm, cast.joost) == ["Joost", "Samira"]


def test_whoever_is_called_sees_the_label_and_nothing_else(cast: Cast) -> None:
    _, alarm = reported(cast)
    with acting(cast.tom) as tom:
        circle.take_up_sight(by=tom, family=Family.objects.get())
        circle.admit(
            by=tom,
            family=Family.objects.get(),
            role="safety_partner",
            ground="consent",
            professional=professional(cast.lotte),
        )
    page = browser(cast.amira).get(f"/piket/alarm/{alarm.id}/").content.decode()
    assert "Gezin De Vries" in page
    assert "Spoedmelding" in page
    assert "Lotte" not in page


def test_who_was_not_called_finds_no_alarm(cast: Cast) -> None:
    _, alarm = reported(cast)
    for outsider in (cast.noor, cast.koen, cast.ilse):
        hidden = browser(outsider).get(f"/piket/alarm/{alarm.id}/")
        absent = browser(outsider).get(f"/piket/alarm/{uuid.uuid4()}/")
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content
        with acting(outsider) as viewer, pytest.raises(Alarm.DoesNotExist), transaction.atomic():
            actions.acknowledge(by=viewer, alarm_id=alarm.id)


def test_whoever_says_i_have_it_gets_in_and_takes_sight_from_the_desk(cast: Cast) -> None:
    family, alarm = reported(cast)
    with acting(cast.amira) as amira:
        actions.acknowledge(by=amira, alarm_id=alarm.id)
        circle_now = Circle.objects.select_related("sight_owner").get(family=family)
        assert circle_now.sight_owner.professional_id == amira.id
        assert circle_now.sight_owner.role == "duty"
        assert circle_now.sight_accepted_at is not None
        assert circle_now.sight_owner.until_at is None


def test_the_second_hears_who_has_it_and_does_not_get_in(cast: Cast) -> None:
    family, alarm = reported(cast)
    with acting(cast.amira) as amira:
        actions.acknowledge(by=amira, alarm_id=alarm.id)
    with acting(cast.femke) as femke, pytest.raises(NotAllowed) as refused, transaction.atomic():
        actions.acknowledge(by=femke, alarm_id=alarm.id)
    assert "Amira Haddad" in str(refused.value.reasons[0])
    with acting(cast.femke):
        assert not Membership.objects.filter(family=family, professional_id=cast.femke.id).exists()
        assert Notice.objects.filter(kind="duty.alarm_held").count() == 1


def test_a_guest_of_the_night_leaves_after_a_day_when_somebody_else_watches(cast: Cast) -> None:
    family, alarm = reported(cast)
    with acting(cast.amira) as amira:
        actions.acknowledge(by=amira, alarm_id=alarm.id)
        mine = Membership.objects.get(family=family, professional_id=amira.id)
        tom = circle.admit(
            by=amira, family=family, role="assessor", ground="veilig_thuis", professional=professional(cast.tom)
        )
        circle.offer_sight(by=amira, family=family, to=tom)
    with acting(cast.tom) as tom_himself:
        circle.accept_sight(by=tom_himself, family=family)
        mine.refresh_from_db()
        assert timedelta(hours=23) < mine.until_at - timezone.now() <= timedelta(hours=24)


def test_who_cannot_after_all_holds_it_until_another_has_it(cast: Cast) -> None:
    _, alarm = reported(cast)
    with acting(cast.amira) as amira:
        alarm = actions.acknowledge(by=amira, alarm_id=alarm.id)
        actions.ring_again(by=amira, alarm=alarm)
        alarm = Alarm.objects.get()
        assert (alarm.state, alarm.held_by_id) == ("ringing", amira.id)
        assert alarm.rung > 1
    with acting(cast.femke) as femke:
        alarm = actions.acknowledge(by=femke, alarm_id=alarm.id)
        assert (alarm.state, alarm.held_by_id) == ("held", femke.id)


def test_only_who_has_it_closes_it(cast: Cast) -> None:
    _, alarm = reported(cast)
    with acting(cast.amira) as amira:
        alarm = actions.acknowledge(by=amira, alarm_id=alarm.id)
    with acting(cast.tom) as tom, pytest.raises(NotAllowed), transaction.atomic():
        actions.close_alarm(by=tom, alarm=alarm)
    with acting(cast.amira) as amira:
        actions.close_alarm(by=amira, alarm=alarm)
        assert queries.my_alarms() == []


def test_who_was_called_reads_in_the_morning_that_it_is_done(cast: Cast) -> None:
    _, alarm = reported(cast)
    with acting(cast.amira) as amira:
        actions.close_alarm(by=amira, alarm=actions.acknowledge(by=amira, alarm_id=alarm.id))
    page = browser(cast.femke).get(f"/piket/alarm/{alarm.id}/").content.decode()
    assert "Dit alarm is afgerond." in page
    assert "Ik heb het" not in page
    with acting(cast.tom):
        Alarm.objects.update(closed_at=timezone.now() - timedelta(hours=25))
    with acting(cast.femke):
        assert queries.my_alarms(alarm.id) == []


def test_what_a_child_rings_for_is_seen_by_that_child_and_by_nobody_else_in_the_family(cast: Cast) -> None:
    family = with_a_circle(cast)
    with acting(cast.joost) as joost:
        people = [
            families.add_member(by=joost, family=family, given_names=name, surname="Vries") for name in ("Daan", "Rob")
        ]
        for person in people:
            circle.admit(by=joost, family=family, role="family_member", ground="self", person_id=person.person_id)
    daan, rob = (Viewer(person.person_id, "person", person.name) for person in people)
    with acting(daan) as himself:
        alarm = actions.raise_alarm(by=himself, family=family, kind="child_message", urgency="now")
    assert called(alarm, cast.joost) == ["Joost", "Samira"]
    with acting(daan):
        assert Alarm.objects.count() == 1
        assert AlarmCall.objects.count() == 0
    with acting(rob):
        assert (Alarm.objects.count(), AlarmCall.objects.count()) == (0, 0)
        assert not Happening.objects.filter(kind__startswith="duty.").exists()


def test_somebody_without_an_account_rings_for_the_family_that_the_report_founds(cast: Cast) -> None:
    token = mint(REPORTER_ID, "reporter")
    with acting_as(Subject(token, "melding")), transaction.atomic():
        reporter, desk = Viewer(REPORTER_ID, "reporter", ""), cast.organisation("veilig_thuis")
        family = circle.found_family(by=reporter, label="Melding", desk_id=desk, assessed_before=date(2030, 1, 1))
        alarm = actions.raise_alarm(by=reporter, family=family, kind="concern_report", urgency="now", desk_id=desk)
    assert called(alarm, cast.tom) == ["Amira", "Femke"]
    with acting_as(Subject(token, "kijken")), transaction.atomic():
        assert Alarm.objects.count() == 0


def test_a_page_of_an_alarm_costs_the_same_however_many_were_called(cast: Cast, django_assert_num_queries) -> None:
    _, alarm = reported(cast)
    tom = browser(cast.tom)
    with django_assert_num_queries(ALARM_PAGE):
        tom.get(f"/piket/alarm/{alarm.id}/")
    with acting(cast.amira) as amira:
        actions.ring_again(by=amira, alarm=actions.acknowledge(by=amira, alarm_id=alarm.id))
    with django_assert_num_queries(ALARM_PAGE + 1):  # and who has it
        tom.get(f"/piket/alarm/{alarm.id}/")
