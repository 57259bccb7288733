"""Many replications: over processes of this machine or a Dask cluster, with checkpoints, in flat memory.

The work is cut into pieces that depend on nothing but their number, so that it does not matter who does which piece,
or when. Each finished piece is a small Parquet file beside the result; a run that was cut off finds them and goes on.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from kring.simulation import money
from kring.simulation import scenario as scenarios
from kring.simulation.engine.measures import measure, measure_window
from kring.simulation.engine.replication import Blueprint, replicate
from kring.simulation.engine.streams import draw, stream_key
from kring.simulation.parameters import ImpossibleInput, Parameter
from kring.simulation.scenario import YEAR, Scenario

PIECE = 20  # replications in one piece
DRAWN = 100  # the purpose of the stream that draws figures
FORMAT = 1  # of the result; another one makes old checkpoints useless
# A choice or a fit, not a thing that nature may throw: kept as it is when figures are drawn.
NEVER_DRAWN = ("fte_", "known_share", "severity_", "one_child", "two_children")


@dataclass(frozen=True)
class Sweep:
    """What is asked: every way, so many replications, from this seed, with figures as they are or drawn."""

    scenario: Scenario
    ways: tuple[str, ...]
    replications: int
    seed: int
    uncertain: bool = False

    def fingerprint(self) -> str:
        """Two sweeps with the same fingerprint give the same bits."""
        content = {**asdict(self), "format": FORMAT, "piece": PIECE, "engine": _engine_version()}
        content["scenario"].pop("where")
        return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()[:16]

    def pieces(self) -> list[tuple[str, int]]:
        return [(way, first) for first in range(0, self.replications, PIECE) for way in self.ways]


@lru_cache(maxsize=1)
def _engine_version() -> str:
    """A change of the model must not be mixed with checkpoints of the old one."""
    files = [*sorted(Path(__file__).parent.glob("engine/*.py")), Path(__file__), Path(money.__file__)]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def drawn(scenario: Scenario, seed: int, number: int) -> Scenario:
    """The scenario with each uncertain figure drawn from a triangle over its range; alike for every way of working."""
    key = np.uint64(stream_key(seed, number, DRAWN))
    figures = {}
    for place, (name, figure) in enumerate(scenario.figures.items()):
        keep = name.startswith(NEVER_DRAWN)
        figures[name] = figure if keep else _triangle(figure, draw(key, place, 0, 0))
    return Scenario(**{**vars(scenario), "figures": figures})


def _triangle(figure: Parameter, u: float) -> Parameter:
    low, high = min(figure.low, figure.value), max(figure.high, figure.value)
    if high == low:
        return figure
    middle = (figure.value - low) / (high - low)
    value = low + (u * (high - low) * (figure.value - low)) ** 0.5
    if u > middle:
        value = high - ((1 - u) * (high - low) * (high - figure.value)) ** 0.5
    return Parameter(**{**vars(figure), "value": float(value)})


def rows(sweep: Sweep, way: str, first: int) -> Iterator[dict]:
    """The rows of one piece: a row for each replication, and for a transition one for each of its years."""
    posts = sweep.scenario.staff(way)
    fixed = None if sweep.uncertain else scenarios.blueprint(sweep.scenario, way, posts)
    for number in range(first, min(first + PIECE, sweep.replications)):
        scenario = drawn(sweep.scenario, sweep.seed, number) if sweep.uncertain else sweep.scenario
        blueprint = fixed or scenarios.blueprint(scenario, way, posts)
        for year, measures in _measured(scenario, blueprint, sweep.seed, number):
            yield {"way": way, "replication": number, "year": year, **measures}


def _measured(scenario: Scenario, blueprint: Blueprint, seed: int, number: int):
    run = replicate(blueprint, seed, number)
    whole = measure_window(run)
    start, end = float(blueprint.warm_up), float(blueprint.warm_up + blueprint.measured)
    posts = _posts(scenario, blueprint, start, end)
    yield 0, {**whole, **money.yearly(scenario, posts, whole, end - start)}
    if blueprint.measured >= 2 * YEAR:
        for year in range(blueprint.measured // YEAR):
            begin = start + year * YEAR
            part = measure(run, begin, begin + YEAR)
            posts = _posts(scenario, blueprint, begin, begin + YEAR)
            yield year + 1, {**part, **money.yearly(scenario, posts, part, YEAR)}


def _posts(scenario: Scenario, blueprint: Blueprint, begin: float, end: float) -> dict[str, float]:
    if not blueprint.roster:
        return blueprint.fte
    return money.open_posts(scenario, blueprint.roster, begin, end)


def work(sweep: Sweep, folder: str, way: str, first: int) -> str:
    """Do one piece and keep it. A file appears whole or not at all."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = Path(folder) / f"{way}-{first:07d}.parquet"
    found = list(rows(sweep, way, first))
    columns = list(dict.fromkeys(name for row in found for name in row))
    table = pa.table({name: [row.get(name) for row in found] for name in columns})
    part = path.with_suffix(f".{os.getpid()}")
    pq.write_table(table, part)
    part.replace(path)
    return path.name


def missing(sweep: Sweep, folder: Path) -> list[tuple[str, int]]:
    return [(way, first) for way, first in sweep.pieces() if not (folder / f"{way}-{first:07d}.parquet").exists()]


def carry_out(
    sweep: Sweep,
    out: Path,
    processes: int = 1,
    cluster: str | None = None,
    tell: Callable[[int, int], None] | None = None,
) -> Path:
    """Do what is missing, then join the pieces into `out`. Returns `out`."""
    folder = out.with_name(f"{out.name}.{sweep.fingerprint()}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImpossibleInput(f"{out}: hier valt niet te schrijven ({error.strerror}).") from error
    todo = missing(sweep, folder)
    done, total = len(sweep.pieces()) - len(todo), len(sweep.pieces())
    if tell:
        tell(done, total)
    for _ in _finished(sweep, folder, todo, processes, cluster):
        done += 1
        if tell:
            tell(done, total)
    join(sweep, folder, out)
    return out


def _finished(sweep: Sweep, folder: Path, todo: list, processes: int, cluster: str | None) -> Iterable[str]:
    if cluster:
        return _on_cluster(sweep, folder, todo, cluster)
    if processes > 1 and len(todo) > 1:
        return _on_processes(sweep, folder, todo, processes)
    return (work(sweep, str(folder), *piece) for piece in todo)


def _on_processes(sweep: Sweep, folder: Path, todo: list, processes: int) -> Iterator[str]:
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from multiprocessing import get_context

    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        futures = [pool.submit(work, sweep, str(folder), *piece) for piece in todo]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _on_cluster(sweep: Sweep, folder: Path, todo: list, cluster: str) -> Iterator[str]:
    """The folder must be one that all workers see; they need Kring installed, nothing else."""
    try:
        from distributed import Client, as_completed
    except ImportError as error:
        raise ImpossibleInput("Voor een cluster is het pakket distributed nodig (requirements/bench.in).") from error
    try:
        client = Client(cluster, timeout="10s")
    except (OSError, TimeoutError, ValueError) as error:
        raise ImpossibleInput(f"{cluster}: hier antwoordt geen Dask-cluster.") from error
    with client:
        futures = [client.submit(work, sweep, str(folder.resolve()), *piece, pure=False) for piece in todo]
        for future in as_completed(futures):
            yield future.result()


def join(sweep: Sweep, folder: Path, out: Path) -> None:
    """All pieces in order into one file, one at a time; then the pieces go."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = [f"{way}-{first:07d}.parquet" for way in sweep.ways for first in range(0, sweep.replications, PIECE)]
    fields = {field.name: field for name in names[:1] + names[-1:] for field in pq.read_schema(folder / name)}
    schema = pa.schema(
        [
            pa.field(name, pa.float64() if pa.types.is_null(field.type) else field.type)
            for name, field in fields.items()
        ],
        metadata={
            "kring.scenario": sweep.scenario.name,
            "kring.seed": str(sweep.seed),
            "kring.sweep": sweep.fingerprint(),
        },
    )
    part = out.with_name(f"{out.name}.part")
    with pq.ParquetWriter(part, schema) as writer:
        for name in names:
            table = pq.read_table(folder / name)
            for column in set(schema.names) - set(table.column_names):
                table = table.append_column(column, pa.nulls(len(table), pa.float64()))
            writer.write_table(table.select(schema.names).cast(schema))
    part.replace(out)
    for name in names:
        (folder / name).unlink()
    folder.rmdir()
