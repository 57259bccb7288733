"""Reading alarms, rosters and look-ups, for a viewer."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db import connection
from django.db.models import Prefetch, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kring.accounts.models import Organisation, Professional
from kring.accounts.queries import has_power
from kring.circle.access import OpenFamily
from kring.duty import rosters, rules
from kring.duty.models import AlarmCall, AlarmKind, AlarmState, LookUpReview, Roster, Shift, Urgency, on_duty_between
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
        if self.kind == AlarmKind.CONCERN_REPORT and self.urgency == Urgency.TODAY:
            return _("Nieuwe melding")
        return str(AlarmKind(self.kind).label)

    @property
    def how_soon(self) -> tuple[str, str]:
        """Word and colour of a chip."""
        return str(Urgency(self.urgency).label).lower(), "danger" if self.urgency == Urgency.NOW else "warn"

    @property
    def chip(self) -> tuple[str, str]:
        """In front of a line: how soon while it rings, that somebody has it afterwards."""
        return self.how_soon if self.state == AlarmState.RINGING else (_("iemand heeft het"), "ok")

    @property
    def note(self) -> str:
        return _("Niemand heeft dit") if self.nobody_has_it else ""


def my_alarms(one: uuid.UUID | None = None) -> list[RingingAlarm]:
    """The open alarms that ring for who asks: called, in the circle, or everybody silent and it is my desk's."""
    with connection.cursor() as cursor:
        cursor.execute("select * from sec.my_alarms(%s)", [one])
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

    @property
    def who(self) -> str:
        return ", ".join(self.names)

    @property
    def note(self) -> str:
        return _("Het rooster was leeg: iedereen met piketdienst is gebeld.") if self.gap else ""


@dataclass(frozen=True)
class AlarmPage:
    """What the page of one alarm shows. `calls` is empty for who is not (yet) in the circle."""

    alarm: RingingAlarm
    holder: str
    calls: list[Called]
    why_not: list[Reason]
    mine: bool


def alarm_page(viewer: Viewer, alarm_id: uuid.UUID) -> AlarmPage | None:
    """None when it does not ring for this viewer, or was closed long ago: the same as when there is none."""
    found = next(iter(my_alarms(alarm_id)), None)
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


@dataclass(frozen=True)
class RosterNow:
    """One roster as the overview shows it: who answers now, until when, and the next gap of the coming week."""

    roster: Roster
    now: list[Shift]
    next_gap: rosters.Stretch | None

    @property
    def is_gap(self) -> bool:
        return not self.now

    @property
    def gap_note(self) -> str:
        return _("Gat in het rooster: %(when)s") % {"when": self.next_gap.hours_and_day} if self.next_gap else ""


def rosters_now(viewer: Viewer, now: datetime) -> list[RosterNow]:
    """The rosters of the viewer's region. Two queries, whatever the number."""
    week = now + timedelta(days=7)
    coming = Shift.objects.filter(on_duty_between(now, week)).select_related("professional").order_by("starts_at")
    found = Roster.objects.filter(region__organisations=viewer.organisation_id).select_related("organisation")
    lines = []
    for roster in found.order_by("kind", "name").prefetch_related(Prefetch("shifts", coming, to_attr="coming")):
        shifts: list[Shift] = getattr(roster, "coming")  # noqa: B009 -- filled by the prefetch above
        gaps = rosters.gaps(shifts, now, week)
        lines.append(RosterNow(roster, [one for one in shifts if one.starts_at <= now], gaps[0] if gaps else None))
    return lines


@dataclass(frozen=True)
class RosterDay:
    day: date
    stretches: list[rosters.Stretch]

    @property
    def title(self) -> str:
        return date_format(self.day, "l j F")


monday_of = rosters.monday_of


def week_of(roster: Roster, monday: date) -> list[RosterDay]:
    """Seven days on the Dutch clock, each with its shifts and gaps."""
    days = [monday + timedelta(days=count) for count in range(7)]
    start, end = rosters.day_of(days[0])[0], rosters.day_of(days[-1])[1]
    found = Shift.objects.filter(on_duty_between(start, end), roster=roster).select_related("professional")
    shifts = list(found)
    return [RosterDay(day, rosters.plan_of(shifts, *rosters.day_of(day))) for day in days]


def organisations_planned_by(viewer: Viewer) -> QuerySet[Organisation]:
    """Whose rosters this viewer may make: the same answer as `rules.may_plan`."""
    found = Organisation.objects.exclude(region=None).order_by("name")
    if viewer.has_role("administrator"):
        return found
    return found.filter(pk__in=[role.partition(":")[2] for role in viewer.roles if role.startswith("team_leader:")])


@dataclass(frozen=True)
class ReadingTime:
    """Who answers for this family at this hour, as its own page says it: true, or it says that nobody does."""

    answered: bool
    organisation: str = ""
    phone: str = ""
    until: datetime | None = None


def when_is_it_read(opened: OpenFamily, now: datetime) -> ReadingTime:
    """The truth behind "wanneer leest iemand dit?" (harm B1): who has duty now and until when; a gap is told as one."""
    with connection.cursor() as cursor:
        cursor.execute("select organisation, phone, until from sec.duty_covers(%s, %s)", [opened.id, now])
        row = cursor.fetchone()
    return ReadingTime(True, *row) if row else ReadingTime(False)


def why_no_look_up(viewer: Viewer, now: datetime) -> list[Reason]:
    """Why this viewer may not look up in an emergency, or nothing."""
    with connection.cursor() as cursor:
        cursor.execute("select sec.i_am_on_duty()")
        on_duty = bool(cursor.fetchone()[0])
    return rules.may_look_up(on_duty, has_power(viewer, "emergency_look_up", now.date()))


def is_reviewer(viewer: Viewer) -> bool:
    return viewer.has_role("reviewer")


def look_ups_to_review() -> QuerySet[LookUpReview]:
    """What waits for a judgement, oldest first; row-level security shows it to reviewers alone."""
    waiting = LookUpReview.objects.filter(judged_at__isnull=True)
    return waiting.select_related("looker", "looker_organisation").order_by("looked_up_at")


def look_ups_judged() -> QuerySet[LookUpReview]:
    judged = LookUpReview.objects.filter(judged_at__isnull=False)
    return judged.select_related("looker", "looker_organisation", "judged_by").order_by("-judged_at")


@dataclass(frozen=True)
class ShownLookUp:
    """An emergency look-up as the circle may know of it."""

    at: datetime
    organisation: str
    justified: bool | None


def look_ups_of(opened: OpenFamily) -> list[ShownLookUp]:
    """The emergency look-ups of this family; a family member sees those that the reviewer chose to show."""
    with connection.cursor() as cursor:
        cursor.execute("select at, organisation, justified from sec.look_ups_of(%s)", [opened.id])
        return [ShownLookUp(*row) for row in cursor.fetchall()]
