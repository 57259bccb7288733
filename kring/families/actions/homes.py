"""Every change to where people live, and to what gives a place away."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from kring.circle.access import ensure_open, require
from kring.circle.actions import narrow_contact_cards
from kring.circle.models import Audience, Family
from kring.families import lookup, rules
from kring.families.actions.people import locked, same_version, write_keys
from kring.families.models import (
    Address,
    FamilyMember,
    Household,
    LivesThere,
    LookupKind,
    PlaceClue,
    Residence,
    SafeContact,
    SecretAddress,
)
from kring.lifecycle.action import action, record
from kring.lifecycle.models import Happening
from kring.lifecycle.reasons import demand
from kring.locks.subject import Viewer

ADDRESS_FACTS = frozenset(["street", "house_number", "postcode", "town", "country", "municipality_code", "note"])


@action
def start_household(
    *, by: Viewer, family: Family, label: str = "", members: Sequence[FamilyMember] = (), from_on: date | None = None,
    until_on: date | None = None, how: str = LivesThere.FULLY,
) -> Household:  # fmt: skip
    """Somebody lives somewhere, alone or together. The label says with whom, never where."""
    require(by, family.id, "families.write_home")
    ensure_open(by, family.id, "woonsituatie vastleggen")
    demand(rules.are_of_one_family(family.id, members), family_id=family.id)
    household = Household.objects.create(
        family=family, label=label or _label(members), from_on=from_on, until_on=until_on
    )
    for member in members:
        _move_in(household, member, how, from_on, until_on)
    record("families.household_started", by=by, family_id=family.id, household_id=household.id)
    return household


@action
def change_household(
    *, by: Viewer, household: Household, version: int | None = None, label: str, from_on: date | None, until_on: date | None
) -> Household:  # fmt: skip
    """Correct the label or the dates; an end date ends every stay in it that was still open."""
    require(by, household.family_id, "families.write_home")
    ensure_open(by, household.family_id, "woonsituatie wijzigen")
    fresh: Household = locked(household, version)
    fresh.label, fresh.from_on, fresh.until_on, fresh.version = label, from_on, until_on, fresh.version + 1
    fresh.save()
    if until_on:
        Residence.objects.filter(household=fresh, until_on__isnull=True).filter(
            Q(from_on__isnull=True) | Q(from_on__lte=until_on)
        ).update(until_on=until_on)
    record("families.household_changed", by=by, family_id=fresh.family_id, household_id=fresh.id)
    return fresh


@action
def move_in(
    *, by: Viewer, household: Household, member: FamilyMember, how: str = LivesThere.FULLY,
    from_on: date | None = None, until_on: date | None = None,
) -> Residence:  # fmt: skip
    """A member lives here from a day on; in one household, another may stay theirs too (co-parenting)."""
    require(by, household.family_id, "families.write_home")
    ensure_open(by, household.family_id, "woonsituatie wijzigen")
    demand(rules.are_of_one_family(household.family_id, [member]), family_id=household.family_id)
    residence = _move_in(household, member, how, from_on, until_on)
    if SecretAddress.objects.filter(household=household).exists():
        _hide_clues(household.family_id, [member.id], by)
    record("families.moved_in", by=by, family_id=household.family_id, household_id=household.id, member_id=member.id)
    return residence


@action
def move_out(*, by: Viewer, residence: Residence, until_on: date) -> Residence:
    """A member no longer lives here; the row stays as what was."""
    require(by, residence.family_id, "families.write_home")
    ensure_open(by, residence.family_id, "woonsituatie wijzigen")
    fresh: Residence = locked(residence, None)
    fresh.until_on, fresh.version = until_on, fresh.version + 1
    fresh.save(update_fields=["until_on", "version"])
    record("families.moved_out", by=by, family_id=fresh.family_id, member_id=fresh.member_id)
    return fresh


@action
def set_address(*, by: Viewer, household: Household, version: int | None = None, **facts: str) -> Address:
    """The address that the circle may know. Where a secret one stands, that must be ended first."""
    require(by, household.family_id, "families.write_home")
    ensure_open(by, household.family_id, "adres vastleggen")
    _known(facts, ADDRESS_FACTS)
    hidden = SecretAddress.objects.filter(household=household).exists()
    demand(rules.may_be_open(hidden), family_id=household.family_id)
    Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    now = Address.objects.filter(household=household).first()
    same_version(now, version)
    address = now or Address(family_id=household.family_id, household=household)
    for name, value in facts.items():
        setattr(address, name, value)
    address.version += 1 if now else 0
    address.save(force_insert=now is None)
    keys: list[lookup.Key] = []
    if address.postcode and address.house_number:
        keys = [(LookupKind.ADDRESS, lookup.of_address(address.postcode, address.house_number))]
    write_keys(household.family_id, household.id, keys, [LookupKind.ADDRESS])
    record("families.address_set", by=by, family_id=household.family_id, household_id=household.id)
    return address


@action
def set_secret_address(
    *, by: Viewer, household: Household, version: int | None = None, named: Iterable[uuid.UUID] = (), **facts: str
) -> SecretAddress:
    """The address is secret: it moves out of the open table, nobody finds the family by it any more, and every clue to
    the place of who lives there is narrowed to the duo and those named (harm B4)."""
    require(by, household.family_id, "families.write_secret_address")
    ensure_open(by, household.family_id, "adres vastleggen")
    _known(facts, (ADDRESS_FACTS - {"municipality_code"}) | {"organisation"})
    Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    Address.objects.filter(household=household).delete()
    write_keys(household.family_id, household.id, [], [LookupKind.ADDRESS])
    now = SecretAddress.objects.filter(household=household).order_by("-recorded_at").first()
    same_version(now, version)
    secret = now or SecretAddress(family_id=household.family_id, household=household)
    for name, value in facts.items():
        setattr(secret, name, value)
    living = _who_live_there(household)
    own = [member.person_id for member in living]
    secret.audience, secret.audience_ids = Audience.DUO, _named(*named, *own, *secret.audience_ids, by.id)
    secret.version += 1 if now else 0
    secret.save(force_insert=now is None)
    _hide_clues(household.family_id, [member.id for member in living], by)
    record(
        "families.secret_address_set", by=by, family_id=household.family_id, audience=Audience.DUO,
        household_id=household.id,
    )  # fmt: skip
    return secret


@action
def end_secrecy(*, by: Viewer, household: Household) -> None:
    """The address need not be secret any more: it is taken away, and can then be written in the open by a person."""
    require(by, household.family_id, "families.write_secret_address")
    ensure_open(by, household.family_id, "adres vastleggen")
    SecretAddress.objects.filter(household=household).delete()
    record(
        "families.secrecy_ended", by=by, family_id=household.family_id, audience=Audience.DUO, household_id=household.id
    )


@action
def add_place_clue(
    *, by: Viewer, member: FamilyMember, kind: str, text: str, from_on: date | None = None, secret: bool | None = None
) -> PlaceClue:
    """A school, a phone, a GP, a town: kept like an address. `secret` left open follows where the member lives."""
    require(by, member.family_id, "families.write_place_clue")
    ensure_open(by, member.family_id, "bereikbaarheid vastleggen")
    hide = lives_secretly(member) if secret is None else secret
    clue = PlaceClue.objects.create(
        family_id=member.family_id, member=member, kind=kind, text=text, from_on=from_on,
        audience=Audience.DUO if hide else Audience.PROFESSIONALS, audience_ids=_named(member.person_id, by.id),
    )  # fmt: skip
    record("families.place_clue_added", by=by, family_id=member.family_id, audience=clue.audience, member_id=member.id)
    return clue


@action
def end_place_clue(*, by: Viewer, clue: PlaceClue, until_on: date) -> None:
    """This school, phone or place is no longer theirs."""
    require(by, clue.family_id, "families.write_place_clue")
    ensure_open(by, clue.family_id, "bereikbaarheid wijzigen")
    fresh: PlaceClue = locked(clue, None)
    fresh.until_on, fresh.version = until_on, fresh.version + 1
    fresh.save(update_fields=["until_on", "version"])
    record(
        "families.place_clue_ended",
        by=by,
        family_id=fresh.family_id,
        audience=fresh.audience,
        member_id=fresh.member_id,
    )


def lives_secretly(member: FamilyMember) -> bool:
    """Does this member live now at a secret address, as far as the one who acts may know?"""
    homes = Residence.objects.filter(member=member, until_on__isnull=True).values("household_id")
    return SecretAddress.objects.filter(household_id__in=homes).exists()


def _label(members: Sequence[FamilyMember]) -> str:
    names = " · ".join(member.called or member.given_names or member.name for member in members[:3])
    return names[:80] or "Woonsituatie"


def _move_in(
    household: Household, member: FamilyMember, how: str, from_on: date | None, until_on: date | None
) -> Residence:
    return Residence.objects.create(
        family_id=household.family_id, household=household, member=member, how=how, from_on=from_on, until_on=until_on
    )


def _who_live_there(household: Household) -> list[FamilyMember]:
    today = timezone.localdate()
    rows = Residence.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=today), household=household)
    return [row.member for row in rows.select_related("member")]


def _hide_clues(family_id: uuid.UUID, member_ids: list[uuid.UUID], by: Viewer) -> None:
    """Row by row: each keeps the person it is about among those who may know."""
    for model in (PlaceClue, SafeContact):
        for row in model.objects.filter(family_id=family_id, member_id__in=member_ids).select_related("member"):
            row.audience, row.audience_ids = Audience.DUO, _named(row.member.person_id, *row.audience_ids, by.id)
            row.version += 1
            row.save(update_fields=["audience", "audience_ids", "version"])
    narrow_contact_cards(family_id, member_ids, by.id)


def hide_new_card(happening: Happening) -> None:
    """A school's card that is written later, about somebody who lives at a secret address, is hidden at once."""
    living = Residence.objects.filter(family_id=happening.family_id, until_on__isnull=True)
    hidden = SecretAddress.objects.filter(family_id=happening.family_id).values("household_id")
    members = set(living.filter(household_id__in=hidden).values_list("member_id", flat=True))
    about = happening.payload.get("about_member_id")
    if members and (about is None or uuid.UUID(about) in members):
        narrow_contact_cards(happening.family_id, members, happening.by_id)


def _named(*ids: uuid.UUID) -> list[uuid.UUID]:
    return list(dict.fromkeys(ids))


def _known(facts: dict[str, Any], names: frozenset[str] | set[str]) -> None:
    if unknown := facts.keys() - names:
        raise TypeError(f"not a fact of an address: {', '.join(sorted(unknown))}")
