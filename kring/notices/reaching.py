"""Where somebody may be reached outside Kring, worked out at the moment of sending.

A professional is reached at work. A person is reached only as the safe contact says (harm B6); when that is unknown
nothing is sent, and the duo is asked to tell it in person.
"""

import uuid
from dataclasses import dataclass, field

from kring.accounts.models import Professional
from kring.circle.access import open_family
from kring.circle.models import Membership
from kring.locks.subject import Viewer
from kring.notices.models import DispatchState, Recipient


@dataclass(frozen=True)
class Reach:
    """Channel to address; empty with a reason why nothing goes out."""

    addresses: dict[str, str] = field(default_factory=dict)
    why: str = ""
    sender: str = ""
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
    if family_id is None:
        return Reach(why="no family: safe contact unknown")
    hand_over(by, family_id)
    return Reach(why="safe contact unknown", handed_over=True)


def hand_over(by: Viewer, family_id: uuid.UUID) -> None:
    """Ask the duo to tell it in person. Somebody always has it: at least who has sight on safety."""
    from kring.notices.actions import tell

    circle = open_family(by, family_id, "bericht overlaten aan het duo").circle
    holders = {circle.fixed_face_id, circle.deputy_id, circle.sight_owner_id} - {None}
    members = Membership.objects.filter(pk__in=holders, professional__isnull=False)
    for professional_id in sorted({member.professional_id for member in members}):
        tell(by=by, to_id=professional_id, to_kind="professional", kind="notices.tell_in_person", family_id=family_id)
