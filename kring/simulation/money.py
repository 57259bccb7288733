"""What it costs a year, and who pays: people, the judge, living elsewhere."""

from kring.simulation.scenario import YEAR, Scenario

# Who pays for which pool. In the network the duo's partner stays with the municipalities, as the institution was.
STATE = ("board", "petition")
PAYERS = ("municipality", "state")


def yearly(scenario: Scenario, posts: dict[str, float], measures: dict[str, float], days: float) -> dict[str, float]:
    """Euros a year by payer, in all, and for each family reported."""
    value = scenario.value
    years = days / YEAR
    state_posts = sum(amount for pool, amount in posts.items() if pool in STATE)
    placements = measures["placed_children"] / years * value("placement_years") * value("cost_placement")
    state = state_posts * value("cost_fte") + measures["requests"] / years * value("cost_court")
    municipality = (sum(posts.values()) - state_posts) * value("cost_fte") + placements
    total = state + municipality
    families = max(1.0, measures["families"] / years)
    return {
        "posts": sum(posts.values()),
        "cost_municipality": municipality,
        "cost_state": state,
        "cost": total,
        "cost_per_family": total / families,
    }


def transition_once(scenario: Scenario) -> float:
    """Once, spread over no years: systems and guidance, and the training of everybody who changes work."""
    network = scenario.staff("network")
    value = scenario.value
    training = sum(network.values()) * value("training_days") / 251 * value("cost_fte")
    return value("cost_once") * scenario.inhabitants + training * max(scenario.network_by_year, default=1.0)


def open_posts(scenario: Scenario, roster: tuple, begin: float, end: float) -> dict[str, float]:
    """Posts open on average from `begin` to `end`, on the roster of a transition."""
    both = scenario.staff("transition")
    result = {}
    for pool, posts in both.items():
        steps = sorted((day, share) for day, name, share in roster if name == pool) or [(0.0, 1.0)]
        area = 0.0
        for (day, share), (until, _) in zip(steps, [*steps[1:], (end, 0.0)], strict=True):
            area += share * max(0.0, min(until, end) - max(day, begin))
        result[pool] = posts * area / (end - begin)
    return result


def break_even(differences: list[float]) -> int | None:
    """The first year in which everything spent extra so far has been saved again, or None within these years."""
    total = 0.0
    for year, difference in enumerate(differences, 1):
        total += difference
        if total <= 0:
            return year
    return None
