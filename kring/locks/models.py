"""The base of every model: a key made before the insert, a version, a recorded moment, and two declarations that may
not be left out: which lock the table has (`lock`), and how private each field is (`privacy`)."""

import uuid
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from django.db import models
from django.db.models.functions import Now


class Privacy(StrEnum):
    """How private a field is (architecture, decision 14). One table of these serves scrubbed dumps, the portal, the
    subject's copy, retention and pseudonymisation."""

    PUBLIC = "public"
    ORGANISATION = "organisation"
    FAMILY = "family"
    PERSONAL = "personal"
    SPECIAL = "special"
    SECRET = "secret"


@dataclass(frozen=True)
class Lock:
    """How row-level security guards a table. `writes` is what the app role may do besides reading."""

    writes: tuple[str, ...] = ("insert", "update")
    trail: bool = True
    definer: str = ""  # what the definer functions may do besides reading


@dataclass(frozen=True)
class Content(Lock):
    """What a family's file holds: demands membership that opens this `kind`, and an opening of the family.

    `about` names the column of the family member that a row is about, for memberships that open some persons only.
    `power`: only where the law gives the viewer's mother organisation this power (who brings it in is let through).
    """

    kind: str = "family"
    family: str = "family_id"
    about: str = ""
    power: str = ""


@dataclass(frozen=True)
class Index(Lock):
    """That something is there, without its text (label, membership, what waits): demands membership only."""

    family: str = "family_id"


@dataclass(frozen=True)
class Desk(Lock):
    """What belongs to an organisation's desk and to no family: demands an appointment there ('organisation' class).

    `role`: of another appointment than the desk's (the reviewer's)."""

    organisation: str = "organisation_id"
    role: str = "desk"


@dataclass(frozen=True)
class Own(Lock):
    """What is of one subject alone (own notices, own idempotency keys)."""

    subject: str = "subject_id"
    trail: bool = False


@dataclass(frozen=True)
class Public(Lock):
    """What everybody signed in may read and only an administrator may change (organisations, powers).

    `staff`: only professionals read it (the directory of people). `written_when`: whose it is to change, as SQL."""

    staff: bool = False
    written_when: str = "(select sec.i_administer())"


@dataclass(frozen=True)
class System(Lock):
    """Out of reach but for the grants named: role to rights."""

    writes: tuple[str, ...] = ()
    trail: bool = False
    grants: dict[str, str] = field(default_factory=dict)


class Model(models.Model):
    """Base of all of Kring's models.

    `id`: UUID4 made in Python before the insert (never by the browser: it would be a way to probe).
    `version`: counts edits; a form sends back the one it showed (decision 15).
    `recorded_at`: the database's clock (decision 16); when it *happened* is a field of its own.
    """

    lock: ClassVar[Lock]
    privacy: ClassVar[dict[Privacy, str]]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """No content: this text ends up in logs and error pages."""
        return f"{self._meta.label} {self.pk}"


_BASE = {"id": Privacy.PUBLIC, "version": Privacy.PUBLIC, "recorded_at": Privacy.ORGANISATION}


def privacy_of(model: type[Model]) -> dict[str, Privacy]:
    """Every concrete field of the model with its class; KeyError-free: a field without one is left out."""
    classes = dict(_BASE)
    for base in reversed(model.__mro__):
        for privacy, names in base.__dict__.get("privacy", {}).items():
            classes |= dict.fromkeys(names.split(), privacy)
    return classes


def own_models() -> list[type[Model]]:
    """Every concrete model of Kring, in table-name order."""
    from django.apps import apps

    found: list[Any] = [model for model in apps.get_models() if model.__module__.startswith("kring.")]
    return sorted(found, key=lambda model: model._meta.db_table)
