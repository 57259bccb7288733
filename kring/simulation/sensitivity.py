"""Which assumption decides the answer? Rank regression of a difference on all figures that were drawn together.

Each figure is drawn from its range, all at once, the same for relay and network (`--uncertain`). The squared
standardised coefficients on ranks say how the explained spread divides over the figures. What the regression does not
explain, chance and interplay of figures, is told as such. Only figures that stand out from noise (three standard
errors) are named, and too few replications for the number of figures are refused: they would explain everything.
"""

from dataclasses import dataclass

import numpy as np

from kring.simulation.parameters import ImpossibleInput
from kring.simulation.runs import Sweep, drawn

REPLICATIONS_EACH = 3  # for each figure that was drawn
STANDS_OUT = 3.0  # standard errors


@dataclass(frozen=True)
class Influence:
    name: str
    label: str
    code: str
    share: float  # of the explained spread
    direction: float  # +1: a higher figure makes the network's number higher against the relay's


@dataclass(frozen=True)
class Sensitivity:
    measure: str
    explained: float  # R squared on ranks, adjusted for the number of figures
    influences: list[Influence]


def _ranks(values: np.ndarray) -> np.ndarray:
    order = values.argsort(axis=0).argsort(axis=0).astype(float)
    return (order - order.mean(0)) / order.std(0)


def figures_drawn(sweep: Sweep) -> tuple[list[str], np.ndarray]:
    """The figures of each replication again, from the same addresses in chance."""
    draws = [drawn(sweep.scenario, sweep.seed, number).figures for number in range(sweep.replications)]
    table = np.array([[figure.value for figure in figures.values()] for figures in draws])
    varied = table.std(0) > 0
    names = [name for name, moves in zip(sweep.scenario.figures, varied, strict=True) if moves]
    return names, table[:, varied]


def influence(sweep: Sweep, measure: str, difference: np.ndarray) -> Sensitivity:
    names, table = figures_drawn(sweep)
    known = ~np.isnan(difference)
    needed = REPLICATIONS_EACH * len(names)
    if known.sum() < needed:
        raise ImpossibleInput(
            f"--sensitivity: {int(known.sum())} herhalingen zijn te weinig voor {len(names)} getrokken cijfers; "
            f"neem er minstens {needed}."
        )
    x, y = _ranks(table[known]), _ranks(difference[known])
    coefficients, *_ = np.linalg.lstsq(x, y, rcond=None)
    n, k = x.shape
    residual = float(((y - x @ coefficients) ** 2).sum())
    errors = np.sqrt(np.diag(np.linalg.pinv(x.T @ x)) * residual / (n - k - 1))
    squared = coefficients**2 / max((coefficients**2).sum(), 1e-12)
    influences = [
        Influence(
            name, sweep.scenario.figures[name].label, sweep.scenario.figures[name].code, float(part), float(np.sign(c))
        )
        for name, part, c, error in zip(names, squared, coefficients, errors, strict=True)
        if abs(c) > STANDS_OUT * error
    ]
    influences.sort(key=lambda found: -found.share)
    explained = 1 - residual / float((y**2).sum()) * (n - 1) / (n - k - 1)
    return Sensitivity(measure, float(max(0.0, explained)), influences)
