"""Django's PostgreSQL backend that tells the database, first thing in each transaction, who acts.

SET LOCAL only: a session-wide setting behind a pool gave 871 of 958 answers to the wrong person when measured.
"""

from collections.abc import Hashable
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.postgresql import base

from kring.locks.subject import NoSubject, Subject, current

_GUARDED = ("execute", "executemany", "copy")
SET_SUBJECT = (
    "select set_config('kring.token', %s, true), set_config('kring.purpose', %s, true),"
    " set_config('kring.request', %s, true)"
)


class DatabaseWrapper(base.DatabaseWrapper):
    _told: Subject | None = None
    # What was already done in this transaction and need not be done twice; gone with it, and with any part rolled back.
    done: set[Hashable] = set()

    def _forget(self) -> None:
        self._told = None
        self.done = set()

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)
        self._forget()

    def _commit(self) -> None:
        super()._commit()
        self._forget()

    def _rollback(self) -> None:
        super()._rollback()
        self._forget()

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)
        self._forget()  # ROLLBACK TO undoes SET LOCAL

    def close(self) -> None:
        self._forget()
        super().close()

    def create_cursor(self, name: str | None = None) -> Any:
        cursor = super().create_cursor(name)
        for verb in _GUARDED:
            if real := getattr(cursor, verb, None):
                setattr(cursor, verb, self._guarded(real))
        return cursor

    def _guarded(self, real: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            self._tell()
            return real(*args, **kwargs)

        return call

    def _tell(self) -> None:
        want = current() if self.alias == "default" else None
        if want == self._told:
            return
        if want and not self.in_atomic_block:
            raise NoSubject("a query while acting as somebody needs a transaction around it")
        self._told = want
        values = [want.token, want.purpose, want.request] if want else ["", "", ""]
        self.connection.execute(SET_SUBJECT, values)


def done_here() -> set[Hashable]:
    """What was already done in this transaction; note something by adding to it."""
    wrapper: Any = connections["default"]
    found: set[Hashable] = wrapper.done
    return found


@contextmanager
def as_owner(alias: str = "default") -> Any:
    """Inside, this connection is the owner's: migrations and loading only. Never in a web process."""
    connection = connections[alias]
    owner = settings.DATABASE_ROLES["owner"]
    if owner["NAME"] == "nowhere":
        raise ImproperlyConfigured("Set KRING_OWNER_URL: tables are changed through the owner's door only.")
    kept = {key: connection.settings_dict[key] for key in owner}
    connection.close()
    connection.settings_dict.update(owner)
    try:
        yield connection
    finally:
        connection.close()
        connection.settings_dict.update(kept)
