"""From many replications to a table: means with bands, and the difference pair by pair on the same families."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kring.simulation.parameters import ImpossibleInput

BAND = (0.025, 0.975)


@dataclass(frozen=True)
class Band:
    mean: float
    low: float  # 95 % of the replications lie between low and high
    high: float
    error: float  # standard error of the mean


@dataclass(frozen=True)
class Line:
    measure: str
    by_way: dict[str, Band]
    difference: Band | None  # second way minus first, on the same families


def band(values: np.ndarray) -> Band:
    values = values[~np.isnan(values)]
    if not len(values):
        return Band(float("nan"), float("nan"), float("nan"), float("nan"))
    low, high = np.quantile(values, BAND)
    error = values.std(ddof=1) / len(values) ** 0.5 if len(values) > 1 else float("nan")
    return Band(float(values.mean()), float(low), float(high), float(error))


def read(path: Path, year: int = 0) -> dict[str, dict[str, np.ndarray]]:
    """By way, each measure by replication, in order."""
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
    except (OSError, ValueError) as error:
        raise ImpossibleInput(f"{path}: dit is geen uitkomst van kring simulate ({error}).") from error
    ways, years = np.array(table["way"]), np.array(table["year"])
    result = {}
    for way in dict.fromkeys(ways.tolist()):
        mine = (ways == way) & (years == year)
        result[way] = {
            name: np.array(table[name].to_pylist(), float)[mine] for name in table.column_names if name != "way"
        }
        order = np.argsort(result[way]["replication"])
        result[way] = {name: values[order] for name, values in result[way].items()}
    return result


def lines(runs: dict[str, dict[str, np.ndarray]], measures) -> list[Line]:
    ways = list(runs)
    found = []
    for measure in measures:
        if not any(measure in run for run in runs.values()):
            continue
        by_way = {way: band(runs[way][measure]) for way in ways}
        difference = band(runs[ways[1]][measure] - runs[ways[0]][measure]) if len(ways) > 1 else None
        found.append(Line(measure, by_way, difference))
    return found
