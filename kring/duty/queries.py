"""Reading alarms and rosters, for a viewer."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db import connection

from kring.accounts.models import Professional
from kring.duty import rules
from kring.duty.models import AlarmCall, AlarmKind, AlarmState, Urgency
from kring.duty.states import RUNGS
from kring.lifecycle.reasons import Reason
from kring.locks.subject import Viewer


@dataclass(frozen=True)
class RingingAlarm:
    """An open alarm as its list shows it: of the family no more than the label, whoever looks."""

    id: uuid.UUID
    family_id: uuid.UUID
    label: str
    kind: str
    urgency: str
    state: str
    rung: int
    round: int
    raised_at: datetime
    climbs_at: datetime
    held_by: uuid.UUID | None
    held_at: datetime | None
    member: bool

    @property
    def nobody_has_it(self) -> bool:
        """Everybody was called once and nobody answered."""
        return self.state == AlarmState.RINGING and self.round > 1

    @property
    def says(self) -> str:
        return str(AlarmKind(self.kind).label)

    @property
    def how_soon(self) -> str:
        return str(Urgency(self.urgency).label)


def my_alarms() -> list[RingingAlarm]:
    """The open alarms that ring for who asks: called, in the circle, or everybody silent and it is my desk's."""
    with connection.cursor() as cursor:
        cursor.execute("select * from sec.my_alarms()")
        return [RingingAlarm(*row) for row in cursor.fetchall()]


def due_alarms(at: datetime) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Alarm and family of every alarm that nobody answered in time; for the system only."""
    with connection.cursor() as cursor:
        cursor.execute("select id, family_id from sec.due_alarms(%s)", [at])
        return list(cursor.fetchall())


@dataclass(frozen=True)
class Called:
    """One rung that was called: who, when."""

    rung: str
    names: list[str]
    at: datetime
    gap: bool


@dataclass(frozen=True)
class AlarmPage:
    """What the page of one alarm shows. `calls` is empty for who is not (yet) in the circle."""

    alarm: RingingAlarm
    holder: str
    calls: list[Called]
    why_not: list[Reason]
    mine: bool


def alarm_page(viewer: Viewer, alarm_id: uuid.UUID) -> AlarmPage | None:
    """None when it does not ring for this viewer, or was closed: the same as when there is none."""
    found = next((one for one in my_alarms() if one.id == alarm_id), None)
    if found is None:
        return None
    holder = Professional.objects.filter(pk=found.held_by).first() if found.held_by else None
    name = holder.name if holder and found.member else ""
    return AlarmPage(
        found, name, _calls(alarm_id), rules.may_acknowledge(found.state, name), found.held_by == viewer.id
    )


def _calls(alarm_id: uuid.UUID) -> list[Called]:
    """Rung by rung, newest first; row-level security leaves it empty for who is outside the circle."""
    rows = AlarmCall.objects.filter(alarm_id=alarm_id).select_related("professional").order_by("-called_at", "rung")
    rungs = list(RUNGS.values())
    grouped = groupby(rows, key=lambda call: (call.round, call.rung, call.called_at, call.gap))
    return [
        Called(str(rungs[rung - 1]), [call.professional.name for call in calls], at, gap)
        for (_round, rung, at, gap), calls in grouped
    ]
