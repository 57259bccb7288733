"""Every change is an action: checked, in one transaction, with `by`, and on record as a happening."""

import functools
import inspect
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

from django.db import transaction
from django.utils import timezone

from kring.lifecycle import hooks
from kring.lifecycle.models import Happening
from kring.locks.subject import Viewer

P = ParamSpec("P")
R = TypeVar("R")
_actions: dict[str, Callable[..., Any]] = {}


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a function as an action: keyword-only, with `by`, atomic. It is listed for the permission matrix."""
    parameters = inspect.signature(function).parameters
    named = (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD)
    if "by" not in parameters or any(p.kind not in named for p in parameters.values()):
        raise TypeError(f"{function.__qualname__}: an action takes keyword arguments only, `by` among them")

    @functools.wraps(function)
    def act(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic():
            return function(*args, **kwargs)

    _actions[f"{function.__module__.split('.')[1]}.{function.__name__}"] = act
    return act


def actions() -> dict[str, Callable[..., Any]]:
    """Every action by `room.name`, as far as their modules were imported."""
    return dict(sorted(_actions.items()))


def record(
    kind: str,
    *,
    by: Viewer,
    family_id: uuid.UUID,
    happened_at: datetime | None = None,
    audience: str = "professionals",
    audience_ids: list[uuid.UUID] | None = None,
    **payload: Any,
) -> Happening:
    """Write that an action took place, and let the rooms that registered for it know.

    `kind` is `room.what_happened`. The payload holds ids, codes and dates, never text (it feeds the desk and notices).
    """
    happening = Happening.objects.create(
        family_id=family_id,
        kind=kind,
        by_id=by.id,
        by_kind=by.kind,
        organisation_id=by.organisation_id,
        happened_at=happened_at or timezone.now(),
        audience=audience,
        audience_ids=[*(audience_ids or []), by.id],  # who did it knows it
        payload={name: _plain(value) for name, value in payload.items()},
    )
    hooks.tell(happening)
    return happening


def _plain(value: Any) -> Any:
    if isinstance(value, uuid.UUID | datetime):
        return str(value) if isinstance(value, uuid.UUID) else value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
