"""What the pages about people show, gathered for an opened family, in words. A fixed number of queries a page."""

import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.accounts.queries import powers_held
from kring.circle.access import OpenFamily, acts_of
from kring.families import likeness, queries
from kring.families.models import Authority, AuthorityKind, FamilyMember, SafeContact, Standing
from kring.families.queries import Home, People
from kring.locks.subject import Viewer


@dataclass(frozen=True)
class Line:
    """One person in the list."""

    member: FamilyMember
    age: str
    notes: list[str] = field(default_factory=list)


def people_page(viewer: Viewer, opened: OpenFamily) -> dict[str, Any]:
    """The context of `families/people.html`."""
    people = queries.people_of(opened)
    contacts = queries.safe_contacts_of(opened, people)
    authorities = queries.authorities_of(opened, people)
    today = timezone.localdate()
    lines = [
        Line(member, age_of(member, today), _notes(member, contacts.get(member.id), authorities.get(member.id), today))
        for member in people.members
    ]
    return {
        "family": opened,
        "members": [line for line in lines if line.member.standing == Standing.MEMBER],
        "network": [line for line in lines if line.member.standing == Standing.NETWORK],
        "homes": queries.homes_of(opened, people),
        "dangers": queries.dangers_of(opened),
        "alike": likeness.likely_duplicates(opened, people.members),
        "merges": queries.merges_of(opened) if people.merged else [],
        "may": acts_of(opened.roles, "families"),
    }


def member_page(viewer: Viewer, opened: OpenFamily, member_id: uuid.UUID) -> dict[str, Any] | None:
    """The context of `families/member.html`; None when this viewer may see no such member."""
    people = queries.people_of(opened)
    member = people.get(member_id)
    if member is None:
        return None
    today = timezone.localdate()
    homes = queries.homes_where(opened, people, member)
    powers = powers_held(viewer.organisation_id, today)
    bsn, no_bsn = queries.bsn_for(viewer, member, powers)
    return {
        "family": opened,
        "member": member,
        "age": age_of(member, today),
        "facts": facts_of(member),
        "bsn": bsn,
        "no_bsn": no_bsn,
        "ties": queries.ties_of(opened, people)[member.id],
        "authority": _authority(opened, people, member, today),
        "contact": queries.safe_contacts_of(opened, people).get(member.id),
        "clues": queries.place_clues_of(opened, people)[member.id],
        "homes": [home for home in homes if _lives_there(home, today)],
        "former_homes": [home for home in homes if not _lives_there(home, today)],
        "may": acts_of(opened.roles, "families") - (set() if "know_elsewhere" in powers else {"ask_elsewhere"}),
    }


def home_page(opened: OpenFamily, home: Home) -> dict[str, Any]:
    """The context of `families/home.html`."""
    return {
        "family": opened,
        "home": home,
        "now": [(stay, who) for stay, who in home.stays if stay.until_on is None],
        "before": [(stay, who) for stay, who in home.stays if stay.until_on],
        "may": acts_of(opened.roles, "families"),
    }


def _lives_there(home: Home, today: date) -> bool:
    return home.is_now(today) and any(stay.until_on is None or stay.until_on >= today for stay, _who in home.stays)


def _authority(opened: OpenFamily, people: People, member: FamilyMember, today: date) -> dict[str, Any] | None:
    """Over whoever may be a child; of an adult there is none to show."""
    if member.is_child(today) is False or member.standing == Standing.NETWORK:
        return None
    now = queries.authorities_of(opened, people).get(member.id) or queries.nobody_established(member)
    holders = [holder.name for one in now.holders if (holder := people.get(one))]
    return {"now": now, "holders": [*holders, *([now.holder_words] if now.holder_words else [])]}


def _notes(member: FamilyMember, contact: SafeContact | None, authority: Authority | None, today: date) -> list[str]:
    """What is still unknown and matters: said plainly, since nothing may be built on it."""
    notes = []
    if member.standing == Standing.MEMBER and contact is None and not member.unborn and not member.died_on:
        notes.append(_("veilig contact onbekend"))
    if member.standing == Standing.MEMBER and member.is_child(today):
        if authority is None or authority.kind == AuthorityKind.UNKNOWN:
            notes.append(_("gezag niet vastgesteld"))
        elif authority.under_investigation:
            notes.append(_("gezag in onderzoek"))
    return notes


def age_of(member: FamilyMember, today: date) -> str:
    """The age as far as it is known: "14 jaar", "40 of 41 jaar", "nog niet geboren"."""
    if member.died_on:
        return _("overleden op %(day)s") % {"day": date_format(member.died_on)}
    if member.unborn:
        if member.expected_on:
            return _("nog niet geboren, verwacht %(day)s") % {"day": date_format(member.expected_on)}
        return _("nog niet geboren")
    ages = member.birth.ages(today)
    if ages is None:
        return member.born_words or _("leeftijd onbekend")
    if ages[0] == ages[1]:
        return ngettext("%(age)d jaar", "%(age)d jaar", ages[0]) % {"age": ages[0]}
    return _("%(young)d of %(old)d jaar") % {"young": ages[0], "old": ages[1]}


def birth_of(member: FamilyMember) -> str:
    """The birth date as precise as it is known, and what was said of it."""
    birth = member.birth
    if birth.earliest is None:
        known = ""
    elif birth.precision == "day":
        known = date_format(birth.earliest)
    else:
        known = date_format(birth.earliest, "F Y") if birth.precision == "month" else str(birth.year)
    said = f"“{member.born_words}”" if member.born_words else ""
    return " · ".join(part for part in (known, said) if part) or _("onbekend")


def facts_of(member: FamilyMember) -> list[tuple[str, str]]:
    """What is known, as term and value; what is empty is left out."""
    known = [
        (_("Voornamen"), member.given_names),
        (_("Voorletters"), member.initials),
        (_("Achternaam"), f"{member.prefix} {member.surname}".strip()),
        (_("Geboren"), birth_of(member)),
        (_("Geslacht"), member.get_gender_display()),
        (_("Nationaliteit"), member.nationality),
        (_("Geboren in"), ", ".join(part for part in (member.birth_place, member.birth_country) if part)),
    ]
    return [(term, str(value)) for term, value in known if value]
