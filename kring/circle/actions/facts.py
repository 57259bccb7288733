"""The facts of a circle: fixed face, sight on safety, direction, frame; and what was agreed with school or GP."""

import uuid
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from kring.accounts.models import Professional
from kring.circle import rules
from kring.circle.access import open_family, require
from kring.circle.actions.locking import locked_circle, save_circle
from kring.circle.actions.membership import admit_member
from kring.circle.models import Audience, Circle, ContactCard, DirectionKind, Family, Frame, Membership
from kring.lifecycle.action import action, record
from kring.lifecycle.reasons import demand
from kring.locks.subject import Viewer


@action
def set_fixed_face(*, by: Viewer, family: Family, face: Membership, deputy: Membership | None = None) -> Circle:
    """One professional becomes the fixed face, with a deputy. The change is counted, and the family is told."""
    require(by, family.id, "circle.set_fixed_face")
    circle = locked_circle(family.id)
    demand(
        rules.may_be_fixed_face(circle, face),
        rules.may_be_fixed_face(circle, deputy) if deputy else [],
        rules.may_be_deputy(face, deputy) if deputy else [],
        family_id=family.id,
    )
    before = circle.fixed_face_id
    circle.fixed_face, circle.deputy, circle.no_face_reason, circle.no_face_until = face, deputy, "", None
    circle.fixed_face_since = timezone.now() if before != face.id else circle.fixed_face_since
    save_circle(circle, "fixed_face", "deputy", "no_face_reason", "no_face_until", "fixed_face_since")
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
    circle = locked_circle(family.id)
    circle.fixed_face, circle.deputy, circle.fixed_face_since = None, None, None
    circle.no_face_reason, circle.no_face_until = reason, until
    save_circle(circle, "fixed_face", "deputy", "fixed_face_since", "no_face_reason", "no_face_until")
    record("circle.no_fixed_face", by=by, family_id=family.id, reason=reason, until=until, audience="everyone")
    return circle


@action
def take_up_sight(*, by: Viewer, family: Family, role: str = "assessor") -> Circle:
    """Somebody of the receiving desk takes a new report by name: joins, and has sight on safety from now on."""
    require(by, family.id, "circle.take_up_sight")
    circle = locked_circle(family.id)
    demand(rules.may_take_up_sight(circle), family_id=family.id)
    me = Membership.objects.filter(family=family, professional_id=by.id, until_at__isnull=True).first()
    if me is None:
        professional = Professional.objects.select_related("organisation").get(pk=by.id)
        me = admit_member(
            by, family.id, role, "veilig_thuis", professional, None, None, "", None, None, None, None, None, None, ()
        )
    return _pass_sight(circle, me, by)


@action
def offer_sight(*, by: Viewer, family: Family, to: Membership) -> Circle:
    """Offer sight on safety to another member; the giver holds it until the other accepts by name (harm B12)."""
    require(by, family.id, "circle.offer_sight")
    circle = locked_circle(family.id)
    demand(rules.may_hold_a_task(circle, to), family_id=family.id)
    circle.sight_offered_to, circle.sight_offered_at = to, timezone.now()
    save_circle(circle, "sight_offered_to", "sight_offered_at")
    record("circle.sight_offered", by=by, family_id=family.id, membership_id=to.id, professional_id=to.professional_id)
    return circle


@action
def accept_sight(*, by: Viewer, family: Family) -> Circle:
    """Accept the offered sight on safety by name: from this moment the receiver watches."""
    require(by, family.id, "circle.accept_sight")
    circle = locked_circle(family.id)
    me = Membership.objects.filter(family=family, professional_id=by.id, until_at__isnull=True).first()
    demand(rules.may_accept_sight(circle, me or Membership()), family_id=family.id)
    assert me is not None
    return _pass_sight(circle, me, by)


def _pass_sight(circle: Circle, to: Membership, by: Viewer) -> Circle:
    now = timezone.now()
    circle.sight_owner, circle.sight_since, circle.sight_accepted_at = to, now, now
    circle.sight_offered_to = circle.sight_offered_at = None
    save_circle(circle, "sight_owner", "sight_since", "sight_accepted_at", "sight_offered_to", "sight_offered_at")
    record("circle.sight_accepted", by=by, family_id=circle.family_id, membership_id=to.id, audience="everyone")
    return circle


@action
def set_direction(*, by: Viewer, family: Family, direction: str, director: Membership | None = None) -> Circle:
    """Who directs from now on: the family itself, a named professional, or the institution (harm B23)."""
    require(by, family.id, "circle.set_direction")
    circle = locked_circle(family.id)
    demand(rules.may_direct(circle, direction, director), family_id=family.id)
    circle.direction, circle.direction_by, circle.direction_since = DirectionKind(direction), director, timezone.now()
    save_circle(circle, "direction", "direction_by", "direction_since")
    record("circle.direction_set", by=by, family_id=family.id, direction=direction, audience="everyone")
    return circle


@action
def set_frame(*, by: Viewer, family: Family, frame: str) -> Circle:
    """The frame of the help from now on: voluntary, under announced pressure, or ordered; shown and dated everywhere."""
    require(by, family.id, "circle.set_frame")
    circle = locked_circle(family.id)
    if circle.frame != frame:
        circle.frame, circle.frame_since = Frame(frame), timezone.now()
        save_circle(circle, "frame", "frame_since")
        record("circle.frame_set", by=by, family_id=family.id, frame=frame, audience="everyone")
    return circle


@action
def write_contact_card(*, by: Viewer, family: Family, **card: Any) -> ContactCard:
    """Write what school or GP may know and what was agreed (harm B45)."""
    require(by, family.id, "circle.write_contact_card")
    open_family(by, family.id, "contactkaart")
    written = ContactCard.objects.create(family=family, audience_ids=[by.id], **card)
    record(
        "circle.contact_card_written", by=by, family_id=family.id, card_id=written.id,
        about_member_id=written.about_member_id,
    )  # fmt: skip
    return written


def narrow_contact_cards(family_id: uuid.UUID, member_ids: Collection[uuid.UUID], by_id: uuid.UUID) -> None:
    """Part of another room's action: who these cards are about lives where nobody may know, and a school is a place.

    A card about nobody in particular is narrowed too."""
    about = Q(about_member_id__in=list(member_ids)) | Q(about_member_id__isnull=True)
    for card in ContactCard.objects.filter(about, family_id=family_id):
        card.audience, card.audience_ids = Audience.DUO, list(dict.fromkeys([*card.audience_ids, by_id]))
        card.version += 1
        card.save(update_fields=["audience", "audience_ids", "version"])
