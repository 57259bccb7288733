"""When something is due: Dutch days under the Algemene termijnenwet, and terms as data (architecture, decision 16).

A room declares its own terms beside its rules: `ASSESSMENT = Term(5, Unit.WORKING_DAYS, source="…")`, and asks
`ASSESSMENT.ends_on(received_at)`. Counting is in days of the Dutch clock; the first day is not counted.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

# Days that a decree puts on one line with a holiday (article 3, paragraph 3): published in the Staatscourant for some
# years at once. Add the next ones here; `test_terms.py` fails in the first year that has none.
DECREE_DAYS = {
    # Besluit gelijkstelling, 2023 tot en met 2025
    date(2023, 4, 28),
    date(2023, 5, 19),
    date(2024, 5, 10),
    date(2024, 12, 27),
    date(2025, 5, 30),
    # Besluit gelijkstelling, 2026 tot en met 2028
    date(2026, 1, 2),
    date(2026, 5, 15),
    date(2027, 5, 7),
    date(2028, 4, 28),
    date(2028, 5, 26),
}
DECREES_UNTIL = 2028


class Unit(StrEnum):
    WORKING_DAYS = "working_days"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


# Article 4 under a: the Act leaves terms longer than these alone, and every term in years.
_LONGEST_MOVED = {Unit.DAYS: 90, Unit.WEEKS: 12, Unit.MONTHS: 3, Unit.YEARS: 0}


@dataclass(frozen=True)
class Term:
    """One kind of term. `source` is the article or protocol that sets it.

    `by_law`: set by or under an Act; a protocol's term is not moved. `of_detention`: never moved (article 4 under c).
    """

    length: int
    unit: Unit
    source: str
    by_law: bool = True
    of_detention: bool = False

    @property
    def is_moved_by_the_act(self) -> bool:
        """Does the Algemene termijnenwet move an end on a Saturday, Sunday or holiday? (articles 1 and 4)"""
        return self.by_law and not self.of_detention and self.length <= _LONGEST_MOVED.get(self.unit, 0)

    def ends_on(self, start: date | datetime) -> date:
        """The last day on which it is still in time, counted from the day of `start`."""
        first = dutch_day(start)
        if self.unit == Unit.WORKING_DAYS:
            return add_working_days(first, self.length)
        end = _add(first, self.length, self.unit)
        return _moved(first, end) if self.is_moved_by_the_act else end

    def begins_on(self, end: date | datetime) -> date:
        """Counted back from a day ("two months before the order ends"): the Act does not move it (article 1(2))."""
        last = dutch_day(end)
        if self.unit == Unit.WORKING_DAYS:
            return add_working_days(last, -self.length)
        return _add(last, -self.length, self.unit)


def dutch_day(moment: date | datetime) -> date:
    """The day it is in the Netherlands at this moment; a moment without a zone is refused, never guessed."""
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone has no Dutch day")
    return moment.astimezone(AMSTERDAM).date()


def end_of_day(day: date) -> datetime:
    """The first moment after this Dutch day; on the nights the clock changes a day has 23 or 25 hours."""
    return datetime.combine(day + timedelta(days=1), time(), AMSTERDAM)


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in holidays(day.year)


def next_working_day(day: date) -> date:
    """This day, or the first one after it that is no Saturday, Sunday or holiday."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(day: date, count: int) -> date:
    """So many working days later (or earlier, when negative); the day itself is not counted."""
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


@cache
def holidays(year: int) -> frozenset[date]:
    """Generally recognised holidays and what is on one line with them (Algemene termijnenwet, article 3)."""
    easter = _easter(year)
    kings_day = date(year, 4, 27)
    return frozenset(
        {
            date(year, 1, 1),
            easter - timedelta(days=2),  # Good Friday: paragraph 2
            easter + timedelta(days=1),
            kings_day - timedelta(days=1) if kings_day.weekday() == 6 else kings_day,
            date(year, 5, 5),  # every year, also when people work that day
            easter + timedelta(days=39),  # Ascension
            easter + timedelta(days=50),  # Whit Monday
            date(year, 12, 25),
            date(year, 12, 26),
        }
    ) | {day for day in DECREE_DAYS if day.year == year}


def _easter(year: int) -> date:
    """Easter Sunday by the Gregorian reckoning (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * j) // 433
    month = (h + j - 7 * m + 90) // 25
    return date(year, month, (h + j - 7 * m + 33 * month + 19) % 32)


def _add(day: date, length: int, unit: Unit) -> date:
    if unit in (Unit.DAYS, Unit.WEEKS):
        return day + timedelta(days=length * (7 if unit == Unit.WEEKS else 1))
    months = day.year * 12 + day.month - 1 + length * (12 if unit == Unit.YEARS else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))  # 31 January + 1 month: 28 February


def _moved(first: date, end: date) -> date:
    """Article 1: the end moves to the next working day. Article 2: three days or more hold at least two working days."""
    if (end - first).days >= 3:
        end = max(end, add_working_days(first, 2))
    return next_working_day(end)
