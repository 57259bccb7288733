"""The tables of the command, in plain Dutch. What is assumed is marked where it is read, not in an annex."""

from pathlib import Path

import numpy as np

from kring.simulation import money, summary
from kring.simulation import picture as pictures
from kring.simulation.parameters import CODES, GROUPS
from kring.simulation.runs import Sweep
from kring.simulation.scenario import Scenario
from kring.simulation.words import CANNOT_SHOW, WAYS, WORDS, number
from kring.simulation.workload import offered_posts

POOL_NAMES = {
    "intake": "beoordeling Veilig Thuis", "inquiry": "onderzoek Veilig Thuis", "local": "lokaal team",
    "board": "Raad", "institution": "instelling", "front": "voordeur veiligheidsteam",
    "duo": "veiligheidspartners", "petition": "verzoekers",
}  # fmt: skip
DECIDING = ("help_days", "intake_days", "unattended_days", "orders_100", "cost")


def rows(head: list[str], body: list[list[str]]) -> str:
    """A table that is readable in a terminal and is also Markdown."""
    widths = [max(len(line[k]) for line in [head, *body]) for k in range(len(head))]

    def line(cells):
        return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"

    return "\n".join([line(head), "|" + "|".join("-" * (width + 2) for width in widths) + "|", *map(line, body)]) + "\n"


def _band(found: summary.Band, unit: str) -> str:
    if found.mean != found.mean:
        return "-"
    return f"{number(found.mean, unit)} ({number(found.low, unit)} tot {number(found.high, unit)})"


def _difference(found: summary.Band | None, unit: str) -> str:
    if found is None or found.mean != found.mean:
        return "-"
    sign = "+" if found.mean > 0 else ""
    certain = "" if found.low <= 0 <= found.high else " *"
    return f"{sign}{_band(found, unit)}{certain}"


def comparison(sweep: Sweep, out: Path) -> str:
    found = summary.lines(summary.read(out), WORDS)
    what = "toeval en onzekerheid van de cijfers" if sweep.uncertain else "toeval alleen; de cijfers liggen vast"
    text = [
        f"{sweep.scenario.name}: {sweep.scenario.inhabitants:,} inwoners, {sweep.replications} herhalingen.".replace(
            ",", ".", 1
        ),
        f"Tussen haakjes waar 95 % van de herhalingen ligt ({what}).",
        "Verschil: per herhaling op dezelfde gezinnen. * = 95 % van de herhalingen aan dezelfde kant van nul.",
        *_assumed_effect(sweep),
        "",
    ]
    head = ["Maat", *[WAYS[way] for way in sweep.ways], "Verschil"]
    body = []
    for line in found:
        word = WORDS[line.measure]
        bands = [_band(line.by_way[way], word.unit) for way in sweep.ways]
        body.append([word.label, *bands, _difference(line.difference, word.unit)])
    return "\n".join(text) + rows(head, body) + "\n" + _warning(sweep.scenario)


def _assumed_effect(sweep: Sweep) -> list[str]:
    """Nobody may read an assumption as a finding."""
    avoided = sweep.scenario.figures["orders_avoided"]
    if sweep.uncertain and avoided.high > 0:
        span = f"{number(avoided.low, 'share')} tot {number(avoided.high, 'share')}"
        return [f"Hierin zit de aanname dat het netwerk {span} van de maatregelen voorkomt (orders_avoided)."]
    if avoided.value > 0:
        return [f"Hierin zit uw aanname dat het netwerk {number(avoided.value, 'share')} van de maatregelen voorkomt."]
    return []


def _warning(scenario: Scenario) -> str:
    guessed = sum(figure.is_guessed for figure in scenario.figures.values())
    lines = [
        f"Let op: {guessed} van de {len(scenario.figures)} cijfers zijn aanname, geijkt of uit het geheugen (--explain)."
    ]
    return "\n".join([*lines, *[f"- {line}" for line in CANNOT_SHOW]]) + "\n"


def explanation(scenario: Scenario) -> str:
    text = ["Alle cijfers. Code: " + "; ".join(f"{code} {meaning}" for code, meaning in CODES.items()) + ".", ""]
    for group, title in GROUPS.items():
        body = [
            [figure.name, figure.label, f"{figure.value:g}", f"{figure.low:g} - {figure.high:g}", figure.code, str(figure.year), figure.source]
            for figure in scenario.figures.values()
            if figure.group == group
        ]  # fmt: skip
        text += [f"## {title}", "", rows(["Naam", "Wat", "Waarde", "Van - tot", "Code", "Jaar", "Bron"], body)]
    text += ["## Wat het werk vraagt en wie er zijn (voltijdbanen)", ""]
    body = []
    for way in ("relay", "network"):
        asked, there = offered_posts(scenario, way), scenario.staff(way)
        body += [[WAYS[way], POOL_NAMES[p], number(asked[p], "number"), number(there[p], "number")] for p in there]
        body.append([WAYS[way], "samen", number(sum(asked.values()), "number"), number(sum(there.values()), "number")])
    text += [rows(["Werkwijze", "Wie", "Vraagt", "Is er"], body)]
    text += [
        "## Wat de maten betekenen",
        "",
        rows(["Maat", "Betekenis"], [[w.label, w.meaning] for w in WORDS.values() if w.meaning]),
    ]
    text += ["## Wat het model niet kan laten zien", "", *[f"- {line}" for line in CANNOT_SHOW], ""]
    return "\n".join(text)


def calibration(seed: int, replications: int) -> str:
    from kring.simulation import calibration as fitting

    body = []
    for row in fitting.table(seed + 1, replications):
        t = row.target
        body.append([
            t.label, f"{t.value:g}", f"{t.low:g} - {t.high:g}", f"{row.mean:.3g} ± {row.error:.2g}",
            f"{row.spread_low:.3g} - {row.spread_high:.3g}", "ja" if row.is_within else "NEE",
            "geijkt" if t.fitted else "vrij", t.source,
        ])  # fmt: skip
    head = [
        "Cijfer",
        "Doel",
        "Mag van - tot",
        "Model (± standaardfout)",
        "95 % van de regio-jaren",
        "Binnen",
        "Soort",
        "Bron",
    ]
    return f"Estafette, gemiddelde regio, {replications} herhalingen met toeval dat de ijking niet zag.\n\n" + rows(
        head, body
    )


def staffing(scenario: Scenario, weeks: int, share: float, seed: int) -> str:
    from kring.simulation.staffing import needs

    text = [
        f"{scenario.name}: nodig om {number(share, 'share')} van de gezinnen binnen {weeks} weken te laten beginnen.",
        "",
    ]
    body = []
    for way in ("relay", "network"):
        found = list(needs(scenario, way, weeks, share, seed))
        for need in found:
            body.append([
                WAYS[way], POOL_NAMES[need.pool], number(need.now, "number"), number(need.within_now, "share"),
                number(need.needed, "number"), number(need.within_then, "share"),
            ])  # fmt: skip
        now, then = sum(need.now for need in found), sum(need.needed for need in found)
        body.append([WAYS[way], "samen", number(now, "number"), "", number(then, "number"), ""])
    return (
        "\n".join(text)
        + "\n"
        + rows(["Werkwijze", "Wie", "Banen nu", "Op tijd nu", "Banen nodig", "Op tijd dan"], body)
    )


def path(sweep: Sweep, out: Path) -> str:
    """The transition year by year, what it costs extra, and when that has been saved again."""
    years = len(sweep.scenario.network_by_year)
    body, differences = [], []
    once = money.transition_once(sweep.scenario)
    for year in range(1, years + 1):
        found = summary.read(out, year)
        cost = {way: float(np.nanmean(found[way]["cost"])) for way in sweep.ways}
        extra = cost["transition"] - cost["relay"] + (once if year == 1 else 0.0)
        differences.append(extra)
        help_days = summary.band(found["transition"]["help_days"])
        body.append([
            str(year), number(sweep.scenario.network_by_year[year - 1], "share"), _band(help_days, "days"),
            number(float(np.nanmean(found["relay"]["help_days"])), "days"), number(extra, "euro"),
            number(sum(differences), "euro"),
        ])  # fmt: skip
    if not body:
        return "\nVoor het pad per jaar is measured_days van minstens twee jaar nodig.\n"
    found = money.break_even(differences)
    end = f"Omslagpunt: jaar {found}." if found else f"Geen omslagpunt binnen {years} jaar."
    head = ["Jaar", "In het netwerk", "Dagen tot hulp", "Zonder overgang", "Extra dit jaar", "Extra tot nu"]
    return f"\nDe overgang. Eenmalig: {number(once, 'euro')} (aanname), in jaar 1.\n\n" + rows(head, body) + end + "\n"


def sensitivity(sweep: Sweep, out: Path, most: int = 6) -> str:
    from kring.simulation.sensitivity import influence

    found = summary.read(out)
    first, second = (found[way] for way in sweep.ways)
    text = ["\nWelke aanname beslist over het verschil tussen de werkwijzen?\n"]
    body = []
    for measure in DECIDING:
        result = influence(sweep, measure, second[measure] - first[measure])
        for k, one in enumerate(result.influences[:most]):
            title = f"{WORDS[measure].label} (verklaard {number(result.explained, 'share')})" if k == 0 else ""
            effect = "hoger: netwerk slechter" if one.direction > 0 else "hoger: netwerk beter"
            body.append([title, one.label, one.name, one.code, number(one.share, "share"), effect])
    head = ["Verschil in", "Cijfer", "Naam", "Code", "Deel van het verklaarde", "Als het hoger is"]
    return "\n".join(text) + "\n" + rows(head, body)


def picture(sweep: Sweep, out: Path) -> str:
    found = summary.lines(summary.read(out), pictures.PICTURED)
    return pictures.svg(found, f"{sweep.scenario.name}: dagen, met 95 % van {sweep.replications} herhalingen")
