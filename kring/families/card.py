"""What an emergency card shows of the people: who live there, and danger at the door. Never a secret address."""

import uuid

from django.utils import timezone
from django.utils.translation import gettext as _

from kring.families.models import DoorDanger, FamilyMember, Standing
from kring.families.pages import age_of


def card(family_id: uuid.UUID) -> list[tuple[str, str]]:
    """Lines of heading and text, inside an opened family; danger first."""
    today = timezone.localdate()
    lines = [
        (_("Gevaar aan de deur"), f"{danger.what} {_('Ga nooit alleen.') if danger.not_alone else ''}".strip())
        for danger in DoorDanger.objects.filter(family_id=family_id, ended_on__isnull=True).order_by("since_on")
    ]
    members = FamilyMember.objects.filter(
        family_id=family_id, merged_into__isnull=True, died_on__isnull=True, standing=Standing.MEMBER
    ).order_by("born_on", "sort_name")
    return lines + [(_("Gezinsleden"), f"{member.name}, {age_of(member, today)}") for member in members]
