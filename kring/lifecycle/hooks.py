"""The one registry by which a lower room lets higher ones take part. Filled in `AppConfig.ready`; five named hooks.

- what happened: `on_happening(kind, fact=..., telling=...)`; facts run inside the transaction, telling after commit
- retention: `on_retention(name, function)`, function(today) -> list of dossiers past their term
- what waits on the desk: `on_desk(name, function)`, function(viewer, family_id=None) -> list[Waiting] (lifecycle/waiting.py)
- what a portal section shows: `on_portal(name, function)`, function(viewer, open_family) -> section
- what an emergency card shows: `on_card(name, function)`, function(family_id) -> list[(heading, line)], inside an opened family
"""

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import transaction

if TYPE_CHECKING:
    from kring.lifecycle.models import Happening

Handler = Callable[["Happening"], None]
_facts: dict[str, list[Handler]] = defaultdict(list)
_telling: dict[str, list[Handler]] = defaultdict(list)
_named: dict[str, dict[str, Callable[..., Any]]] = {"retention": {}, "desk": {}, "portal": {}, "card": {}}


def on_happening(kind: str, *, fact: Handler | None = None, telling: Handler | None = None) -> None:
    """Take part when `kind` is recorded (`*` for all)."""
    if fact and fact not in _facts[kind]:
        _facts[kind].append(fact)
    if telling and telling not in _telling[kind]:
        _telling[kind].append(telling)


def _register(hook: str) -> Callable[[str, Callable[..., Any]], None]:
    def add(name: str, function: Callable[..., Any]) -> None:
        _named[hook][name] = function

    return add


on_retention, on_desk, on_portal, on_card = (_register(hook) for hook in ("retention", "desk", "portal", "card"))


def registered(hook: str) -> dict[str, Callable[..., Any]]:
    """What was registered for one of retention, desk, portal, card; by name."""
    return dict(sorted(_named[hook].items()))


def who_registered() -> dict[str, list[str]]:
    """Every hook with the functions behind it; generated into the docs and compared in a test."""
    where = lambda function: f"{function.__module__}.{function.__name__}"  # noqa: E731
    listed = {hook: [where(function) for function in registered(hook).values()] for hook in _named}
    for title, table in (("happening, fact", _facts), ("happening, telling", _telling)):
        listed[title] = sorted(f"{kind} -> {where(f)}" for kind, found in table.items() for f in found)
    return listed


def tell(happening: "Happening") -> None:
    for handler in (*_facts["*"], *_facts[happening.kind]):
        handler(happening)
    for handler in (*_telling["*"], *_telling[happening.kind]):
        transaction.on_commit(lambda handler=handler: handler(happening), robust=True)
