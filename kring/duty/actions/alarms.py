"""Every change around an alarm. Who is called is worked out in the database: whoever raises may not see them."""

import logging
import uuid
from datetime import datetime
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from kring.circle.access import open_family, require
from kring.circle.actions import take_up_sight
from kring.circle.models import Audience, Circle, Family
from kring.duty import rules
from kring.duty.models import Alarm, AlarmCall
from kring.duty.states import ALARM
from kring.lifecycle.action import action, record
from kring.lifecycle.moves import move
from kring.lifecycle.reasons import demand
from kring.locks.subject import Viewer
from kring.notices.actions import tell

log = logging.getLogger("kring.duty")
GUEST_HOURS = 24


def _call(function: str, *arguments: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"select sec.{function}({', '.join(['%s'] * len(arguments))})", arguments)
        return cursor.fetchone()[0]


def _ring_out(by: Viewer, alarm_id: uuid.UUID, called: list[uuid.UUID]) -> None:
    """Tell those on the rung. Without the family: some of them are in no circle yet."""
    for professional_id in sorted(called):
        tell(
            by=by, to_id=professional_id, to_kind="professional", kind="duty.alarm",
            path=reverse("duty:alarm", args=[alarm_id]), urgent=True,
        )  # fmt: skip


@action
def raise_alarm(*, by: Viewer, family: Family, kind: str, urgency: str, desk_id: uuid.UUID | None = None) -> Alarm:
    """Danger goes to fixed face and safety partner at once; without a circle to the duty person of the receiving desk.
    It climbs until somebody acknowledges by name (harm B1)."""
    require(by, family.id, "duty.raise_alarm")
    alarm_id = uuid.uuid4()
    called = _call("raise_alarm", alarm_id, family.id, kind, urgency, desk_id, timezone.now())
    # What a family member rings for is heard by nobody else in the family: it could be about the one who reads along.
    heard, ids = (Audience.NAMED, [by.id]) if by.kind == "person" else (Audience.PROFESSIONALS, [])
    record(
        "duty.alarm_raised", by=by, family_id=family.id, audience=heard, audience_ids=ids,
        alarm_id=alarm_id, alarm=kind, urgency=urgency,
    )  # fmt: skip
    _ring_out(by, alarm_id, called)
    if not called:
        log.error("an alarm found nobody to call", extra={"action": "duty.raise_alarm", "job": str(alarm_id)})
    return Alarm.objects.get(pk=alarm_id)


@action
def acknowledge(*, by: Viewer, alarm_id: uuid.UUID) -> Alarm:
    """I have it: by name and time. Whoever is not in the circle gets in as a guest on duty, and takes sight on safety
    when only a desk held it. Raises DoesNotExist when it does not ring for this professional."""
    family_id = _call("acknowledge_alarm", alarm_id, uuid.uuid4(), timezone.now(), GUEST_HOURS)
    if family_id is None:
        raise Alarm.DoesNotExist
    require(by, family_id, "duty.acknowledge")
    alarm = Alarm.objects.select_related("held_by", "family").get(pk=alarm_id)
    demand(rules.may_acknowledge(alarm.state, alarm.held_by.name if alarm.held_by else ""), family_id=family_id)
    held: Alarm = move(alarm, "acknowledge", lifecycle=ALARM, by=by, held_by_id=by.id, held_at=timezone.now())
    record("duty.alarm_acknowledged", by=by, family_id=family_id, alarm_id=held.id)
    circle = Circle.objects.select_related("sight_owner", "family").get(family_id=family_id)
    if circle.sight_owner.desk_id:
        take_up_sight(by=by, family=circle.family, role="duty")
    _tell_the_others(by, held)
    return held


def _tell_the_others(by: Viewer, alarm: Alarm) -> None:
    """Everybody who was woken may sleep again."""
    called = AlarmCall.objects.filter(alarm=alarm).exclude(professional_id=by.id)
    for professional_id in sorted(set(called.values_list("professional_id", flat=True))):
        tell(by=by, to_id=professional_id, to_kind="professional", kind="duty.alarm_held")


@action
def ring_again(*, by: Viewer, alarm: Alarm) -> Alarm:
    """I can't do it after all: it rings on from the next rung. Until another has it, I hold it (harm B12)."""
    require(by, alarm.family_id, "duty.ring_again")
    demand(rules.may_let_go(alarm, by.id), family_id=alarm.family_id)
    now = timezone.now()
    moved: Alarm = move(alarm, "ring_again", lifecycle=ALARM, by=by, climbs_at=now)
    record("duty.alarm_rings_again", by=by, family_id=alarm.family_id, alarm_id=alarm.id)
    _ring_out(by, alarm.id, _call("climb_alarm", alarm.id, now))
    return moved


@action
def close_alarm(*, by: Viewer, alarm: Alarm) -> Alarm:
    """What the alarm asked has been done; what was done stands in the family's story."""
    require(by, alarm.family_id, "duty.close_alarm")
    demand(rules.may_let_go(alarm, by.id), family_id=alarm.family_id)
    closed: Alarm = move(alarm, "close", lifecycle=ALARM, by=by, closed_at=timezone.now())
    record("duty.alarm_closed", by=by, family_id=alarm.family_id, alarm_id=alarm.id)
    return closed


@action
def climb(*, by: Viewer, alarm_id: uuid.UUID, family_id: uuid.UUID, at: datetime) -> bool:
    """One rung up when nobody answered in time; false when somebody did meanwhile, or another job was first."""
    open_family(by, family_id, "alarm verder laten gaan")
    called = _call("climb_alarm", alarm_id, at)
    if called is None:
        return False
    alarm = Alarm.objects.get(pk=alarm_id)
    record("duty.alarm_climbed", by=by, family_id=family_id, alarm_id=alarm_id, rung=alarm.rung, round=alarm.round)
    _ring_out(by, alarm_id, called)
    return True


def limit_guests(family_id: uuid.UUID) -> None:
    """Once another accepted sight by name, whoever came in by an alarm stays some hours to write it down."""
    _call("limit_duty", family_id, GUEST_HOURS)
