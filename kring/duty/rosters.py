"""A roster as stretches of time: who answers when, and when nobody does. Pure; the clock is the caller's, days are Dutch."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format

from kring.duty.models import Shift


@dataclass(frozen=True)
class Stretch:
    """From one moment to another; without a shift it is a gap."""

    starts_at: datetime
    ends_at: datetime
    shift: Shift | None = None

    @property
    def is_gap(self) -> bool:
        return self.shift is None

    @property
    def hours(self) -> str:
        """From and until on the Dutch clock; midnight at the end of a day is 24:00."""
        start, end = timezone.localtime(self.starts_at), timezone.localtime(self.ends_at)
        same_day = start.date() == end.date()
        if same_day or (end.time() == time() and end.date() - start.date() == timedelta(days=1)):
            return f"{start:%H:%M} – {end:%H:%M}" if same_day else f"{start:%H:%M} – 24:00"
        return f"{date_format(start, 'D j M').lower()} {start:%H:%M} – {date_format(end, 'D j M').lower()} {end:%H:%M}"

    @property
    def hours_and_day(self) -> str:
        day = date_format(timezone.localtime(self.starts_at), "D j M").lower()
        return f"{day} {self.hours}" if self.hours[:1].isdigit() else self.hours


def gaps(shifts: Iterable[Shift], start: datetime, end: datetime) -> list[Stretch]:
    """Where nobody is on the roster between two moments."""
    found, reached = [], start
    for shift in sorted(shifts, key=lambda one: one.starts_at):
        if shift.ends_at <= reached or shift.starts_at >= end:
            continue
        if shift.starts_at > reached:
            found.append(Stretch(reached, shift.starts_at))
        reached = max(reached, shift.ends_at)
    if reached < end:
        found.append(Stretch(reached, end))
    return found


def day_of(day: date) -> tuple[datetime, datetime]:
    """From midnight to midnight on the Dutch clock: 23 or 25 hours when the clock is put forward or back."""
    zone = timezone.get_current_timezone()
    return datetime.combine(day, time(), zone), datetime.combine(day + timedelta(days=1), time(), zone)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def plan_of(shifts: list[Shift], start: datetime, end: datetime) -> list[Stretch]:
    """Shifts that touch this stretch and the gaps in it, in order."""
    held = [Stretch(one.starts_at, one.ends_at, one) for one in shifts if one.starts_at < end and one.ends_at > start]
    return sorted([*held, *gaps(shifts, start, end)], key=lambda one: (one.starts_at, one.ends_at))
