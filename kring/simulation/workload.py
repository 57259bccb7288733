"""How much work each way of working asks, before any chance: flow times duration by caseload."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from kring.simulation.engine.state import SEVERITIES

if TYPE_CHECKING:
    from kring.simulation.scenario import Scenario

Value = Callable[[str], float]
WORKING = 365.25 / 251  # calendar days to a working day


def offered_posts(scenario: "Scenario", way: str) -> dict[str, float]:
    """How many posts the work asks by pool, if nobody ever waited or was lost: flow times duration by caseload."""
    v = scenario.value
    families = v("reports_per_1000") * scenario.inhabitants / 1000 / 365.25  # a day
    follow_ups = 1 + v("followup_share") / (1 - v("followup_share")) * v("followup_work")
    asked = _relay_days(v) if way == "relay" else _network_days(v)
    posts = {pool: families * days / v(f"caseload_{pool}") for pool, days in asked.items()}
    triage = families * follow_ups * v("triage_days") * WORKING / v("caseload_intake")
    return {**posts, "intake" if way == "relay" else "front": triage}


def _by_severity(v: Value) -> Iterator[tuple[str, float, float, float]]:
    """For each severity: its share, the share that will go to the judge, and of the rest the share that is helped."""
    light, gravest = v("severity_light"), v("severity_gravest")
    for severity, share in zip(SEVERITIES, (light, 1 - light - gravest, gravest), strict=True):
        destined = v("children") * v(f"board_{severity}")
        yield severity, share, destined, (1 - destined) * (1 - v(f"no_help_{severity}"))


def _relay_days(v: Value) -> dict[str, float]:
    """Days that a family of average luck asks of each pool in the relay."""
    days = dict.fromkeys(("inquiry", "local", "board", "institution"), 0.0)
    help_days = v("help_days") * WORKING * (1 - v("ended_early") / 2)
    ordered = v("request_share") * v("grant_share")
    for severity, share, destined, helped in _by_severity(v):
        days["inquiry"] += share * (destined + helped * v(f"inquiry_{severity}")) * v("inquiry_days") * WORKING
        days["local"] += share * (helped * help_days + destined * v("table_days") * WORKING)
        days["local"] += share * destined * (1 - ordered) * help_days
        days["board"] += share * destined * v("board_days") * WORKING
        days["institution"] += share * destined * ordered * v("supervision_share") * v("supervision_days")
    return days


def _network_days(v: Value) -> dict[str, float]:
    """The same for the network; who would have gone to the judge but is kept out of it is helped by the duo."""
    days = dict.fromkeys(("local", "duo", "petition"), 0.0)
    help_days = v("help_days") * WORKING * (1 - v("ended_early") / 2)
    partner_days = v("partner_days") * WORKING * v("duo_weight")
    ordered = v("request_share") * v("grant_share")
    supervised = ordered * v("supervision_share") * v("supervision_days")
    petition = v("petition_wait") + v("petition_days") * WORKING + v("court_days") * v("request_share")
    for severity, share, destined, helped in _by_severity(v):
        alone = severity == "light"
        avoided = destined * v("orders_avoided")
        asks = destined - avoided
        weight = v("duo_local_weight")
        days["local"] += share * help_days * (helped * (1.0 if alone else weight) + avoided * weight)
        days["local"] += share * asks * (weight * (petition + (1 - ordered) * help_days))
        days["local"] += share * asks * supervised * v("order_local_weight")
        days["duo"] += share * partner_days * ((0.0 if alone else helped) + avoided)
        days["duo"] += share * asks * (petition * v("duo_weight") + supervised * v("order_partner_weight"))
        days["petition"] += share * asks * v("petition_days") * WORKING
    return days
