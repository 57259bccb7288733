"""How anything moves from state to state: one table per lifecycle, one function that moves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.lifecycle.models import Transition
from kring.lifecycle.reasons import NotAllowed, Reason
from kring.locks.subject import Viewer


@dataclass(frozen=True)
class Move:
    """From any of these states, by this verb, to that state."""

    verb: str
    sources: tuple[str, ...]
    target: str


@dataclass(frozen=True)
class Lifecycle:
    """One lifecycle: what may follow, and whose turn it is in each state (Dutch, as the page says it)."""

    name: str
    field: str
    start: str
    moves: tuple[Move, ...]
    turns: Mapping[str, str] = field(default_factory=dict)

    def move(self, verb: str) -> Move:
        return next(move for move in self.moves if move.verb == verb)

    def allows(self, state: str, verb: str) -> bool:
        return any(move.verb == verb and state in move.sources for move in self.moves)

    def states(self) -> list[str]:
        found = {self.start: None}
        for move in self.moves:
            found |= dict.fromkeys((*move.sources, move.target))
        return list(found)

    def mermaid(self) -> str:
        """The state picture, generated into the room's README and compared in a test."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.start}"]
        lines += [f"    {source} --> {move.target}: {move.verb}" for move in self.moves for source in move.sources]
        return "\n".join(lines)


def not_from_here(lifecycle: Lifecycle, state: str, verb: str) -> list[Reason]:
    """The state allows this verb, or the reason why not."""
    if lifecycle.allows(state, verb):
        return []
    return [Reason("state", _("Dit kan niet meer: iemand was u voor, of de stand is intussen anders."), "ADR 0006")]


def move(
    thing: Any, verb: str, *, lifecycle: Lifecycle, by: Viewer, happened_at: datetime | None = None, **changes: Any
) -> Any:
    """Lock the row, check that the state allows the verb, write state and transition; returns the fresh row.

    Raises NotAllowed when the state (as it stands in the database now) does not allow the verb.
    """
    model: type[models.Model] = type(thing)
    fresh: Any = model._default_manager.select_for_update(of=("self",)).get(pk=thing.pk)
    before = getattr(fresh, lifecycle.field)
    if reasons := not_from_here(lifecycle, before, verb):
        raise NotAllowed(reasons, fresh.family_id)
    after = lifecycle.move(verb).target
    setattr(fresh, lifecycle.field, after)
    for name, value in changes.items():
        setattr(fresh, name, value)
    fresh.version += 1
    fresh.save(update_fields=[lifecycle.field, "version", *changes])
    Transition.objects.create(
        family_id=fresh.family_id,
        thing=model._meta.label_lower,
        thing_id=fresh.pk,
        verb=verb,
        from_state=before,
        to_state=after,
        by_id=by.id,
        happened_at=happened_at or timezone.now(),
    )
    return fresh
