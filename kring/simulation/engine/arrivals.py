"""When reports come in: a Poisson stream whose intensity knows the day of the week, the season and who reports.

First reports come at a constant yearly rate. Re-reports of families whose trajectory was closed before the first day
fade out along the fitted curve; the model's own re-reports take their place, so that the total stays level.
"""

from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numba import njit

from kring.simulation.engine.streams import draw, exponential

SOURCES = (
    "police", "citizen", "health", "education", "youth_care", "day_care", "other_organisation", "other_region", "unknown",
)  # fmt: skip
EVENING_AND_WEEKEND = ("police",)  # the police report when it happens
EVERY_DAY = ("citizen", "unknown", "other_region")


def _police(day: date, weekend_share: float, season: float) -> float:
    """Weekend bump, and two peaks a year: around New Year and in July and August."""
    share = weekend_share / 2 if day.weekday() >= 5 else (1 - weekend_share) / 5
    wave = np.cos(4 * np.pi * (day.timetuple().tm_yday - 10) / 365.25)
    return 7 * share * (1 + season / 2 * wave)


def _professional(day: date, is_open: bool, holiday_dip: float) -> float:
    """Schools and care report on working days, less in the school holidays."""
    if not is_open:
        return 0.0
    away = ((day.month, day.day) >= (7, 15) and day.month < 9) or (day.month == 12 and day.day >= 22)
    return 1 - holiday_dip if away else 1.0


@lru_cache(maxsize=64)
def _patterns(start, open_bytes, weekend_share, season, holiday_dip):
    is_open = np.frombuffer(open_bytes, np.int8)
    dates = [start + timedelta(days=offset) for offset in range(len(is_open))]
    police = np.array([_police(day, weekend_share, season) for day in dates])
    office = np.array([_professional(day, o, holiday_dip) for day, o in zip(dates, is_open, strict=True)])
    return police / police.mean(), office / office.mean()


def intensity(start, is_open, shares, weekend_share, season, holiday_dip) -> np.ndarray:
    """Day by source: the relative intensity, each source scaled to its share of the year's reports."""
    police, office = _patterns(start, is_open.tobytes(), weekend_share, season, holiday_dip)
    table = np.empty((len(is_open), len(SOURCES)))
    for s, source in enumerate(SOURCES):
        pattern = police if source in EVENING_AND_WEEKEND else (1.0 if source in EVERY_DAY else office)
        table[:, s] = shares[source] * pattern
    return table


@njit(cache=True)
def arrive(key, cumulative, sources, first_share):
    """Moments, whether known before, and source, of all reports from outside in one replication."""
    total = cumulative[-1]
    room = int(total + 8.0 * np.sqrt(total) + 20.0)
    moments = np.empty(room)
    known = np.empty(room, np.int8)
    source = np.empty(room, np.int8)
    count = 0
    day = 0
    mass = 0.0
    while count < room:
        mass += exponential(draw(key, count, 0, 0), 1.0)
        while day < len(cumulative) and cumulative[day] < mass:
            day += 1
        if day == len(cumulative):
            break
        below = cumulative[day - 1] if day > 0 else 0.0
        moments[count] = day + (mass - below) / (cumulative[day] - below)
        known[count] = 0 if draw(key, count, 0, 1) < first_share[day] else 1
        u = draw(key, count, 0, 2)
        s = 0
        while s < sources.shape[1] - 1 and u >= sources[day, s]:
            s += 1
        source[count] = s
        count += 1
    return moments[:count], known[:count], source[:count]
