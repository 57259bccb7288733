"""What an emergency card says: the lines that rooms registered with `on_card`, and whom to call.

Left out, always: every address, school, phone of a member, and whatever the circle keeps among some of its members. A
card is read by somebody whom the family does not know, perhaps in the presence of the one who is dangerous.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from kring.accounts.models import Professional
from kring.circle.access import OpenFamily, is_active
from kring.circle.models import Audience, Membership
from kring.lifecycle.hooks import registered

Section = tuple[str, list[str]]
OPEN = (Audience.EVERYONE, Audience.PROFESSIONALS)


def card_of(opened: OpenFamily) -> list[Section]:
    """Every section that has a line, in the order of the rooms; whom to call comes last."""
    lines = [line for room in registered("card").values() for line in room(opened.id)]
    return [*_grouped(lines), whom_to_call(opened)]


def _grouped(lines: Iterable[tuple[str, str]]) -> list[Section]:
    sections: dict[str, list[str]] = {}
    for heading, line in lines:
        sections.setdefault(heading, []).append(line)
    return list(sections.items())


def whom_to_call(opened: OpenFamily) -> Section:
    """Fixed face, deputy, who watches and the safety partner, unless the name itself tells a place (harm B4)."""
    circle = opened.circle
    words = {
        circle.fixed_face_id: _("vast gezicht"),
        circle.deputy_id: _("vervanger"),
        circle.sight_owner_id: _("zicht op veiligheid"),
    }
    active = Membership.objects.filter(family_id=opened.id, audience__in=OPEN, professional__isnull=False)
    lines = []
    for member in active.select_related("professional__organisation").order_by("from_at"):
        task = words.get(member.id) or (_("veiligheidspartner") if member.role == "safety_partner" else "")
        who = member.professional
        if task and who and is_active(member):
            lines.append(f"{_named(who)}, {task}: {who.phone or _('geen nummer')}")
    return _("Wie te bellen"), lines or [_("Bel het piket van Veilig Thuis.")]


def _named(who: Professional) -> str:
    name = who.name if who.shown_surname else who.given_name
    return f"{name} ({who.organisation.name})"
