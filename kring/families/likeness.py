"""Who may be one human: among what the viewer sees, and by a question where the law lets one ask (harm B40)."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.circle.access import OpenFamily
from kring.circle.models import Family
from kring.families import lookup
from kring.families.models import FamilyMember, Inquiry
from kring.lifecycle.models import Happening
from kring.lifecycle.waiting import Waiting
from kring.locks.subject import Viewer


@dataclass(frozen=True)
class Alike:
    """Two that may be one human. `member` stands in the opened family; the other there too, or in `family`."""

    member: FamilyMember
    other: FamilyMember | None = None
    family: Family | None = None


def likely_duplicates(opened: OpenFamily, members: list[FamilyMember]) -> list[Alike]:
    """Who has the same surname and birth date, here or in another family that this viewer sees as a whole.

    What the viewer may not see is not compared, so nothing tells about it ("known elsewhere?" is another question).
    """
    hashes: dict[bytes, FamilyMember] = {}
    found: dict[tuple[uuid.UUID, uuid.UUID], Alike] = {}
    for member in members:
        for exact in lookup.names_of(member):
            twin = hashes.setdefault(exact, member)
            if twin is not member and _may_be_one(twin, member):
                found[twin.id, member.id] = Alike(twin, other=member)
    return list(found.values()) + _alike_elsewhere(opened, hashes)


def _alike_elsewhere(opened: OpenFamily, hashes: dict[bytes, FamilyMember]) -> list[Alike]:
    with connection.cursor() as cursor:
        cursor.execute("select family_id, label, hash from sec.alike_among_mine(%s::bytea[])", [list(hashes)])
        rows = [(hashes[bytes(exact)], Family(id=found, label=label)) for found, label, exact in cursor.fetchall()]
    alike = {(who.id, family.id): Alike(who, family=family) for who, family in rows if family.id != opened.id}
    return sorted(alike.values(), key=lambda one: (one.member.sort_name, str(one.family and one.family.label)))


def _may_be_one(one: FamilyMember, other: FamilyMember) -> bool:
    """Twins share surname and birth date: another first name, both known, is another child."""
    names = [member.called or member.given_names.split(" ")[0] for member in (one, other)]
    return not all(names) or lookup.same_name(*names)


def asked_elsewhere(opened: OpenFamily, member: FamilyMember) -> list[tuple[datetime, bool]]:
    """When "known elsewhere?" was asked of this member, and the answer; the duo and who asked find it."""
    asked = Happening.objects.filter(
        family_id=opened.id, kind="families.asked_elsewhere", payload__member_id=str(member.id)
    ).order_by("-happened_at")[:10]
    return [(one.happened_at, bool(one.payload["known"])) for one in asked]


def open_inquiries(families: Iterable[uuid.UUID] | None = None) -> list[Inquiry]:
    """Questions "known here?" that wait for an answer, in my families."""
    rows = Inquiry.objects.filter(answered_at__isnull=True).select_related("family").order_by("answer_before")
    return list(rows if families is None else rows.filter(family_id__in=list(families)))


def waiting(viewer: Viewer, family_id: uuid.UUID | None = None) -> list[Waiting]:
    """Questions "known here?" in the viewer's families, until answered. One query."""
    return [
        Waiting(
            title=_("Is dit gezin bekend? Beantwoord de vraag"), sub=inquiry.family.label, due=inquiry.answer_before,
            path=reverse("families:end", args=[inquiry.family_id, "vraag", inquiry.id]), verb=_("Antwoord"),
            urgency="today" if inquiry.answer_before <= timezone.localdate() else "week", since=inquiry.asked_at,
            family_id=inquiry.family_id,
        )
        for inquiry in open_inquiries([family_id] if family_id else None)
    ]  # fmt: skip
