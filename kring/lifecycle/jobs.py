"""Work in the background: a job is committed with the fact that caused it, and acts as the system for its length.

At least once: a job may run twice after a crash, so what it does is idempotent in one transaction.
"""

import functools
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from kring.locks.subject import Subject, Viewer, acting_as

SYSTEM_ID = uuid.UUID("00000000-0000-4000-8000-00000000b001")
SYSTEM = Viewer(SYSTEM_ID, "system", "Kring")


def ready(app: Any) -> None:
    """Procrastinate is ready: nothing to add; tasks register where their rooms define them."""


@contextmanager
def as_system(purpose: str) -> Iterator[Viewer]:
    """Act as the system in one transaction; the database allows it to the jobs role only."""
    token = str(uuid.uuid4())
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select sec.begin_job(%s, %s)", [token, SYSTEM_ID])
        with acting_as(Subject(token, purpose)), transaction.atomic():
            yield SYSTEM


def system_job(purpose: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorator for a job's function: it runs as the system, in one transaction, with `by` filled in."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def run(*args: Any, **kwargs: Any) -> Any:
            with as_system(purpose) as system:
                return function(*args, by=system, **kwargs)

        return run

    return decorate
