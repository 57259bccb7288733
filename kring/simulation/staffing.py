"""How many people for a waiting-time norm? Pool by pool, in the order in which families come by."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from kring.simulation import scenario as scenarios
from kring.simulation.engine.replication import replicate
from kring.simulation.engine.state import POOLS
from kring.simulation.scenario import Scenario

ORDER = {
    "relay": ("intake", "inquiry", "local", "board", "institution"),
    "network": ("front", "local", "duo", "petition"),
}
STEPS = 7  # halvings: the answer is within 2 percent


@dataclass(frozen=True)
class Need:
    pool: str
    now: float
    needed: float
    within_now: float  # the share that starts within the norm, now and then
    within_then: float


def needs(
    scenario: Scenario, way: str, weeks: int, share: float, seed: int = 1, replications: int = 4
) -> Iterator[Need]:
    """The fewest posts with which `share` of the families of each pool start within so many weeks."""
    posts = dict(scenario.staff(way))

    def within(pool: str, amount: float) -> float:
        blueprint = scenarios.blueprint(scenario, way, {**posts, pool: amount})
        waits = sum(
            replicate(blueprint, seed, number).desk["waits"][POOLS.index(pool)] for number in range(replications)
        )
        return float(waits[:weeks].sum() / max(1, waits.sum()))

    for pool in ORDER[way]:
        now = posts[pool]
        first = within(pool, now)
        low, high = (0.3 * now, now) if first >= share else (now, 4 * now)
        for _ in range(STEPS):
            middle = float(np.sqrt(low * high))
            low, high = (low, middle) if within(pool, middle) >= share else (middle, high)
        yield Need(pool, now, high, first, within(pool, high))
        posts[pool] = high


def staffed(scenario: Scenario, found: list[Need]) -> Scenario:
    return replace(scenario, fte={**scenario.fte, **{need.pool: need.needed for need in found}})
