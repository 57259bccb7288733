"""When somebody was born, as far as we know it: to the day, the month, the year, not at all, or not yet."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

ADULT, YOUNG_ADULT = 18, 23


def years_between(born: date, day: date) -> int:
    """Whole years; who is born on 29 February has a birthday on 1 March in other years, as the law counts it."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@dataclass(frozen=True)
class Birth:
    """Unknown is a value (architecture, decision 11): what is asked answers None when it can't be told."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    unborn: bool = False
    expected_on: date | None = None

    @property
    def precision(self) -> str:
        if self.year is None:
            return "unknown"
        return "day" if self.day else "month" if self.month else "year"

    @property
    def earliest(self) -> date | None:
        return date(self.year, self.month or 1, self.day or 1) if self.year else None

    @property
    def latest(self) -> date | None:
        if not self.year:
            return None
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def exact(self) -> date | None:
        return self.earliest if self.day else None

    @classmethod
    def of(cls, earliest: date | None, precision: str, unborn: bool, expected_on: date | None) -> "Birth":
        """Back from how it is stored: the earliest possible day and how precise that is."""
        if earliest is None or precision == "unknown":
            return cls(unborn=unborn, expected_on=expected_on)
        month = earliest.month if precision in ("day", "month") else None
        return cls(earliest.year, month, earliest.day if precision == "day" else None, unborn, expected_on)

    def ages(self, today: date) -> tuple[int, int] | None:
        """Youngest and oldest possible age."""
        if self.earliest is None or self.latest is None:
            return None
        return max(0, years_between(self.latest, today)), max(0, years_between(self.earliest, today))

    def is_under(self, years: int, today: date) -> bool | None:
        """Younger than so many years; None when that depends on what we don't know."""
        if self.unborn:
            return True
        if (ages := self.ages(today)) is None:
            return None
        youngest, oldest = ages
        if oldest < years:
            return True
        return None if youngest < years else False
