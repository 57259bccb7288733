"""What an emergency card says: the sections that rooms registered with `on_card`, and duty's own two.

Left out, always: every address, school, phone of a member, and whatever the circle keeps among some of its members. A
card is read by somebody whom the family does not know, perhaps in the presence of the one who is dangerous.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from kring.accounts.models import Professional
from kring.circle.access import OpenFamily, is_active
from kring.circle.models import Audience, Membership
from kring.families.models import FamilyMember, Standing
from kring.families.queries import dangers_of, homes_of, people_of
from kring.lifecycle.hooks import registered

Section = tuple[str, list[str]]
OPEN = (Audience.EVERYONE, Audience.PROFESSIONALS)


def card_of(opened: OpenFamily) -> list[Section]:
    """Every section that has a line, the danger first."""
    from_rooms: list[tuple[str, str]] = [line for room in registered("card").values() for line in room(opened.id)]
    return [
        section
        for section in (danger(opened), *_grouped(from_rooms), who_live_there(opened), whom_to_call(opened))
        if section[1]
    ]


def _grouped(lines: Iterable[tuple[str, str]]) -> list[Section]:
    sections: dict[str, list[str]] = {}
    for heading, line in lines:
        sections.setdefault(heading, []).append(line)
    return list(sections.items())


def danger(opened: OpenFamily) -> Section:
    """Danger at the door (harm B44)."""
    alone = _("Ga niet alleen.")
    return _("Gevaar aan de deur"), [
        f"{one.what} {alone}" if one.not_alone else one.what for one in dangers_of(opened) if one.audience in OPEN
    ]


def who_live_there(opened: OpenFamily) -> Section:
    """Who belong together, without saying where. A secret home looks like one whose address nobody wrote down."""
    everybody = people_of(opened)
    left = {one.id: one for one in everybody.members if one.standing == Standing.MEMBER}
    lines = []
    for home in homes_of(opened, everybody):
        here = [one for stay, one in home.stays if stay.until_on is None and one.standing == Standing.MEMBER]
        if home.is_now() and here:
            lines.append(f"{home.household.label}: {', '.join(_in_short(one) for one in here)}")
            left = {key: one for key, one in left.items() if one not in here}
    return _("Wie er wonen"), [*lines, *map(_in_short, left.values())]


def _in_short(member: FamilyMember) -> str:
    """A name and, when it is known, a year of birth: enough to count the children."""
    return f"{member.name} ({member.born_on.year})" if member.born_on else member.name


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
