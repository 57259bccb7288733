"""Where somebody may be reached outside Kring, worked out at the moment of sending.

A professional is reached at work. A person is reached only as the safe contact says (harm B6); when that is unknown
nothing is sent, and the duo is asked to tell it in person.
"""

import uuid
from dataclasses import dataclass, field

from django.utils import timezone

from kring.accounts.models import Professional, Role
from kring.accounts.queries import appointments_on
from kring.circle.access import OpenFamily, open_family
from kring.circle.models import Membership
from kring.families.models import Channel, FamilyMember, SafeContact
from kring.families.queries import safe_contact_of
from kring.families.rules import may_reach
from kring.locks.subject import Viewer
from kring.notices.models import DispatchState, Recipient


@dataclass(frozen=True)
class Reach:
    """Channel to address; empty with a reason why nothing goes out."""

    addresses: dict[str, str] = field(default_factory=dict)
    why: str = ""
    handed_over: bool = False

    def state_when(self, sent: list[str]) -> str:
        if sent:
            return DispatchState.SENT
        return DispatchState.HANDED_OVER if self.handed_over else DispatchState.NOT_SENT


def reach(*, by: Viewer, to_id: uuid.UUID, to_kind: str, family_id: uuid.UUID | None, urgent: bool) -> Reach:
    if to_kind == Recipient.PROFESSIONAL:
        return _professional(to_id, urgent)
    return _person(by, to_id, family_id)


def _professional(to_id: uuid.UUID, urgent: bool) -> Reach:
    """Mail always; what is urgent also by telephone and push."""
    who = Professional.objects.get(pk=to_id)
    if not who.active:
        return Reach(why="left")
    known = {"mail": who.email, "sms": who.phone if urgent else "", "push": str(who.id) if urgent else ""}
    return Reach(
        {channel: address for channel, address in known.items() if address}, why="" if who.email else "no mail"
    )


def _person(by: Viewer, to_id: uuid.UUID, family_id: uuid.UUID | None) -> Reach:
    """As the safe contact of this family says. Without a family nobody knows what is safe, so nothing goes."""
    if family_id is None:
        return Reach(why="no family")
    opened = open_family(by, family_id, "bericht versturen volgens veilig contact")
    members = FamilyMember.objects.filter(family_id=family_id, person_id=to_id)
    contacts = [safe_contact_of(member) for member in members]
    if not contacts or any(contact is None for contact in contacts):
        return _by_the_duo(by, opened, "safe contact unknown")
    return _as_agreed(by, opened, [contact for contact in contacts if contact])


def _as_agreed(by: Viewer, opened: OpenFamily, contacts: list[SafeContact]) -> Reach:
    """What every row allows. "Only after nine" and "say that you are the dentist" are kept by people, not by machines."""
    if any(contact.when or contact.as_whom or contact.note for contact in contacts):
        return _by_the_duo(by, opened, "agreements only people can keep")
    found = {}
    for channel, way, field_name in (("mail", Channel.EMAIL, "email"), ("sms", Channel.SMS, "phone")):
        address = next((text for contact in contacts if (text := getattr(contact, field_name))), "")
        if address and not any(may_reach(contact, way) for contact in contacts):
            found[channel] = address
    if found:
        return Reach(found)
    if all(not may_reach(contact, Channel.PORTAL) for contact in contacts):
        return Reach(why="portal only")
    return _by_the_duo(by, opened, "no way to send agreed")


def _by_the_duo(by: Viewer, opened: OpenFamily, why: str) -> Reach:
    """Ask them to tell it in person."""
    from kring.notices.actions import tell

    for professional_id in sorted(_who_holds(opened)):
        tell(by=by, to_id=professional_id, to_kind="professional", kind="notices.tell_in_person", family_id=opened.id)
    return Reach(why=why, handed_over=True)


def _who_holds(opened: OpenFamily) -> set[uuid.UUID]:
    """Fixed face, deputy and who watches; while only a desk watches, everybody of that desk."""
    circle = opened.circle
    holders = [one for one in (circle.fixed_face_id, circle.deputy_id, circle.sight_owner_id) if one]
    members = list(Membership.objects.filter(pk__in=holders))
    if named := {member.professional_id for member in members if member.professional_id}:
        return named
    desks = [member.desk_id for member in members if member.desk_id]
    found = appointments_on(timezone.localdate()).filter(organisation_id__in=desks, role=Role.DESK)
    return set(found.values_list("professional_id", flat=True))
