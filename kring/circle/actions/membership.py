"""Who stands in a circle. Membership itself is written by definer functions only (functions.sql)."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import DatabaseError, connection
from django.utils import timezone

from kring.accounts.models import Professional
from kring.circle import rules
from kring.circle.access import require
from kring.circle.actions.locking import locked_circle
from kring.circle.models import AccessRequest, Audience, Family, Invitation, Membership
from kring.lifecycle.action import action, record
from kring.lifecycle.reasons import demand
from kring.locks.subject import Viewer


def _call(function: str, *arguments: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"select sec.{function}({', '.join(['%s'] * len(arguments))})", arguments)
        return cursor.fetchone()[0]


@action
def found_family(*, by: Viewer, label: str, desk_id: uuid.UUID, assessed_before: date) -> Family:
    """Found a provisional family around a concern report, with the receiving desk in its circle.

    The desk holds sight on safety until somebody takes it by name; `assessed_before` is the assessment's last day.
    """
    family_id = uuid.uuid4()
    _call("found_family", family_id, label[:80], desk_id, uuid.uuid4(), uuid.uuid4(), assessed_before)
    family = Family.objects.get(pk=family_id)
    record("circle.family_founded", by=by, family_id=family_id, desk_id=desk_id)
    return family


@action
def rename(*, by: Viewer, family: Family, label: str, provisional: bool = False) -> Family:
    """Give the family its own label once it is known who it is about."""
    require(by, family.id, "circle.rename")
    fresh = Family.objects.select_for_update().get(pk=family.pk)
    fresh.label, fresh.provisional, fresh.version = label[:80], provisional, fresh.version + 1
    fresh.save(update_fields=["label", "provisional", "version"])
    record("circle.renamed", by=by, family_id=family.id)
    return fresh


@action
def admit(
    *,
    by: Viewer,
    family: Family,
    role: str,
    ground: str,
    professional: Professional | None = None,
    person_id: uuid.UUID | None = None,
    desk_id: uuid.UUID | None = None,
    ground_note: str = "",
    until_at: datetime | None = None,
    opens_kinds: Sequence[str] | None = None,
    opens_persons: Sequence[uuid.UUID] | None = None,
    opens_domains: Sequence[str] | None = None,
    opens_from: date | None = None,
    audience: str | None = None,
    audience_ids: Sequence[uuid.UUID] = (),
) -> Membership:
    """Let somebody into the circle at once: a colleague of the desk, a partner who said yes, a family member's portal.

    Whoever may still say no is invited instead (`invite`). The family is told (notices reads the happening).
    """
    require(by, family.id, "circle.admit")
    return admit_member(
        by, family.id, role, ground, professional, person_id, desk_id, ground_note, until_at, opens_kinds, opens_persons,
        opens_domains, opens_from, audience, audience_ids,
    )  # fmt: skip


def admit_member(
    by: Viewer, family_id: uuid.UUID, role: str, ground: str, professional: Professional | None,
    person_id: uuid.UUID | None, desk_id: uuid.UUID | None, note: str, until_at: datetime | None, kinds: Any,
    persons: Any, domains: Any, since: date | None, audience: str | None, audience_ids: Sequence[uuid.UUID],
) -> Membership:  # fmt: skip
    membership_id = uuid.uuid4()
    heard = audience or default_audience(professional)
    ids = [*audience_ids, *([professional.id] if professional else [])] if heard != Audience.EVERYONE else []
    listed = [list(value) if value is not None else None for value in (kinds, persons, domains)]
    with connection.cursor() as cursor:
        cursor.execute(
            "select sec.admit(%s,%s,%s,%s,%s,%s,%s,%s,%s,%s::text[],%s::uuid[],%s::text[],%s,%s,%s::uuid[])",
            [membership_id, family_id, professional.id if professional else None, person_id, desk_id, role, ground, note, until_at,
             *listed, since, heard, ids],
        )  # fmt: skip
    record(
        "circle.joined", by=by, family_id=family_id, audience=heard if heard != Audience.NAMED else Audience.DUO,
        membership_id=membership_id, role=role, professional_id=professional and professional.id,
    )  # fmt: skip
    return Membership.objects.get(pk=membership_id)


def default_audience(professional: Professional | None) -> str:
    """Shelter, addiction care, lawyer: the organisation itself tells a place or a trouble, so only the duo hears."""
    if professional and professional.organisation.hidden_by_default:
        return Audience.DUO
    return Audience.EVERYONE


@action
def invite(
    *,
    by: Viewer,
    family: Family,
    professional: Professional,
    role: str,
    ground: str,
    ground_note: str = "",
    opens_kinds: Sequence[str] | None = None,
    opens_persons: Sequence[uuid.UUID] | None = None,
    opens_domains: Sequence[str] | None = None,
    opens_from: date | None = None,
    audience: str | None = None,
) -> Invitation:
    """Invite a professional to join; who is invited sees the label, the role and the ground until accepting by name."""
    require(by, family.id, "circle.invite")
    invitation = Invitation.objects.create(
        family=family,
        professional=professional,
        role=role,
        ground=ground,
        ground_note=ground_note[:200],
        opens_kinds=opens_kinds,
        opens_persons=opens_persons,
        opens_domains=opens_domains,
        opens_from=opens_from,
        audience=audience or default_audience(professional),
        audience_ids=[professional.id, by.id],
        invited_by_id=by.id,
    )
    record(
        "circle.invited", by=by, family_id=family.id, audience=Audience.DUO,
        invitation_id=invitation.id, professional_id=professional.id,
    )  # fmt: skip
    return invitation


@action
def answer_invitation(*, by: Viewer, invitation_id: uuid.UUID, accept: bool) -> Membership | None:
    """Accept an invitation by name, or decline it. DoesNotExist when it is not open for this professional."""
    membership_id = uuid.uuid4()
    try:
        with connection.cursor() as cursor:
            cursor.execute("select sec.answer_invitation(%s, %s, %s)", [invitation_id, membership_id, accept])
            family_id = cursor.fetchone()[0]
    except DatabaseError as error:
        raise Invitation.DoesNotExist from error
    if not accept:
        return None
    member = Membership.objects.get(pk=membership_id)
    heard = member.audience if member.audience != Audience.NAMED else Audience.DUO
    record(
        "circle.joined",
        by=by,
        family_id=family_id,
        audience=heard,
        membership_id=member.id,
        role=member.role,
        professional_id=by.id,
    )
    return member


@action
def end_membership(*, by: Viewer, membership: Membership, reason: str) -> None:
    """Leave a circle, or end somebody's membership; refused while the circle rests on it."""
    mine = membership.professional_id == by.id or membership.person_id == by.id
    require(by, membership.family_id, "circle.leave" if mine else "circle.end_membership")
    demand(rules.may_leave(locked_circle(membership.family_id), membership), family_id=membership.family_id)
    heard = membership.audience if membership.audience != Audience.NAMED else Audience.DUO
    record(
        "circle.left", by=by, family_id=membership.family_id, audience=heard,
        membership_id=membership.id, professional_id=membership.professional_id,
    )  # fmt: skip
    _call("end_membership", membership.id, reason)


@action
def set_scope(
    *,
    by: Viewer,
    membership: Membership,
    opens_kinds: Sequence[str] | None,
    opens_persons: Sequence[uuid.UUID] | None = None,
    opens_domains: Sequence[str] | None = None,
    opens_from: date | None = None,
    audience: str = Audience.EVERYONE,
    audience_ids: Sequence[uuid.UUID] = (),
) -> Membership:
    """Narrow or widen what a membership opens and who may know of it (harm B4, B27)."""
    require(by, membership.family_id, "circle.set_scope")
    mine = Membership.objects.filter(family_id=membership.family_id, professional_id=by.id, until_at__isnull=True)
    kinds = list(opens_kinds) if opens_kinds is not None else None
    demand(rules.may_widen(mine.first(), membership, kinds), family_id=membership.family_id)
    listed = [list(value) if value is not None else None for value in (opens_kinds, opens_persons, opens_domains)]
    with connection.cursor() as cursor:
        cursor.execute(
            "select sec.set_scope(%s, %s::text[], %s::uuid[], %s::text[], %s, %s, %s::uuid[])",
            [membership.id, *listed, opens_from, audience, list(audience_ids)],
        )
    record(
        "circle.scope_set", by=by, family_id=membership.family_id, audience=Audience.DUO, membership_id=membership.id
    )
    return Membership.objects.get(pk=membership.pk)


@action
def ask_access(*, by: Viewer, asked: Professional, about: str, reason: str, ground: str) -> None:
    """Ask a colleague to be let into a circle; the answer to the asker is the same whether or not there is one."""
    _call("ask_access", uuid.uuid4(), asked.id, about, reason, ground)


@action
def close_access_request(*, by: Viewer, request: AccessRequest) -> None:
    """Take a question for access off one's desk; the asker hears nothing of it, whatever was decided."""
    AccessRequest.objects.filter(pk=request.pk, asked_id=by.id, answered_at__isnull=True).update(
        answered_at=timezone.now()
    )
