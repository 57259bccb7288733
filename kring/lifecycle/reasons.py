"""Why something may not be: in words one can say to a parent, with the source of the rule."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.utils.functional import Promise

Rule = TypeVar("Rule", bound=Callable[..., Any])


@dataclass(frozen=True)
class Reason:
    """Why not. `code` is for tests and APIs, `text` for people, `source` the law article, protocol or seed."""

    code: str
    text: str | Promise
    source: str

    def __str__(self) -> str:
        return str(self.text)


class NotAllowed(Exception):
    """An action refused, with its reasons; the page shows them (403 where the act itself is refused)."""

    def __init__(self, reasons: list[Reason], family_id: Any = None) -> None:
        super().__init__(", ".join(reason.code for reason in reasons))
        self.reasons = reasons
        self.family_id = family_id


class Conflict(Exception):
    """Somebody else changed it meanwhile: what was typed is kept, and both are shown."""


@dataclass(frozen=True)
class StatedRule:
    """A rule as the page *Handelingskader* prints it."""

    name: str
    room: str
    says: str
    source: str
    binds: str
    since: date | None
    until: date | None


_stated: dict[str, StatedRule] = {}


def rule(*, source: str, binds: str, since: date | None = None, until: date | None = None) -> Callable[[Rule], Rule]:
    """Declare a function in `rules.py` as a rule. Its docstring's first paragraph is the rule in plain words."""

    def declare(function: Rule) -> Rule:
        says = " ".join((function.__doc__ or "").strip().split("\n\n")[0].split())
        room = function.__module__.split(".")[1]
        name = f"{room}.{function.__name__}"
        _stated[name] = StatedRule(name, room, says, source, binds, since, until)
        return function

    return declare


def stated_rules() -> list[StatedRule]:
    """Every rule of the rooms, in order of name."""
    return [_stated[name] for name in sorted(_stated)]


def demand(*answers: list[Reason], family_id: Any = None) -> None:
    """Raise NotAllowed with all reasons of all rules, or pass."""
    if reasons := [reason for answer in answers for reason in answer]:
        raise NotAllowed(reasons, family_id)
