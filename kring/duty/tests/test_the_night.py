"""The night in which everybody sleeps: the chain ends with a name, or says that nobody has it (harm B1)."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import Thread

import pytest
import time_machine
from django.db import connections

from kring.circle.models import Membership
from kring.demo.cast import Cast
from kring.duty import actions, queries
from kring.duty.actions import alarms
from kring.duty.models import Alarm
from kring.duty.tasks import climb_all
from kring.duty.tests.night import AMSTERDAM, called, reported, roster, with_a_circle
from kring.lifecycle.hooks import registered
from kring.lifecycle.reasons import NotAllowed
from kring.locks.subject import Viewer
from tests.bed import acting, jobs_role

pytestmark = pytest.mark.django_db(transaction=True)
CHRISTMAS = datetime(2026, 12, 25, 2, 40, tzinfo=AMSTERDAM)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(CHRISTMAS, tick=False) as coordinates:
        yield coordinates


def ring_at_night(cast: Cast) -> Alarm:
    """Ruben has the regional duty, Amira that of Veilig Thuis; the circle's own people are asleep."""
    eve = CHRISTMAS - timedelta(hours=9)
    roster(cast, "regional", "raad", (cast.ruben, eve, 14))
    roster(cast, "veilig_thuis", "veilig_thuis", (cast.amira, eve, 14))
    family = with_a_circle(cast)
    with acting(cast.joost) as joost:
        return actions.raise_alarm(by=joost, family=family, kind="condition_broken", urgency="now")


def a_quarter_later(clock: time_machine.Traveller) -> int:
    clock.shift(timedelta(minutes=15))
    return climb()


def climb() -> int:
    with jobs_role():
        return climb_all()


def test_the_whole_circle_asleep_on_christmas_night_the_chain_ends_with_a_name(cast: Cast, clock) -> None:
    alarm = ring_at_night(cast)
    rungs = [called(alarm, cast.joost)]
    for _ in range(4):
        a_quarter_later(clock)
        rungs.append(called(alarm, cast.joost))
    assert rungs == [["Joost", "Samira"], ["Koen"], ["Ruben"], ["Amira"], ["Femke", "Marleen"]]
    with acting(cast.marleen) as marleen:
        held = actions.acknowledge(by=marleen, alarm_id=alarm.id)
    assert (held.state, held.held_by_id) == ("held", cast.marleen.id)
    assert a_quarter_later(clock) == 0


def test_when_all_are_silent_it_begins_anew_and_the_desk_says_that_nobody_has_it(cast: Cast, clock) -> None:
    alarm = ring_at_night(cast)
    for _ in range(5):
        a_quarter_later(clock)
    assert called(alarm, cast.joost) == ["Joost", "Samira"]
    for viewer in (cast.samira, cast.ruben, cast.femke):
        with acting(viewer):
            (waiting,) = registered("desk")["duty"](viewer)
            assert waiting.sub.startswith("Niemand heeft dit.")
            assert (waiting.title, waiting.urgency, waiting.danger) == ("Gezin De Vries", "now", True)
    for _ in range(12):
        a_quarter_later(clock)
    with acting(cast.joost):
        assert Alarm.objects.get().round == 4


def test_it_does_not_climb_before_its_time(cast: Cast, clock) -> None:
    alarm = ring_at_night(cast)
    clock.shift(timedelta(minutes=14))
    assert climb() == 0
    assert called(alarm, cast.joost) == ["Joost", "Samira"]


def test_a_gap_in_a_roster_calls_everybody_who_may_be_on_duty_there(cast: Cast, clock) -> None:
    _, alarm = reported(cast)
    assert called(alarm, cast.tom) == ["Amira", "Femke"]
    roster(cast, "desk", "veilig_thuis", (cast.femke, CHRISTMAS - timedelta(hours=1), 8))
    _, second = reported(cast)
    assert called(second, cast.tom) == ["Femke"]


def test_two_workers_at_once_climb_one_rung(cast: Cast, clock) -> None:
    alarm = ring_at_night(cast)
    assert a_quarter_later(clock) == 1
    assert climb() == 0
    assert called(alarm, cast.joost) == ["Koen"]


def test_a_worker_killed_while_it_rings_leaves_nothing_half_done(cast: Cast, clock, monkeypatch) -> None:
    alarm = ring_at_night(cast)
    clock.shift(timedelta(minutes=15))
    for name in connections:
        connections[name].close()
    if not (child := os.fork()):
        monkeypatch.setattr(alarms, "tell", lambda **_: os.kill(os.getpid(), 9))
        climb()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 9
    assert called(alarm, cast.joost) == ["Joost", "Samira"]
    assert climb() == 1
    assert called(alarm, cast.joost) == ["Koen"]


def test_two_who_say_i_have_it_at_the_same_moment_one_has_it(cast: Cast) -> None:
    family, alarm = reported(cast)
    answers: list[str] = []

    def answer(viewer: Viewer) -> None:
        try:
            with acting(viewer) as by:
                actions.acknowledge(by=by, alarm_id=alarm.id)
            answers.append("has it")
        except NotAllowed as refused:
            answers.append(refused.reasons[0].code)
        finally:
            connections.close_all()

    both = [Thread(target=answer, args=[viewer]) for viewer in (cast.amira, cast.femke)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(answers) == ["has it", "held"]
    with acting(cast.tom):
        guests = Membership.objects.filter(family=family, role="duty")
        assert [guest.professional_id for guest in guests] == [Alarm.objects.get().held_by_id]


def test_one_alarm_that_fails_does_not_keep_the_others_silent(cast: Cast, clock, monkeypatch) -> None:
    first, second = ring_at_night(cast), reported(cast)[1]
    climb_one = actions.climb

    def stumble(*, alarm_id, **rest):
        if alarm_id == first.id:
            raise RuntimeError("stumble")
        return climb_one(alarm_id=alarm_id, **rest)

    monkeypatch.setattr("kring.duty.actions.climb", stumble)
    assert a_quarter_later(clock) == 1
    assert called(first, cast.joost) == ["Joost", "Samira"]
    assert called(second, cast.tom) != ["Amira", "Femke"]


def test_what_can_wait_till_the_day_climbs_slower(cast: Cast, clock) -> None:
    family = with_a_circle(cast)
    with acting(cast.joost) as joost:
        alarm = actions.raise_alarm(by=joost, family=family, kind="other", urgency="today")
    assert a_quarter_later(clock) == 0
    clock.shift(timedelta(minutes=45))
    assert climb() == 1
    assert called(alarm, cast.joost) == ["Koen"]


def test_the_list_of_who_is_called_ends_when_somebody_has_it(cast: Cast, clock) -> None:
    alarm = ring_at_night(cast)
    a_quarter_later(clock)
    with acting(cast.koen) as koen:
        actions.acknowledge(by=koen, alarm_id=alarm.id)
    with acting(cast.ruben):
        assert queries.my_alarms() == []
