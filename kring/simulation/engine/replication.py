"""From a blueprint to one replication. The same blueprint, seed and number give the same bits on any process."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import numpy as np

from kring.simulation.engine import working_time
from kring.simulation.engine.arrivals import SOURCES, arrive, intensity
from kring.simulation.engine.begin import UNIT
from kring.simulation.engine.loop import walk
from kring.simulation.engine.state import (
    ARRIVALS,
    DESK_RECORD,
    POOL_RECORD,
    POOLS,
    PURPOSES,
    SETTINGS_RECORD,
    TRAJECTORY_RECORD,
    WORKER_RECORD,
    Run,
)
from kring.simulation.engine.streams import stream_key

SERVICE_TAIL = 400  # days of calendar past the end of the run, for work that ends after it


@dataclass(frozen=True)
class Blueprint:
    """What a replication needs to know, in the engine's own words."""

    settings: np.ndarray  # one record
    fte: dict[str, float]  # by pool
    caseload: dict[str, float]  # families to one full-time post, by pool
    reports_per_year: float  # reports that begin a trajectory
    known_share: float  # of those: of families reported before
    sources: dict[str, float]
    weekend_share: float
    season: float
    holiday_dip: float
    stock: int  # orders that run on the first day
    start: date
    warm_up: int
    measured: int
    follow_up: int
    network_share: np.ndarray  # by day
    roster: tuple[tuple[float, str, float], ...] = ()  # from this day, this pool has this share of its posts open
    cached: dict = field(default_factory=dict, repr=False, compare=False)

    @property
    def days(self) -> int:
        return self.warm_up + self.measured + self.follow_up


def _workers(blueprint: Blueprint) -> np.ndarray:
    """One post for each full-time equivalent; what is left over is a part-time post."""
    posts = []
    for number, pool in enumerate(POOLS):
        fte = blueprint.fte.get(pool, 0.0)
        whole = int(fte)
        sizes = [1.0] * whole + ([fte - whole] if fte - whole > 1e-9 else [])
        posts += [(number, round(UNIT * blueprint.caseload[pool] * size)) for size in sizes]
    workers = np.zeros(len(posts), WORKER_RECORD)
    for worker, (number, room) in zip(workers, posts, strict=True):
        worker["pool"], worker["room"], worker["active"] = number, room, 1
    return workers


def _pools(workers: np.ndarray) -> np.ndarray:
    pools = np.zeros(len(POOLS), POOL_RECORD)
    for number in range(len(POOLS)):
        mine = np.flatnonzero(workers["pool"] == number)
        pools[number]["first"] = mine[0] if len(mine) else 0
        pools[number]["end"] = mine[-1] + 1 if len(mine) else 0
    return pools


def _roster(blueprint: Blueprint, workers: np.ndarray, pools: np.ndarray):
    """Openings and closings of posts: the first posts of a pool are open first and closed last."""
    moments, numbers, active = [], [], []
    for day, pool, share in sorted(blueprint.roster):
        first, end = pools[POOLS.index(pool)]["first"], pools[POOLS.index(pool)]["end"]
        for place, number in enumerate(range(first, end)):
            should = int(place + 0.5 < share * (end - first))
            if day <= 0:
                workers[number]["active"] = should
            else:
                moments.append(float(day))
                numbers.append(number)
                active.append(should)
    return np.array(moments), np.array(numbers, np.int64), np.array(active, np.int64)


@lru_cache(maxsize=8)
def _tables(start: date, days: int) -> np.ndarray:
    return working_time.tables(start, days)


def _calendar(blueprint: Blueprint):
    """What all replications of a blueprint share: working days and the intensity of reports."""
    if not blueprint.cached:
        days = _tables(blueprint.start, blueprint.days + SERVICE_TAIL).copy()
        days["network_share"] = blueprint.network_share[-1]
        days["network_share"][: len(blueprint.network_share)] = blueprint.network_share
        settings = blueprint.settings[0]
        by_source = intensity(
            blueprint.start,
            days["is_open"][: blueprint.days],
            blueprint.sources,
            blueprint.weekend_share,
            blueprint.season,
            blueprint.holiday_dip,
        )
        total = sum(blueprint.sources.values())
        by_source = by_source / total
        age = np.arange(blueprint.days) + 0.5
        fading = np.exp(-((age / settings["return_scale"]) ** settings["return_shape"]))
        per_day = blueprint.reports_per_year / 365.25
        first = per_day * (1 - blueprint.known_share) * np.ones(blueprint.days)
        legacy = per_day * blueprint.known_share * fading
        mix = by_source.sum(1)
        blueprint.cached.update(
            days=days,
            cumulative=np.cumsum((first + legacy) * mix),
            first_share=first / (first + legacy),
            sources=np.cumsum(by_source / mix[:, None], axis=1),
            source_mix=np.cumsum([blueprint.sources[s] / total for s in SOURCES]),
        )
    return blueprint.cached


def _desk(blueprint: Blueprint, seed: int, number: int, families: int) -> np.void:
    desk = np.zeros(1, DESK_RECORD)
    for name in SETTINGS_RECORD.names:
        desk[name] = blueprint.settings[name]
    desk["keys"] = [stream_key(seed, number, purpose) for purpose in range(PURPOSES)]
    desk["window"] = blueprint.warm_up, blueprint.warm_up + blueprint.measured, blueprint.days
    desk["head"] = desk["tail"] = -1
    desk["source_mix"] = _calendar(blueprint)["source_mix"]
    desk["n_families"] = families
    desk["newcomer"] = -1
    return desk[0]


def prepare(blueprint: Blueprint, seed: int, number: int, room: int):
    """A run that has not been walked yet, and the arguments to walk it with."""
    calendar = _calendar(blueprint)
    workers = _workers(blueprint)
    pools = _pools(workers)
    roster = _roster(blueprint, workers, pools)
    key = np.uint64(stream_key(seed, number, ARRIVALS))
    moments, known, sources = arrive(key, calendar["cumulative"], calendar["sources"], calendar["first_share"])
    events = 4 * room + 4 * len(workers) + len(roster[0]) + 64
    run = Run(
        trajectories=np.zeros(room, TRAJECTORY_RECORD),
        workers=workers,
        pools=pools,
        times=np.full(events, np.inf),
        notes=np.zeros(events, np.int64),
        days=calendar["days"],
        desk=_desk(blueprint, seed, number, len(moments)),
    )
    return run, (moments, known, sources, blueprint.stock, *roster)


def replicate(blueprint: Blueprint, seed: int, number: int) -> Run:
    """One replication, walked to its end; with more room if the first guess was too small."""
    years = blueprint.days / 365.25
    room = int(blueprint.reports_per_year * years * 1.7 + blueprint.stock + 500)
    while True:
        run, arguments = prepare(blueprint, seed, number, room)
        walk(run, *arguments)
        if not run.desk["n_full"]:
            return run._replace(trajectories=run.trajectories[: run.desk["n_trajectories"]])
        room *= 2
