"""Who looked and who wrote, in plain words, for who may hear it."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from kring.locks.subject import Viewer

_WRITES = {"insert", "update", "delete", "found"}


@dataclass(frozen=True)
class Look:
    """What one person did with the file on one day, as the family reads it. Every single row is kept; this counts
    none, because fourteen looks of one visit are one visit."""

    on_day: date
    who: str
    organisation: str
    did: str
    why: str
    first_at: datetime
    last_at: datetime


class Looks(list[Look]):
    """Lines of the log; `total` is how many there are for this viewer (never a count of the hidden)."""

    total = 0


def who_looked(viewer: Viewer, family_id: uuid.UUID, *, skip: int = 0, most: int = 30) -> Looks:
    """One line a person a day, newest first; empty for who is not in the circle. Whose membership is hidden from this
    viewer is not there, whatever the day (harm B4)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select on_day, subject_id, subject_kind, name, organisation, acts, looked_for, first_at, last_at, total"
            " from sec.trail_of(%s, %s, %s)",
            [family_id, skip, most],
        )
        rows = cursor.fetchall()
    found = Looks(_look(viewer, *row[:-1]) for row in rows)
    found.total = rows[0][-1] if rows else 0
    return found


def _look(
    viewer: Viewer, day: date, subject_id: uuid.UUID | None, kind: str, name: str | None, organisation: str | None,
    acts: list[str], looked_for: list[str], first_at: datetime, last_at: datetime,
) -> Look:  # fmt: skip
    who = _("U") if subject_id == viewer.id else name or _someone(kind)
    return Look(day, who, organisation or "", _did(set(acts)), ", ".join(looked_for), first_at, last_at)


def _someone(kind: str) -> str:
    words: dict[str, Any] = {
        "system": _("Kring zelf, zonder tussenkomst van een mens"),
        "person": _("Iemand uit het gezin of het eigen netwerk"),
        "reporter": _("Wie meldde"),
        "sender": _("Een organisatie, met een bericht"),
    }
    return str(words.get(kind, _("Beheer")))


def _did(acts: set[str]) -> str:
    did = []
    if "open" in acts:
        did.append(_("keek"))
    if acts & _WRITES:
        did.append(_("schreef"))
    if "print" in acts:
        did.append(_("drukte af"))
    if "export" in acts:
        did.append(_("maakte een kopie"))
    return ", ".join(did or [_("keek")]).capitalize()
