"""Every change of a circle. Membership itself is written by definer functions only (functions.sql)."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import DatabaseError, connection
from django.utils import timezone

from kring.accounts.models import Professional
from kring.circle import rules
from kring.circle.access import open_family, require
from kring.circle.models import (
    AccessRequest,
    Audience,
    Circle,
    ContactCard,
    DirectionKind,
    Family,
    Frame,
    Invitation,
    Membership,
)
from kring.lifecycle.action import action, record
from kring.lifecycle.reasons import demand
from kring.locks.subject import Viewer


def _call(function: str, *arguments: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"select sec.{function}({', '.join(['%s'] * len(arguments))})", arguments)
        return cursor.fetchone()[0]


def _locked(family_id: uuid.UUID) -> Circle:
    return Circle.objects.select_for_update(of=("self",)).get(family_id=family_id)


def _save(circle: Circle, *names: str) -> None:
    circle.version += 1
    circle.save(update_fields=[*names, "version"])


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
    return _admit(
        by, family.id, role, ground, professional, person_id, desk_id, ground_note, until_at, opens_kinds, opens_persons,
        opens_domains, opens_from, audience, audience_ids,
    )  # fmt: skip


def _admit(
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
    demand(rules.may_leave(_locked(membership.family_id), membership), family_id=membership.family_id)
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
def set_fixed_face(*, by: Viewer, family: Family, face: Membership, deputy: Membership | None = None) -> Circle:
    """One professional becomes the fixed face, with a deputy. The change is counted, and the family is told."""
    require(by, family.id, "circle.set_fixed_face")
    circle = _locked(family.id)
    demand(
        rules.may_be_fixed_face(circle, face),
        rules.may_be_fixed_face(circle, deputy) if deputy else [],
        family_id=family.id,
    )
    before = circle.fixed_face_id
    circle.fixed_face, circle.deputy, circle.no_face_reason, circle.no_face_until = face, deputy, "", None
    circle.fixed_face_since = timezone.now() if before != face.id else circle.fixed_face_since
    _save(circle, "fixed_face", "deputy", "no_face_reason", "no_face_until", "fixed_face_since")
    if before != face.id:
        record(
            "circle.fixed_face_changed",
            by=by,
            family_id=family.id,
            membership_id=face.id,
            before=before,
            audience="everyone",
        )
    return circle


@action
def set_no_fixed_face(*, by: Viewer, family: Family, reason: str, until: date) -> Circle:
    """Record that there is no fixed face now: why, and until when (harm B26). Sight on safety stays with who has it."""
    require(by, family.id, "circle.set_no_fixed_face")
    demand(rules.may_be_without_fixed_face(reason, until, timezone.localdate()), family_id=family.id)
    circle = _locked(family.id)
    circle.fixed_face, circle.deputy, circle.fixed_face_since = None, None, None
    circle.no_face_reason, circle.no_face_until = reason, until
    _save(circle, "fixed_face", "deputy", "fixed_face_since", "no_face_reason", "no_face_until")
    record("circle.no_fixed_face", by=by, family_id=family.id, reason=reason, until=until, audience="everyone")
    return circle


@action
def take_up_sight(*, by: Viewer, family: Family, role: str = "assessor") -> Circle:
    """Somebody of the receiving desk takes a new report by name: joins, and has sight on safety from now on."""
    require(by, family.id, "circle.take_up_sight")
    circle = _locked(family.id)
    me = Membership.objects.filter(family=family, professional_id=by.id, until_at__isnull=True).first()
    if me is None:
        professional = Professional.objects.select_related("organisation").get(pk=by.id)
        me = _admit(
            by, family.id, role, "veilig_thuis", professional, None, None, "", None, None, None, None, None, None, ()
        )
    return _pass_sight(circle, me, by)


@action
def offer_sight(*, by: Viewer, family: Family, to: Membership) -> Circle:
    """Offer sight on safety to another member; the giver holds it until the other accepts by name (harm B12)."""
    require(by, family.id, "circle.offer_sight")
    circle = _locked(family.id)
    demand(rules.may_hold_a_task(circle, to), family_id=family.id)
    circle.sight_offered_to, circle.sight_offered_at = to, timezone.now()
    _save(circle, "sight_offered_to", "sight_offered_at")
    record("circle.sight_offered", by=by, family_id=family.id, membership_id=to.id, professional_id=to.professional_id)
    return circle


@action
def accept_sight(*, by: Viewer, family: Family) -> Circle:
    """Accept the offered sight on safety by name: from this moment the receiver watches."""
    require(by, family.id, "circle.accept_sight")
    circle = _locked(family.id)
    me = Membership.objects.filter(family=family, professional_id=by.id, until_at__isnull=True).first()
    demand(rules.may_accept_sight(circle, me or Membership()), family_id=family.id)
    assert me is not None
    return _pass_sight(circle, me, by)


def _pass_sight(circle: Circle, to: Membership, by: Viewer) -> Circle:
    now = timezone.now()
    circle.sight_owner, circle.sight_since, circle.sight_accepted_at = to, now, now
    circle.sight_offered_to = circle.sight_offered_at = None
    _save(circle, "sight_owner", "sight_since", "sight_accepted_at", "sight_offered_to", "sight_offered_at")
    record("circle.sight_accepted", by=by, family_id=circle.family_id, membership_id=to.id, audience="everyone")
    return circle


@action
def set_direction(*, by: Viewer, family: Family, direction: str, director: Membership | None = None) -> Circle:
    """Who directs from now on: the family itself, a named professional, or the institution (harm B23)."""
    require(by, family.id, "circle.set_direction")
    circle = _locked(family.id)
    demand(rules.may_direct(circle, direction, director), family_id=family.id)
    circle.direction, circle.direction_by, circle.direction_since = DirectionKind(direction), director, timezone.now()
    _save(circle, "direction", "direction_by", "direction_since")
    record("circle.direction_set", by=by, family_id=family.id, direction=direction, audience="everyone")
    return circle


@action
def set_frame(*, by: Viewer, family: Family, frame: str) -> Circle:
    """The frame of the help from now on: voluntary, under announced pressure, or ordered; shown and dated everywhere."""
    require(by, family.id, "circle.set_frame")
    circle = _locked(family.id)
    if circle.frame != frame:
        circle.frame, circle.frame_since = Frame(frame), timezone.now()
        _save(circle, "frame", "frame_since")
        record("circle.frame_set", by=by, family_id=family.id, frame=frame, audience="everyone")
    return circle


@action
def write_contact_card(*, by: Viewer, family: Family, **card: Any) -> ContactCard:
    """Write what school or GP may know and what was agreed (harm B45)."""
    require(by, family.id, "circle.write_contact_card")
    open_family(by, family.id, "contactkaart")
    written = ContactCard.objects.create(family=family, **card)
    record("circle.contact_card_written", by=by, family_id=family.id, card_id=written.id)
    return written


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
