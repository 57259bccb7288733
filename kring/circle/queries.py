"""Reading circles, always for a viewer: row-level security decides what there is."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.accounts.models import Professional
from kring.circle.access import OpenFamily, is_active
from kring.circle.models import AccessRequest, Circle, ContactCard, Ground, Membership, MembershipRole
from kring.lifecycle.models import Happening
from kring.lifecycle.waiting import Waiting
from kring.locks.subject import Viewer

HOLDERS = ("sight_owner", "fixed_face", "deputy", "direction_by", "sight_offered_to")


def active_now() -> Q:
    now = timezone.now()
    return Q(from_at__lte=now) & (Q(until_at__isnull=True) | Q(until_at__gt=now))


def members_of_circle(family: OpenFamily) -> list[Membership]:
    """Everybody in the circle that this viewer may know of (audience per membership, harm B4)."""
    return [member for member in family.memberships if is_active(member)]


def everybody_ever(family: OpenFamily) -> list[Membership]:
    """Professionals who stand or stood in the circle, as far as this viewer may know of them."""
    return [member for member in family.memberships if member.professional_id]


@dataclass(frozen=True)
class Facts:
    """The three facts on top of every family page, as names; '' where this viewer may not know who."""

    face: str
    face_note: str
    sight: str
    sight_note: str
    sight_is_named: bool
    direction: str
    changes_of_face: int


def name_of(member: Membership | None) -> str:
    """A person's name, or the desk's; a surname that is shielded stays away (harm B44)."""
    if member is None:
        return _("iemand uit de kring")
    if member.desk:
        return str(member.desk.name)
    if member.professional:
        who = member.professional
        return who.name if who.shown_surname else who.given_name
    return _("een gezinslid of steunfiguur")


def facts(family: OpenFamily, members: list[Membership]) -> Facts:
    """Fixed face, sight on safety and direction in words. One query (changes of face)."""
    circle, by_id = family.circle, {member.id: member for member in members}
    if circle.fixed_face_id:
        face = name_of(by_id.get(circle.fixed_face_id))
        deputy = by_id.get(circle.deputy_id) if circle.deputy_id else None
        face_note = _("bij ziekte: %(who)s") % {"who": name_of(deputy)} if deputy else _("nog geen vervanger")
    else:
        face = _("Nu geen vast gezicht")
        until = circle.no_face_until.strftime("%d-%m-%Y") if circle.no_face_until else ""
        face_note = f"{circle.get_no_face_reason_display()}, {_('tot')} {until}"
    director = by_id.get(circle.direction_by_id) if circle.direction_by_id else None
    return Facts(
        face=face,
        face_note=face_note,
        sight=name_of(by_id.get(circle.sight_owner_id)),
        sight_note=_sight_note(circle),
        sight_is_named=circle.sight_accepted_at is not None,
        direction=name_of(director) if director else circle.get_direction_display(),
        changes_of_face=max(0, _faces(family.id) - 1),  # the first face is no change
    )


def _faces(family_id: uuid.UUID) -> int:
    return Happening.objects.filter(family_id=family_id, kind="circle.fixed_face_changed").count()


def in_short(member: Membership) -> str:
    """Role, organisation, ground and limits of a membership in one line."""
    parts = [str(member.get_role_display())]
    if member.professional:
        parts.append(member.professional.organisation.name)
    parts.append(str(member.get_ground_display()))
    if member.opens_kinds is not None or member.opens_persons is not None:
        parts.append(_("ziet een deel"))
    if member.audience != "everyone":
        parts.append(str(member.get_audience_display()))
    return " · ".join(parts)


def _sight_note(circle: Circle) -> str:
    if circle.sight_accepted_at is None:
        return _("nog door niemand met naam aanvaard")
    when = timezone.localtime(circle.sight_accepted_at).strftime("%d-%m %H:%M")
    if circle.sight_offered_to_id:
        return _("aanvaard %(when)s; aangeboden aan een ander, die nog niet aanvaardde") % {"when": when}
    return _("aanvaard %(when)s") % {"when": when}


def my_families(viewer: Viewer) -> QuerySet[Membership]:
    """The viewer's own memberships with the family and who has sight on safety; index rows only, and of those the columns
    that a line shows (whole rows of five tables cost more than all the rest of the page). One query."""
    sight = "family__circle__sight_owner"
    return (
        Membership.objects.filter(active_now(), professional_id=viewer.id)
        .select_related(f"{sight}__professional", f"{sight}__desk")
        .only(
            "role", "family__label", "family__provisional", "family__circle__family", sight, f"{sight}__desk__name",
            f"{sight}__professional__given_name", f"{sight}__professional__surname", f"{sight}__professional__shown_surname",
        )
        .order_by("family__label")
    )  # fmt: skip


def find_in_my_families(viewer: Viewer, words: str) -> QuerySet[Membership]:
    """Look up by label, among the viewer's own families only: there is no other list."""
    return my_families(viewer).filter(family__label__icontains=words)


@dataclass(frozen=True)
class Invited:
    """An invitation as the invited sees it, before saying yes or no."""

    id: uuid.UUID
    family_id: uuid.UUID
    label: str
    role: str
    ground: str
    ground_note: str
    invited_by: str
    invited_at: datetime
    opens_kinds: list[str] | None


def my_invitations() -> list[Invited]:
    """Open invitations of who asks: what is needed to answer, no more. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute("select * from sec.my_invitations()")
        rows = cursor.fetchall()
    names = {who.id: who.name for who in Professional.objects.filter(pk__in=[row[6] for row in rows])} if rows else {}
    roles, grounds = dict(MembershipRole.choices), dict(Ground.choices)
    return [
        Invited(
            row[0],
            row[1],
            row[2],
            str(roles[row[3]]),
            str(grounds[row[4]]),
            row[5],
            names.get(row[6], ""),
            row[7],
            row[8],
        )
        for row in rows
    ]


def access_requests(viewer: Viewer) -> QuerySet[AccessRequest]:
    return AccessRequest.objects.filter(asked_id=viewer.id, answered_at__isnull=True).order_by("recorded_at")


def contact_cards(family: OpenFamily) -> QuerySet[ContactCard]:
    return ContactCard.objects.filter(family_id=family.id).order_by("kind", "name")


def happenings(family_id: uuid.UUID, most: int = 10) -> QuerySet[Happening]:
    return Happening.objects.filter(family_id=family_id).order_by("-happened_at")[:most]


def waiting(viewer: Viewer, family_id: uuid.UUID | None = None) -> list[Waiting]:
    """What waits on this viewer in circles: an offered sight, and on the desk invitations and access asked."""
    offered = Circle.objects.filter(sight_offered_to__professional_id=viewer.id).select_related("family")
    found = [
        Waiting(
            title=_("Zicht op veiligheid bij %(family)s is u aangeboden") % {"family": circle.family.label},
            sub=_("Tot u aanvaardt, houdt de gever het."),
            path=reverse("circle:people", args=[circle.family_id]),
            verb=_("Antwoord"),
            urgency="now",
            since=circle.sight_offered_at,
            family_id=circle.family_id,
        )
        for circle in (offered.filter(family_id=family_id) if family_id else offered)
    ]
    if family_id:
        return found
    found += [
        Waiting(
            title=_("Uitnodiging voor de kring van %(family)s") % {"family": invited.label},
            sub=_("%(who)s vraagt u als %(role)s") % {"who": invited.invited_by, "role": invited.role.lower()},
            path=reverse("circle:invitation", args=[invited.id]),
            verb=_("Antwoord"),
            urgency="today",
            since=invited.invited_at,
            family_id=invited.family_id,
        )
        for invited in my_invitations()
    ]
    found += [
        Waiting(
            title=_("Een collega vraagt om toegang"),
            sub="",
            path=reverse("circle:access_requests"),
            verb=_("Lees"),
            urgency="today",
            since=request.recorded_at,
        )
        for request in access_requests(viewer)
    ]
    return found
