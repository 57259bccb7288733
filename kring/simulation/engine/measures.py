"""What one replication says: a fixed list of numbers for the families reported in a stretch of days.

A mean without families is nan, never nought. Families whose road is not finished at the end of the run count where
they are; `open_share` says how many that is.
"""

import numpy as np

from kring.simulation.engine.begin import UNIT
from kring.simulation.engine.state import (
    ENDED_EARLY,
    GRAVEST,
    HELPED,
    LEFT_QUEUE,
    LOST_AT_HANDOVER,
    NO_ORDER,
    OPEN,
    POOLS,
    SEVERITIES,
    STRUCTURAL,
    SUPERVISION,
    TRAJECTORY,
    WITHOUT_HELP,
    Run,
)

FIFTEEN_MONTHS = 456  # days
CHILDREN_COUNTED = np.array([0.0, 1.0, 2.0, 3.2])  # "three" is three or more
WAIT_MEASURES = tuple(f"wait_{pool}" for pool in POOLS)
CASELOAD_MEASURES = tuple(f"caseload_{pool}" for pool in POOLS)


def _mean(values: np.ndarray) -> float:
    return float(values.mean()) if len(values) else float("nan")


def _quantile(values: np.ndarray, q: float) -> float:
    return float(np.quantile(values, q)) if len(values) else float("nan")


class Families:
    """Some of the trajectories, column by column: a trajectory is 200 bytes, and a measure needs a few of them."""

    def __init__(self, every: np.ndarray, places: np.ndarray):
        self.every, self.places = every, places

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, which):
        """A column by its name, or fewer families by a mask."""
        if isinstance(which, str):
            return self.every[which][self.places]
        return Families(self.every, self.places[which])


def _between(run: Run, moment: str, start: float, end: float) -> Families:
    """The trajectories of which this moment lies from `start` to `end`."""
    every = run.trajectories
    at = every[moment]
    found = Families(every, np.flatnonzero((at >= start) & (at < end)))
    return found[found["kind"] == TRAJECTORY]


def measure(run: Run, start: float, end: float) -> dict[str, float]:
    """All measures of the families reported from `start` to `end`."""
    families = _between(run, "report", start, end)
    return {
        **_reports(families, end - start),
        **_lead_times(run, families),
        **_experience(families),
        **_outcomes(run, families, start, end),
        **_orders(families),
    }


def measure_window(run: Run) -> dict[str, float]:
    """The measures of the whole measured window, with what only the window knows: waits, caseloads, Little's law."""
    start, end, _ = run.desk["window"]
    waits, sums = run.desk["wait_sums"], run.desk["snapshots"][1] - run.desk["snapshots"][0]
    with np.errstate(invalid="ignore"):
        mean_waits = waits[:, 1] / waits[:, 0]
        caseloads = sums[:, 0] / UNIT / sums[:, 2]
    return {
        **measure(run, start, end),
        **dict(zip(WAIT_MEASURES, mean_waits.tolist(), strict=True)),
        **dict(zip(CASELOAD_MEASURES, caseloads.tolist(), strict=True)),
        "little_gap": little(run),
        "events": float(run.desk["n_events"]),
    }


def little(run: Run) -> float:
    """Little's law, path by path: the largest relative gap between area and stays over all queues and all pools."""
    areas = np.concatenate([run.pools["queue_area"], run.pools["load_area"]])
    stays = np.concatenate([run.pools["queue_stays"], run.pools["load_stays"]])
    return float((np.abs(areas - stays) / np.maximum(areas, 1.0)).max())


def _reports(families: Families, days: float) -> dict[str, float]:
    follow_ups = float(families["followups"].sum())
    count = float(len(families))
    return {
        "families": count,
        "reports_a_year": (count + follow_ups) * 365.25 / days,
        "first_share": float((families["known"] == 0).sum()) / max(1.0, count + follow_ups),
        "rereport_share": float((families["known"] == 1).sum()) / max(1.0, count + follow_ups),
        "followup_share": follow_ups / max(1.0, count + follow_ups),
        "police_share": _mean(families["source"] == 0),
        "acute_share": _mean(families["acute"] == 1),
    }


def _working_days_between(run: Run, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    def passed(moment):
        day = moment.astype(int)
        return run.days["before"][day] + (moment - day) * run.days["is_open"][day]

    return passed(end) - passed(start)


def _lead_times(run: Run, families: Families) -> dict[str, float]:
    helped = families[families["helped"] >= 0]
    to_help = helped["helped"] - helped["report"]
    ordered = families[(families["order"] == SUPERVISION) & (families["emergency"] == 0) & (families["intake"] >= 0)]
    to_intake = ordered["intake"] - ordered["report"]
    triaged = families[families["triaged"] >= 0]
    inquired = families[families["inquiry_days"] >= 0]
    decided = families[(families["decided"] >= 0) & (families["emergency"] == 0)]
    return {
        "help_days": _mean(to_help),
        "help_days_p50": _quantile(to_help, 0.5),
        "help_days_p90": _quantile(to_help, 0.9),
        "help_within_10_weeks": float((to_help <= 70).sum()) / max(1, (families["outcome"] != WITHOUT_HELP).sum()),
        "intake_days": _mean(to_intake),
        "intake_days_p50": _quantile(to_intake, 0.5),
        "intake_days_p90": _quantile(to_intake, 0.9),
        "triage_in_time": _mean(_working_days_between(run, triaged["report"], triaged["triaged"]) <= 5),
        "inquiry_in_time": _mean(inquired["inquiry_days"] <= 70),
        "court_in_time": _mean(decided["decided"] - decided["requested"] <= 21),
        "intake_in_time": _mean(_working_days_between(run, ordered["decided"], ordered["intake"]) <= 5),
    }


def _experience(families: Families) -> dict[str, float]:
    severe = families[families["severity"] >= STRUCTURAL]
    gravest = families[families["severity"] == GRAVEST]
    ordered = families[families["order"] != NO_ORDER]
    return {
        "unattended_days": _mean(severe["unattended"]),
        "unattended_days_p90": _quantile(severe["unattended"], 0.9),
        "unattended_days_gravest": _mean(gravest["unattended"]),
        "escalations_100": 100 * _mean(families["escalated"]),
        "faces": _mean(families["faces"]),
        "faces_ordered": _mean(ordered["faces"]),
        "handovers": _mean(families["handovers"]),
        "handovers_ordered": _mean(ordered["handovers"]),
    }


def _outcomes(run: Run, families: Families, start: float, end: float) -> dict[str, float]:
    outcome = families["outcome"]
    offered = families[np.isin(outcome, (LEFT_QUEUE, LOST_AT_HANDOVER, ENDED_EARLY, HELPED))]["outcome"]
    closed = _between(run, "closed", start, end)
    again = (closed["returned"] >= 0) & (closed["returned"] - closed["closed"] <= FIFTEEN_MONTHS)
    followed = run.desk["window"][2] - end >= FIFTEEN_MONTHS
    return {
        "open_share": _mean(outcome == OPEN),
        "inquired_share": _mean(families["inquiry_days"] >= 0),
        "without_help": _mean(outcome == WITHOUT_HELP),
        "not_started": _mean(np.isin(offered, (LEFT_QUEUE, LOST_AT_HANDOVER))),
        "ended_early": _mean(offered == ENDED_EARLY),
        "not_started_or_early": _mean(offered != HELPED),
        "returned_in_15_months": _mean(again) if followed else float("nan"),
    }


def _orders(families: Families) -> dict[str, float]:
    """Two definitions. Legal: child protection measures (Jeugdwet 1.1). Wide: barring orders too (S001, footnote 1)."""
    children = CHILDREN_COUNTED[families["children"]]
    legal = (families["order"] != NO_ORDER) | (families["emergency"] == 1)
    wide = legal | (families["barred"] == 1)
    supervised = families["order"] == SUPERVISION
    reports = len(families) + families["followups"].sum()
    per_report = 100.0 / max(1, reports)
    placed = (families["placed"] == 1) & supervised
    return {
        "orders_100": 100 * _mean(legal),
        "orders_wide_100": 100 * _mean(wide),
        **{f"orders_100_{name}": 100 * _mean(legal[families["severity"] == k]) for k, name in enumerate(SEVERITIES)},
        "supervision_children_100": float((children * supervised).sum()) * per_report,
        "emergency_children_100": float((children * (families["emergency"] == 1)).sum()) * per_report,
        "investigated_children_100": float((children * (families["investigated"] == 1)).sum()) * per_report,
        "requests": float((families["requested"] >= 0).sum()),
        "placed_children": float((children * placed).sum()),
    }


def names(run: Run) -> list[str]:
    return list(measure_window(run))
