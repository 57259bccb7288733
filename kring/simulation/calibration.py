"""Does the relay look like the Netherlands? Fitting what is free, and a table of what then comes out.

Only figures with code K are fitted, each to one published figure that it moves most. The other rows of the table are
not fitted: they show what the model says when nobody looks.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kring.simulation import scenario as scenarios
from kring.simulation.engine.measures import measure_window
from kring.simulation.engine.replication import replicate
from kring.simulation.parameters import defaults

REGION = 717_718  # inhabitants of an average region: 1/25 of the country


@dataclass(frozen=True)
class Target:
    """A published figure that the relay should reproduce, and between what it may lie."""

    measure: str
    label: str
    value: float
    low: float
    high: float
    source: str
    fitted: tuple[str, ...] = ()  # the figures that are moved for it, together
    slope: float = 1.0  # a first guess: log of the measure against log of the figure


TARGETS = (
    Target("reports_a_year", "Meldingen per 1.000 inwoners per jaar", 7.1, 6.7, 7.4, "A/C 2023, 127.340 op 17,94 mln"),
    Target("first_share", "Aandeel eerste meldingen", 0.324, 0.30, 0.35, "A 2023, 31,9 % van alles, zonder 1,4 % onbekend"),
    Target("rereport_share", "Aandeel heraanmeldingen", 0.386, 0.37, 0.40, "A 2023, 38,1 %", ("return_share",), 1.2),
    Target("followup_share", "Aandeel vervolgmeldingen", 0.289, 0.27, 0.31, "A 2023, 28,5 %", ("followup_share",), 1.0),
    Target("police_share", "Aandeel politie en justitie", 0.672, 0.65, 0.69, "A 2023"),
    Target("acute_share", "Aandeel acuut", 0.058, 0.05, 0.065, "A/C eerste helft 2023"),
    Target("triage_in_time", "Beoordeling binnen 5 werkdagen", 0.60, 0.5, 0.7, "C 2023, 40 % te laat", ("fte_intake",), 4.0),
    Target("inquired_share", "Onderzoek of vervolg Veilig Thuis", 0.15, 0.12, 0.18, "C 2023"),
    Target("without_help", "Geen hulp na de melding", 0.20, 0.17, 0.23, "S 2020, Verwey-Jonker",
           ("no_help_light", "no_help_structural", "no_help_gravest"), 1.0),
    Target("not_started_or_early", "Hulp niet gestart of te vroeg gestopt", 0.47, 0.42, 0.5, "S 2020, 'bijna de helft'",
           ("ended_early",), 0.8),
    Target("wait_inquiry", "Wachten op onderzoek, dagen", 20, 10, 30, "C, opgebouwd ±50 %", ("fte_inquiry",), -10.0),
    Target("wait_local", "Wachten op het lokale team, dagen", 10, 5, 15, "C, opgebouwd ±50 %", ("fte_local",), -10.0),
    Target("wait_board", "Wachten op de Raad, dagen", 26, 21, 32, "B 2018-19, 25-35 dagen met overdracht", ("fte_board",), -10.0),
    Target("wait_institution", "Wachten op de instelling, dagen", 9, 4, 14, "C, opgebouwd ±50 %", ("fte_institution",), -10.0),
    Target("intake_days", "Melding tot intake bij de instelling, dagen", 250, 235, 265, "S/B 2016, 8,2 maanden", ("board_days",), 0.4),
    Target("investigated_children_100", "Kinderen in raadsonderzoek per 100 meldingen", 10.5, 9.5, 11.2, "A/C 2023, 13.380",
           ("board_light", "board_structural", "board_gravest"), 1.0),
    Target("supervision_children_100", "Kinderen met nieuwe OTS per 100 meldingen", 5.1, 4.3, 5.7, "A/C 2022, 6.500"),
    Target("emergency_children_100", "Kinderen met VOTS per 100 meldingen", 1.1, 0.9, 1.3, "A/C 2022, 1.370",
           ("emergency_light", "emergency_structural", "emergency_gravest"), 1.0),
    Target("court_in_time", "Uitspraak binnen 3 weken", 0.66, 0.6, 0.72, "A 2016"),
    Target("returned_in_15_months", "Opnieuw gemeld binnen 15 maanden", 0.28, 0.24, 0.33, "S/C, 31 % Flevoland; landelijk lager"),
    Target("caseload_institution", "Gezinnen per jeugdbeschermer", 16, 12, 18, "B 2021-23, 10-16 gezinnen"),
    Target("faces_ordered", "Professionals rond een gezin met maatregel", 8, 4, 15, "S, 'tot 15'; model telt alleen wie het dossier heeft"),
)  # fmt: skip


def average_region(**changes: float) -> scenarios.Scenario:
    return scenarios.build({"region": {"name": "Gemiddelde regio", "inhabitants": REGION}, "parameters": changes})


def observe(region: scenarios.Scenario, seed: int, replications: int) -> dict[str, np.ndarray]:
    """Each measure of the relay, by replication."""
    plan = scenarios.blueprint(region, "relay")
    rows = [measure_window(replicate(plan, seed, number)) for number in range(replications)]
    table = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    table["reports_a_year"] = table["reports_a_year"] / region.inhabitants * 1000
    return table


def fit(seed: int = 1, replications: int = 12, rounds: int = 30, tell: Callable[[str], None] = str) -> dict[str, float]:
    """Move each free figure until its target is met: damped steps on a log scale, with the same luck every round."""
    figures = defaults()
    free = [target for target in TARGETS if target.fitted]
    values = {name: figures[name].value for target in free for name in target.fitted}
    slopes = np.array([target.slope for target in free])
    before = moved = None
    for round_number in range(rounds):
        seen = observe(average_region(**values), seed, replications)
        gaps = np.array([np.log(max(seen[t.measure].mean(), 1e-3) / t.value) for t in free])
        tell(f"{round_number + 1}: {np.abs(gaps).max():.3f} ({free[int(np.abs(gaps).argmax())].measure})")
        if np.abs(gaps).max() < 0.01:
            break
        if before is not None:
            measured = (gaps - before) / np.where(np.abs(moved) > 1e-6, moved, np.nan)
            usable = np.isfinite(measured) & (measured * slopes > 0)
            bounded = np.clip(np.abs(measured), np.abs(slopes) / 3, np.abs(slopes) * 3) * np.sign(slopes)
            slopes = np.where(usable, 0.5 * slopes + 0.5 * bounded, slopes)
        moved = np.clip(-0.6 * gaps / slopes, -0.15, 0.15)
        before = gaps
        for target, step in zip(free, moved, strict=True):
            for name in target.fitted:
                ceiling = 1.0 if figures[name].kind == "share" else float("inf")
                values[name] = min(ceiling, values[name] * float(np.exp(step)))
    return values


@dataclass(frozen=True)
class Row:
    target: Target
    mean: float
    error: float  # standard error of the mean
    spread_low: float  # between these, 95 % of the region-years
    spread_high: float

    @property
    def is_within(self) -> bool:
        return self.target.low <= self.mean <= self.target.high


def table(seed: int = 2, replications: int = 60) -> list[Row]:
    """Target by target: what the relay makes of it, with luck that the fit has not seen."""
    seen = observe(average_region(), seed, replications)
    rows = []
    for target in TARGETS:
        values = seen[target.measure]
        low, high = np.quantile(values, [0.025, 0.975])
        error = values.std(ddof=1) / np.sqrt(len(values))
        rows.append(Row(target, float(values.mean()), float(error), float(low), float(high)))
    return rows
