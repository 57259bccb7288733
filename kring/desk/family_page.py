"""What the family page shows, gathered from the rooms for an opened family."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.accountability.queries import who_looked
from kring.circle import queries as circles
from kring.circle.access import OpenFamily
from kring.circle.models import Membership
from kring.desk.queries import everything_waiting
from kring.families import queries as people
from kring.families.models import FamilyMember, Standing
from kring.intake import queries as intake
from kring.lifecycle.models import Happening
from kring.lifecycle.words import sentence
from kring.locks.subject import Viewer
from kring.ui.circle_picture import Node
from kring.ui.initials import initials


def page(viewer: Viewer, family: OpenFamily) -> dict[str, Any]:
    """The context of `desk/family.html`."""
    members = circles.members_of_circle(family)
    relatives = people.members_of(family)
    nodes = picture(family, members, relatives)
    return {
        "family": family,
        "facts": circles.facts(family, members),
        "nodes": nodes,
        "sentence": in_words(relatives, members),
        "needed": [one for one in everything_waiting(viewer, family.id) if one.family_id == family.id],
        "looked": who_looked(viewer, family.id, most=4),
        "reports": intake.reports_of(family.id)[:5],
        "dangers": people.dangers_of(family),
        "happened": happened(family),
    }


def happened(family: OpenFamily) -> list[tuple[Happening, str, str]]:
    """The last things done, in words, with who did them as far as this viewer may know."""
    names = {member.professional_id: circles.name_of(member) for member in circles.everybody_ever(family)}
    recent = [one for one in circles.happenings(family.id, 24) if sentence(one.kind)][:8]
    return [(one, sentence(one.kind), names.get(one.by_id, _("Kring"))) for one in recent]


def picture(family: OpenFamily, members: list[Membership], relatives: list[FamilyMember]) -> list[Node]:
    """Family in the middle, own network around it, professionals outside; the fixed face stands out."""
    nodes = [_relative(family, one) for one in relatives]
    for member in members:
        if not member.professional and not member.desk:
            continue
        name = circles.name_of(member)
        short = member.professional.given_name if member.professional else name
        nodes.append(
            Node(
                label=short,
                initials=initials(name),
                ring="outer",
                href=reverse("circle:people", args=[family.id]),
                sublabel=_task(family, member),
                emphasised=member.id == family.circle.fixed_face_id,
            )
        )
    return nodes


def _relative(family: OpenFamily, one: FamilyMember) -> Node:
    ages = one.birth.ages(timezone.localdate())
    age = f" · {ages[0]}" if ages and ages[0] == ages[1] and not one.died_on else ""
    name = one.called or one.given_names.split(" ")[0] or one.name
    return Node(
        label=f"{name}{age}" if one.standing == Standing.MEMBER else name,
        initials=initials(one.name),
        ring="inner" if one.standing == Standing.MEMBER else "network",
        href=reverse("families:member", args=[family.id, one.id]),
    )


def _task(family: OpenFamily, member: Membership) -> str:
    tasks = {
        family.circle.fixed_face_id: _("vast gezicht"),
        family.circle.deputy_id: _("vervanger"),
        family.circle.sight_owner_id: _("zicht op veiligheid"),
    }
    return tasks.get(member.id) or str(member.get_role_display()).lower()


def in_words(relatives: list[FamilyMember], members: list[Membership]) -> str:
    """What a screen reader hears instead of the drawing; the list follows."""
    inside = sum(one.standing == Standing.MEMBER for one in relatives)
    return _("De kring: %(family)d mensen in het gezin, %(around)d eromheen. De namen staan in de lijst.") % {
        "family": inside,
        "around": len(members) + len(relatives) - inside,
    }
