"""The one door to a family: may this person see this, and on what ground?

Three questions, in order: are you in the circle (else it does not exist for you: 404), may your role do this (else 403
with the reason), does the state allow it (the rooms' rules). The second lock is the database's (functions.sql).
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection
from django.http import Http404
from django.utils.translation import gettext as _

from kring.accounts.rules import credentials_hold
from kring.circle.models import Circle, Family, Membership
from kring.lifecycle.reasons import NotAllowed, Reason
from kring.locks.postgres.base import done_here
from kring.locks.subject import Viewer, current

FOUNDERS = ("sender", "reporter")  # row-level security shows them only what they found in this very transaction
Acts = Mapping[str, frozenset[str]]
_acts: dict[str, frozenset[str]] = {}
_unlicensed: set[str] = set()


class NotThere(Http404):
    """Hidden or non-existing: the same to who asks. The refusal goes on record after the rollback."""

    def __init__(self, family_id: uuid.UUID, what: str) -> None:
        super().__init__()
        self.family_id = family_id
        self.what = what


@dataclass(frozen=True)
class OpenFamily:
    """A family that this viewer opened in this request, with what every page about it needs."""

    family: Family
    circle: Circle
    roles: frozenset[str]
    memberships: tuple[Membership, ...]  # also those that ended, as far as this viewer may know of them

    @property
    def id(self) -> uuid.UUID:
        return self.family.id


def declare(room: str, acts: Mapping[str, str], without_credentials: str = "") -> None:
    """A room's `permissions.py`: act to the roles that may do it, space-separated.

    Acts named in `without_credentials` are open to people without a professional registration (desk clerks, family).
    """
    for act, roles in acts.items():
        _acts[f"{room}.{act}"] = frozenset(roles.split())
    _unlicensed.update(f"{room}.{act}" for act in without_credentials.split())


def declared() -> dict[str, frozenset[str]]:
    """Every act with its roles; printed in the docs and walked by the permission matrix."""
    return dict(sorted(_acts.items()))


def roles_in(viewer: Viewer, family_id: uuid.UUID) -> frozenset[str]:
    """The roles of this viewer in this circle: of the membership, and by the facts (fixed_face, deputy, sight_owner,
    director). Empty: not in the circle. `system` for jobs."""
    if viewer.kind == "system":
        return frozenset({"system"})
    founded = ("founded", _request(), family_id)
    if founded in done_here() and viewer.kind in FOUNDERS:
        return frozenset({"founder"})
    circle = Circle.objects.filter(family_id=family_id).first()
    if circle and viewer.kind in FOUNDERS:
        done_here().add(founded)
    return _roles(viewer, circle, Membership.objects.filter(family_id=family_id)) if circle else frozenset()


def _roles(viewer: Viewer, circle: Circle, memberships: Iterable[Membership]) -> frozenset[str]:
    if viewer.kind == "system":
        return frozenset({"system"})
    if viewer.kind in FOUNDERS:
        return frozenset({"founder"})
    roles = set()
    for member in _of(viewer, memberships):
        roles.add(member.role)
        facts = {
            "fixed_face": circle.fixed_face_id,
            "deputy": circle.deputy_id,
            "sight_owner": circle.sight_owner_id,
            "director": circle.direction_by_id,
        }
        roles |= {name for name, holder in facts.items() if holder == member.id}
    return frozenset(roles)


def _of(viewer: Viewer, memberships: Iterable[Membership]) -> list[Membership]:
    desks = {role.partition(":")[2] for role in viewer.roles if role.startswith("desk:")}
    mine = []
    for member in memberships:
        holder = member.professional_id or member.person_id
        if (holder == viewer.id or str(member.desk_id) in desks) and is_active(member):
            mine.append(member)
    return mine


def is_active(member: Membership) -> bool:
    from django.utils import timezone

    now = timezone.now()
    return member.from_at <= now and (member.until_at is None or member.until_at > now)


def open_family(viewer: Viewer, family_id: uuid.UUID, what: str) -> OpenFamily:
    """Open a family's content for this request and leave the trail row. `what` says what for, in Dutch, as the family
    will read it. Raises NotThere for outsiders, exactly as for what does not exist."""
    with connection.cursor() as cursor:
        cursor.execute("select sec.open_family(%s, %s)", [family_id, what])
        if not cursor.fetchone()[0]:
            raise NotThere(family_id, what)
    circle = Circle.objects.select_related("family").get(family_id=family_id)
    rows = Membership.objects.filter(family_id=family_id).select_related("professional__organisation", "desk")
    memberships = tuple(rows.order_by("from_at"))
    return OpenFamily(circle.family, circle, _roles(viewer, circle, memberships), memberships)


def ensure_open(viewer: Viewer, family_id: uuid.UUID, what: str) -> None:
    """For actions that touch content: open the family unless this request did so already (or founded it).

    The family reads `what`, so it stays neutral where the act itself must not show (danger, a secret address).
    """
    opened = ("opened", _request(), family_id)
    if opened in done_here():
        return
    with connection.cursor() as cursor:
        cursor.execute("select %s = any(sec.opened()) or sec.open_family(%s, %s)", [family_id, family_id, what])
        if not cursor.fetchone()[0]:
            raise NotThere(family_id, what)
    done_here().add(opened)


def _request() -> str:
    """What one request opened or founded, the next one did not, also inside one transaction."""
    subject = current()
    return subject.request if subject else ""


def why_not(viewer: Viewer, roles: frozenset[str], act: str) -> list[Reason]:
    """May a viewer with these roles do this act? Empty: yes. The same answer guards the act and greys the button."""
    return why_not_each(viewer, roles, [act])[act]


def why_not_each(viewer: Viewer, roles: frozenset[str], acts: Iterable[str]) -> dict[str, list[Reason]]:
    """The same for every button of a page; certificate and registration are read once."""
    answers = {act: _role_against(roles, act) for act in acts}
    licensed = [act for act, against in answers.items() if not against and act not in _unlicensed]
    if licensed and viewer.kind == "professional":
        answers |= dict.fromkeys(licensed, credentials_hold(viewer.id, viewer.organisation_id))
    return answers


def _role_against(roles: frozenset[str], act: str) -> list[Reason]:
    allowed = _acts[act]
    if roles & allowed or "system" in roles:
        return []
    who = ", ".join(sorted(str(ROLE_NAMES.get(role, role)) for role in allowed))
    return [Reason("role", _("Dit kan alleen: %(who)s.") % {"who": who}, "ADR 0007")]


def acts_of(roles: frozenset[str], room: str) -> frozenset[str]:
    """The acts of a room that these roles may do, for showing or leaving out a link. Whether registration and training
    still hold is asked where the act is done."""
    return frozenset(
        name.partition(".")[2]
        for name, allowed in _acts.items()
        if name.startswith(f"{room}.") and (roles & allowed or "system" in roles)
    )


def require(viewer: Viewer, family_id: uuid.UUID, act: str) -> frozenset[str]:
    """Guard of an action: raises NotThere for outsiders and NotAllowed with reasons for insiders; returns the roles."""
    roles = roles_in(viewer, family_id)
    if not roles:
        raise NotThere(family_id, act)
    if reasons := why_not(viewer, roles, act):
        raise NotAllowed(reasons, family_id)
    return roles


def _role_names() -> dict[str, object]:
    from django.utils.translation import gettext_lazy as lazy

    from kring.circle.models import MembershipRole

    facts = {
        "fixed_face": lazy("vast gezicht"),
        "deputy": lazy("vervanger"),
        "sight_owner": lazy("wie zicht op veiligheid heeft"),
        "director": lazy("wie de regie heeft"),
        "founder": lazy("de melder zelf"),
        "system": lazy("het systeem"),
    }
    return {**dict(MembershipRole.choices), **facts}


ROLE_NAMES = _role_names()
