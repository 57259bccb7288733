"""How many queries a page or a write takes and how long the server is busy with it: through Django's test client, in
this process, as the app role, with commits that wait for the disk."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connections

from benchmarks.progress import Progress
from benchmarks.scenes import SCENES, Region

QUERIES_A_PAGE = 15
_CONTROL = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO")
_OPENING = ("select sec.open_family", "select %s = any(sec.opened())")
WARM_UP = 5


@dataclass
class Statements:
    """What was asked of the database: transaction control left out, opening a family counted apart."""

    said: list[str]

    def __call__(self, execute: Callable[..., Any], sql: Any, *rest: Any) -> Any:
        if not str(sql).startswith(_CONTROL):
            self.said.append(str(sql))
        return execute(sql, *rest)

    @property
    def counted(self) -> int:
        return sum(not sql.startswith(_OPENING) for sql in self.said)


@contextmanager
def listening() -> Iterator[Statements]:
    statements = Statements([])
    with ExitStack() as stack:
        for alias in ("default", "login"):
            stack.enter_context(connections[alias].execute_wrapper(statements))
        yield statements


@dataclass(frozen=True)
class Result:
    """`queries` is the most that was seen; `p50` and `p95` are milliseconds by the clock, `busy` those that a processor
    worked for it (p50), in this process and in PostgreSQL's: what it would take on a machine that does nothing else."""

    name: str
    is_write: bool
    queries: int
    p50: float
    p95: float
    busy: float

    @property
    def bound(self) -> float:
        return 100 if self.is_write else 50


def everything(families: int, rounds: int) -> list[Result]:
    region = Region(families)
    scenes = [(name, is_write, scene) for name, is_write, scene in SCENES if scene]
    progress = Progress(len(scenes) * (rounds + WARM_UP), f"Measuring with {families:,} families")
    results = []
    for name, is_write, scene in scenes:
        region.begin(name)
        queries, wall, busy = [], [], []
        for turn in range(rounds + WARM_UP):
            act = scene(region, turn)  # who, which family, what is filled in: not measured
            gc.collect(0)
            with listening() as statements:
                busy_before, began = _worked(), time.perf_counter()
                act()
                passed, busy_after = time.perf_counter() - began, _worked()
            progress.step(name)
            queries.append(statements.counted)
            if turn >= WARM_UP:
                wall.append(passed * 1000)
                busy.append((busy_after - busy_before) * 1000)
        results.append(
            Result(name, is_write, max(queries), statistics.median(wall), _p95(wall), statistics.median(busy))
        )
    return results


def _worked() -> float:
    """Seconds of processor time so far, of this process and of the two PostgreSQL processes that serve it."""
    seconds = time.process_time()
    for alias in ("default", "login"):
        if connections[alias].connection:
            served_by = Path(f"/proc/{connections[alias].connection.info.backend_pid}/schedstat")
            seconds += int(served_by.read_text().split()[0]) / 1e9 if served_by.exists() else 0
    return seconds


def _p95(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]
