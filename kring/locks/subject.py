"""Who the database is told that we act as: a token, a purpose and a request, never a bare user id."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Subject:
    """One request or job. `token` is the secret that login minted; the database keeps only its hash.

    `request` tells two looks inside one transaction apart: what one request opened stays shut for the next.
    """

    token: str = field(repr=False)
    purpose: str
    request: str = field(default_factory=lambda: uuid.uuid4().hex)


class NoSubject(Exception):
    """A query as a subject outside a transaction: SET LOCAL would not hold, so it is refused."""


_current: ContextVar[Subject | None] = ContextVar("subject", default=None)


def current() -> Subject | None:
    return _current.get()


@contextmanager
def acting_as(subject: Subject) -> Iterator[Subject]:
    """Everything inside runs as this subject; open a transaction inside it."""
    token = _current.set(subject)
    try:
        yield subject
    finally:
        _current.reset(token)


@dataclass(frozen=True)
class Viewer:
    """Who reads or acts, in words a page can use; the database trusts the token, never this object.

    `kind` is one of: professional, person (a family member or supporter), sender, reporter, system.
    `roles` are the appointments of a professional that hold today (desk, duty, team_leader, reviewer,
    inspector, administrator), as `role` or `role:organisation_id`.
    """

    id: uuid.UUID
    kind: str
    name: str
    organisation_id: uuid.UUID | None = None
    organisation_name: str = ""
    function: str = ""
    roles: frozenset[str] = frozenset()

    def has_role(self, role: str, organisation_id: uuid.UUID | None = None) -> bool:
        return (f"{role}:{organisation_id}" if organisation_id else role) in self.roles
