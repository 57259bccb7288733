"""A scenario: one region, its people, its figures; and from it the blueprints of relay, network and transition."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from kring.simulation.engine.arrivals import SOURCES
from kring.simulation.engine.replication import Blueprint
from kring.simulation.engine.state import (
    BY_SEVERITY,
    POOLS,
    RELAY_POOLS,
    SCALARS,
    SETTINGS_RECORD,
    SEVERITIES,
)
from kring.simulation.parameters import ImpossibleInput, Parameter, defaults, number, overridden, read_toml
from kring.simulation.workload import offered_posts

WAYS = ("relay", "network", "transition")
INHABITANTS = 17_942_942  # 1 January 2024, CBS 37620
STOCK_PER_INHABITANT = 18_250 / 17_942_942 / 1.7  # families with an order, 31 December 2023, CBS; 1.7 children each
YEAR = 365

# The engine's name of a figure where it differs from the file's.
RENAMED = {
    "p_children": "children",
    "p_one_child": "one_child",
    "p_two_children": "two_children",
    "p_one_parent": "one_parent",
    "p_acute": "acute",
    "p_no_help": "no_help",
    "p_inquiry": "inquiry",
    "p_board": "board",
    "p_emergency": "emergency",
}


@dataclass(frozen=True)
class Scenario:
    name: str
    inhabitants: int
    start: date
    warm_up: int
    measured: int
    follow_up: int
    figures: dict[str, Parameter]
    fte: dict[str, float] = field(default_factory=dict)  # by pool, where the region knows better than the default
    network_by_year: tuple[float, ...] = ()  # share of families that begin in the network, in each year of a transition
    where: str = "scenario"

    def value(self, name: str) -> float:
        return self.figures[name].value

    def staff(self, way: str) -> dict[str, float]:
        """Full-time posts by pool. The network gets as many people as the relay, divided by what its work asks."""
        # A region with more reports than average is taken to have more people in the same measure.
        scale = self.inhabitants / 100_000 * self.value("reports_per_1000") / defaults()["reports_per_1000"].value
        names = [POOLS[pool] for pool in RELAY_POOLS]
        relay = {name: self.fte.get(name, self.value(f"fte_{name}") * scale) for name in names}
        if way == "relay":
            return relay
        asked = offered_posts(self, "network")
        front = relay["intake"]  # the same assessments by the same people
        rest = sum(relay.values()) - front
        # Small pools need more to spare than large ones: the square-root rule of staffing.
        needed = {name: posts + posts**0.5 for name, posts in asked.items() if name != "front"}
        share = rest / sum(needed.values())
        network = {"front": front, **{name: share * posts for name, posts in needed.items()}}
        network = {name: self.fte.get(name, posts) for name, posts in network.items()}
        if way == "network":
            return network
        return {name: max(relay.get(name, 0.0), network.get(name, 0.0)) for name in {**relay, **network}}


def caseload_of(pool: str) -> str:
    """The figure that says how many families a post holds: the front door does what Veilig Thuis does today."""
    return "caseload_intake" if pool == "front" else f"caseload_{pool}"


def settings_of(figures: dict[str, Parameter]) -> np.ndarray:
    """The figures as the one record that the engine reads."""
    record = np.zeros(1, SETTINGS_RECORD)
    for name in SCALARS:
        record[0][name] = figures[RENAMED.get(name, name)].value
    for name in BY_SEVERITY:
        if name == "severity_share":
            light, gravest = figures["severity_light"].value, figures["severity_gravest"].value
            record[0][name] = (light, 1 - light - gravest, gravest)
        else:
            record[0][name] = [figures[f"{RENAMED.get(name, name)}_{severity}"].value for severity in SEVERITIES]
    return record


def blueprint(scenario: Scenario, way: str, posts: dict[str, float] | None = None) -> Blueprint:
    """What the engine needs, for one way of working; `posts` when the staff was settled under other figures."""
    value = scenario.value
    days = scenario.warm_up + scenario.measured + scenario.follow_up
    share, roster = _path(scenario, way, days)
    return Blueprint(
        settings=settings_of(scenario.figures),
        fte=posts or scenario.staff(way),
        caseload={pool: value(caseload_of(pool)) for pool in POOLS},
        reports_per_year=value("reports_per_1000") * scenario.inhabitants / 1000,
        known_share=value("known_share"),
        sources={source: value(f"source_{source}") for source in SOURCES},
        weekend_share=value("weekend_share"),
        season=value("season"),
        holiday_dip=value("holiday_dip"),
        stock=round(STOCK_PER_INHABITANT * scenario.inhabitants),
        start=scenario.start,
        warm_up=scenario.warm_up,
        measured=scenario.measured,
        follow_up=scenario.follow_up,
        network_share=share,
        roster=roster,
    )


def _path(scenario: Scenario, way: str, days: int):
    """The share of families that begin in the network, by day, and the posts that open and close with it."""
    if way != "transition":
        return np.full(days + 1, 1.0 if way == "network" else 0.0), ()
    if not scenario.network_by_year:
        raise ImpossibleInput(
            f"{scenario.where}: [transition] network_by_year ontbreekt; zonder pad is er geen overgang."
        )
    share = np.zeros(days + 1)
    share[scenario.warm_up :] = scenario.network_by_year[-1]
    for year, amount in enumerate(scenario.network_by_year):
        begin = scenario.warm_up + year * YEAR
        share[begin : begin + YEAR] = amount
    return share, tuple(_roster(scenario))


def _roster(scenario: Scenario):
    """Each year new posts open after training, while the old ones stay open for the days of double staffing."""
    relay, network, both = (scenario.staff(way) for way in WAYS)
    trained = scenario.value("training_days") * YEAR / 251
    doubled = scenario.value("double_staffing_days")
    for year, amount in enumerate((0.0, *scenario.network_by_year)):
        begin = 0.0 if year == 0 else float(scenario.warm_up + (year - 1) * YEAR)
        for pool, posts in both.items():
            if posts <= 0:
                continue
            target = (1 - amount) * relay.get(pool, 0.0) + amount * network.get(pool, 0.0)
            grows = network.get(pool, 0.0) > relay.get(pool, 0.0)
            delay = 0.0 if year == 0 else (trained if grows else doubled)
            yield begin + delay, pool, target / posts


ALLOWED = {
    "region": {"name", "inhabitants"},
    "time": {"start", "warm_up_days", "measured_days", "follow_up_days"},
    "staff": set(POOLS),
    "transition": {"network_by_year", "municipalities"},
    "parameters": None,
}


def read(path: Path) -> Scenario:
    """A scenario file, checked to the last word."""
    content = read_toml(path)
    for section, allowed in content.items():
        if section not in ALLOWED:
            raise ImpossibleInput(f"{path}: de sectie [{section}] bestaat niet; kies uit {', '.join(ALLOWED)}.")
        if not isinstance(allowed, dict):
            raise ImpossibleInput(f"{path}: [{section}] moet een sectie zijn, geen waarde.")
        if unknown := sorted(set(allowed) - (ALLOWED[section] or set(allowed))):
            raise ImpossibleInput(
                f"{path}, [{section}]: {unknown[0]!r} bestaat niet; kies uit {', '.join(sorted(ALLOWED[section]))}."
            )
    return build(content, str(path))


def build(content: dict, where: str = "scenario") -> Scenario:
    region, time = content.get("region", {}), content.get("time", {})
    return Scenario(
        name=str(region.get("name", "Regio")),
        inhabitants=_inhabitants(region, where),
        start=_start(time, where),
        warm_up=_days(time, "warm_up_days", 730, 0, where),
        measured=_days(time, "measured_days", YEAR, 1, where),
        follow_up=_days(time, "follow_up_days", 540, 0, where),
        figures=overridden(content.get("parameters", {}), f"{where}, [parameters]"),
        fte=_staff(content.get("staff", {}), where),
        network_by_year=_network_by_year(content.get("transition", {}), where),
        where=where,
    )


def _inhabitants(region: dict, where: str) -> int:
    if "inhabitants" not in region:
        raise ImpossibleInput(f"{where}, [region]: inhabitants ontbreekt.")
    amount = number(f"{where}, [region] inhabitants", region["inhabitants"])
    if amount < 1:
        raise ImpossibleInput(f"{where}, [region] inhabitants = {amount:g}: een lege regio valt niet door te rekenen.")
    if amount > 20_000_000 or amount != int(amount):
        raise ImpossibleInput(f"{where}, [region] inhabitants = {amount:g}: verwacht een heel getal tot 20 miljoen.")
    return int(amount)


def _start(time: dict, where: str) -> date:
    start = time.get("start", date(2026, 1, 1))
    if type(start) is not date or not 1990 <= start.year <= 2080:
        raise ImpossibleInput(
            f"{where}, [time] start = {start}: verwacht een datum van 1990 tot 2080, zoals 2026-01-01."
        )
    return start


def _days(time: dict, name: str, default: int, least: int, where: str) -> int:
    amount = number(f"{where}, [time] {name}", time.get(name, default))
    if not least <= amount <= 7300 or amount != int(amount):
        raise ImpossibleInput(f"{where}, [time] {name} = {amount:g}: verwacht een heel aantal dagen, {least} tot 7300.")
    return int(amount)


def _staff(staff: dict, where: str) -> dict[str, float]:
    fte = {}
    for pool, amount in staff.items():
        fte[pool] = number(f"{where}, [staff] {pool}", amount)
        if fte[pool] < 0:
            raise ImpossibleInput(f"{where}, [staff] {pool} = {fte[pool]:g}: een aantal banen is niet negatief.")
        if fte[pool] > 100_000:
            raise ImpossibleInput(f"{where}, [staff] {pool} = {fte[pool]:g}: dat zijn meer banen dan het land heeft.")
    return fte


def _share(name: str, value: object) -> float:
    amount = number(name, value)
    if not 0 <= amount <= 1:
        raise ImpossibleInput(f"{name} = {amount:g} kan niet: een aandeel ligt tussen 0 en 1.")
    return amount


def _network_by_year(transition: dict, where: str) -> tuple[float, ...]:
    """The path of the whole region, or of its municipalities weighted by their inhabitants."""
    name = f"{where}, [transition]"
    own = tuple(_share(f"{name} network_by_year", share) for share in transition.get("network_by_year", ()))
    places = transition.get("municipalities", {})
    if not places:
        return own
    paths, sizes = [], []
    for place, entry in places.items():
        if not isinstance(entry, dict) or set(entry) != {"inhabitants", "network_by_year"}:
            raise ImpossibleInput(f"{name} {place}: verwacht inhabitants en network_by_year.")
        sizes.append(number(f"{name} {place} inhabitants", entry["inhabitants"]))
        paths.append([_share(f"{name} {place} network_by_year", share) for share in entry["network_by_year"]])
    if min(sizes) < 1 or len({len(path) for path in paths}) != 1:
        raise ImpossibleInput(f"{name}: elke gemeente heeft inwoners en evenveel jaren in network_by_year.")
    return tuple(float(share) for share in np.average(paths, axis=0, weights=sizes))
