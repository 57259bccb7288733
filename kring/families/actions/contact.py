"""Every change to how somebody may be reached, and to what a worker must know at the door."""

from datetime import date
from typing import Any

from django.utils import timezone

from kring.circle.access import ensure_open, require
from kring.circle.models import Audience, Family
from kring.families.actions.homes import lives_secretly
from kring.families.actions.people import locked, same_version
from kring.families.models import Channel, DoorDanger, FamilyMember, Household, SafeContact
from kring.families.queries import contact_that_holds
from kring.lifecycle.action import action, record
from kring.locks.subject import Viewer

CONTACT_FACTS = frozenset(
    [
        "channels",
        "phone",
        "email",
        "when",
        "as_whom",
        "who_may_know",
        "voicemail",
        "envelope_name",
        "meeting_place",
        "language",
        "interpreter",
        "hearing",
        "reading",
        "note",
        "checked_on",
    ]
)


@action
def set_safe_contact(*, by: Viewer, member: FamilyMember, version: int | None = None, **facts: Any) -> SafeContact:
    """How this person may be reached without harm, as they said themselves (harm B6). `version` 0: nothing stood yet."""
    require(by, member.family_id, "families.set_safe_contact")
    ensure_open(by, member.family_id, "veilig contact vastleggen")
    if unknown := facts.keys() - CONTACT_FACTS:
        raise TypeError(f"not a fact of safe contact: {', '.join(sorted(unknown))}")
    facts |= {"channels": [Channel(way).value for way in facts["channels"]]} if "channels" in facts else {}
    FamilyMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
    now = contact_that_holds(SafeContact.objects.filter(member=member))
    same_version(now, version)
    contact = now or SafeContact(family_id=member.family_id, member=member)
    contact.checked_on = timezone.localdate()
    for name, value in facts.items():
        setattr(contact, name, value)
    contact.audience = Audience.DUO if lives_secretly(member) else Audience.PROFESSIONALS
    contact.audience_ids = list(dict.fromkeys([*contact.audience_ids, member.person_id, by.id]))
    contact.version += 1 if now else 0
    contact.save(force_insert=now is None)
    record(
        "families.safe_contact_set", by=by, family_id=member.family_id, audience=contact.audience, member_id=member.id
    )
    return contact


@action
def warn_at_the_door(
    *, by: Viewer, family: Family, what: str, since_on: date, not_alone: bool = True, household: Household | None = None
) -> DoorDanger:
    """Danger at the door (harm B44): professionals of the circle and the emergency card read it, the family does not."""
    require(by, family.id, "families.warn_at_the_door")
    ensure_open(by, family.id, "gezin bijwerken")
    danger = DoorDanger.objects.create(
        family=family, household=household, what=what, not_alone=not_alone, since_on=since_on
    )
    record("families.danger_flagged", by=by, family_id=family.id, danger_id=danger.id)
    return danger


@action
def end_danger(*, by: Viewer, danger: DoorDanger, ended_on: date, reason: str) -> DoorDanger:
    """The danger is over, with the reason why we think so."""
    require(by, danger.family_id, "families.warn_at_the_door")
    ensure_open(by, danger.family_id, "gezin bijwerken")
    fresh: DoorDanger = locked(danger, None)
    fresh.ended_on, fresh.end_reason, fresh.version = ended_on, reason, fresh.version + 1
    fresh.save(update_fields=["ended_on", "end_reason", "version"])
    record("families.danger_ended", by=by, family_id=fresh.family_id, danger_id=fresh.id)
    return fresh
