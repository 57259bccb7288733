"""Working days: professionals work on them, families live on all of them.

A day that does not count under the Algemene termijnenwet (article 3: Saturday, Sunday, the general holidays with
Good Friday, 5 May every year) is closed. Time inside a day is not modelled: an open day is open from midnight to
midnight, so waits are exact in days, not in hours.
"""

from datetime import date, timedelta

import numpy as np
from numba import njit


def easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - ((b - (b + 8) // 25 + 1) // 3) + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - (c % 4)) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def holidays(year: int) -> set[date]:
    """The general holidays of article 3 of the Algemene termijnenwet, with King's Day as it is kept."""
    sunday = easter(year)
    kings_day = date(year, 4, 27) if date(year, 4, 27).weekday() != 6 else date(year, 4, 26)
    moving = {sunday + timedelta(days=days) for days in (-2, 1, 39, 50)}
    return moving | {date(year, 1, 1), kings_day, date(year, 5, 5), date(year, 12, 25), date(year, 12, 26)}


DAY_RECORD = np.dtype(
    [("before", np.float64), ("open_day", np.float64), ("network_share", np.float64), ("is_open", np.int8)]
)


def tables(start: date, days: int) -> np.ndarray:
    """For each day from `start`: is it open, how many open days lie before it; and in row k which day the k-th is.

    The share of families that begin in the network is written in beside it.
    """
    closed = {day for year in range(start.year, (start + timedelta(days=days)).year + 1) for day in holidays(year)}
    dates = (start + timedelta(days=offset) for offset in range(days))
    is_open = np.array([day.weekday() < 5 and day not in closed for day in dates])
    table = np.zeros(days, DAY_RECORD)
    table["is_open"] = is_open
    table["before"] = np.concatenate(([0], np.cumsum(is_open)[:-1]))
    table["open_day"] = -1.0
    table["open_day"][: is_open.sum()] = np.flatnonzero(is_open)
    return table


@njit(inline="always")
def worked(days, moment):
    """How many working days have passed at this moment."""
    day = int(moment)
    return days[day].before + (moment - day if days[day].is_open else 0.0)


@njit(inline="always")
def after(days, moment, work):
    """The moment at which so many working days of work have been done; infinite when past the tables."""
    end = worked(days, moment) + work
    k = int(end)
    if k >= len(days) or days[k].open_day < 0.0:
        return np.inf
    return days[k].open_day + (end - k)
