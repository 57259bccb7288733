"""Reading the figures, strictly: what cannot be gets a sentence that says what and where.

`parameters.toml` holds the model's own figures; a scenario may override their value. Nothing else is accepted: an
unknown name is an error, because a mistyped one would silently change nothing.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("parameters.toml")

CODES = {
    "A": "officiële statistiek",
    "B": "inspectie, onderzoek of nieuws",
    "S": "document van het programma",
    "C": "afgeleid van cijfers",
    "M": "uit het geheugen, niet nagekeken",
    "X": "aanname",
    "K": "geijkt",
    "R": "opgave in het scenario",
}
GUESSED = ("M", "X", "K")
GROUPS = {
    "population": "Bevolking en ernst",
    "reports": "Meldingen",
    "course": "Beloop van een traject",
    "network": "De netwerkwerkwijze",
    "people": "Mensen",
    "money": "Geld",
}
# What each kind may be, and how one says so.
KINDS = {
    "share": (0.0, 1.0, "een aandeel ligt tussen 0 en 1"),
    "days": (0.0, 36_525.0, "een aantal dagen is niet negatief"),
    "rate": (0.0, 10.0, "een kans per dag of jaar ligt tussen 0 en 10"),
    "number": (0.0, 1e6, "een aantal is niet negatief"),
    "money": (0.0, 1e9, "een bedrag is niet negatief"),
}
# Nought here would divide by nought, or stop the clock.
NEVER_ZERO = ("return_scale", "return_shape", "vacancy_days", "illness_days", "stretch_queue", "followup_delay")
FIELDS = {"label", "group", "kind", "value", "low", "high", "year", "code", "source"}


class ImpossibleInput(ValueError):
    """Input that cannot be, told in a Dutch sentence that says what and where."""


@dataclass(frozen=True)
class Parameter:
    name: str
    label: str
    group: str
    kind: str
    value: float
    low: float
    high: float
    year: int
    code: str
    source: str

    @property
    def is_guessed(self) -> bool:
        return self.code in GUESSED


def read_toml(path: Path) -> dict:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ImpossibleInput(f"{path}: dit bestand bestaat niet.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ImpossibleInput(f"{path}: dit bestand is niet te lezen ({error}).") from error
    except tomllib.TOMLDecodeError as error:
        raise ImpossibleInput(f"{path}: dit is geen geldige TOML ({error}).") from error


def number(where: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ImpossibleInput(f"{where}: {value!r} is geen getal.")
    if not abs(value) < float("inf"):
        raise ImpossibleInput(f"{where}: {value} is geen eindig getal.")
    return float(value)


def within(where: str, value: object, kind: str) -> float:
    amount = number(where, value)
    low, high, because = KINDS[kind]
    if not low <= amount <= high:
        raise ImpossibleInput(f"{where} = {amount:g} kan niet: {because}.")
    return amount


def _parameter(name: str, entry: object) -> Parameter:
    where = f"{FILE.name}, [{name}]"
    if not isinstance(entry, dict) or set(entry) != FIELDS:
        raise ImpossibleInput(f"{where}: verwacht precies {', '.join(sorted(FIELDS))}.")
    for field, allowed in (("kind", KINDS), ("code", CODES), ("group", GROUPS)):
        if entry[field] not in allowed:
            raise ImpossibleInput(f"{where} {field} = {entry[field]!r} kan niet: kies uit {', '.join(allowed)}.")
    amounts = {field: within(f"{where} {field}", entry[field], entry["kind"]) for field in ("value", "low", "high")}
    if not amounts["low"] <= amounts["value"] <= amounts["high"]:
        raise ImpossibleInput(
            f"{where}: de waarde {entry['value']} ligt niet tussen {entry['low']} en {entry['high']}."
        )
    return Parameter(name=name, **{**entry, **amounts})


@cache
def defaults() -> Mapping[str, Parameter]:
    return {name: _parameter(name, entry) for name, entry in read_toml(FILE).items()}


def overridden(values: Mapping[str, object], where: str) -> dict[str, Parameter]:
    """The figures with some values replaced, all checked, also together."""
    figures = dict(defaults())
    for name, value in values.items():
        if name not in figures:
            raise ImpossibleInput(f"{where}: de parameter {name!r} bestaat niet. {_nearest(name, figures)}")
        amount = within(f"{where}, {name}", value, figures[name].kind)
        if name in NEVER_ZERO and amount == 0:
            raise ImpossibleInput(f"{where}, {name} = 0 kan niet: hier wordt door gedeeld.")
        # What a region says itself is no longer uncertain here: it is a fact about the region, or a "what if".
        figures[name] = replace(figures[name], value=amount, low=amount, high=amount, code="R", source=where)
    _check_together(figures, where)
    return figures


def _nearest(name: str, figures: Mapping[str, Parameter]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, figures, 1)
    return f"Bedoelt u {close[0]}?" if close else "Bekijk de lijst met --explain."


def _check_together(figures: Mapping[str, Parameter], where: str) -> None:
    """Shares that are parts of one whole must not pass it."""
    for parts, what in (
        (("severity_light", "severity_gravest"), "de aandelen naar ernst"),
        (("one_child", "two_children"), "de aandelen met één en twee kinderen"),
    ):
        total = sum(figures[part].value for part in parts)
        if total > 1 + 1e-9:
            raise ImpossibleInput(f"{where}: {what} ({' + '.join(parts)}) zijn samen {total:g}, meer dan 1.")
    if not any(figure.value for name, figure in figures.items() if name.startswith("source_")):
        raise ImpossibleInput(f"{where}: alle aandelen van melders (source_...) zijn 0.")
