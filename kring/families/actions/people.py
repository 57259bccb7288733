"""Every change to who belongs to a family."""

import uuid
from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone
from stdnum.nl import bsn as eleven_test

from kring.accounts.queries import powers_held
from kring.circle.access import ensure_open, require
from kring.circle.models import Family, Membership
from kring.families import lookup, rules
from kring.families.models import CitizenNumber, FamilyMember, LookupKind, NoBsnReason
from kring.lifecycle.action import action, record
from kring.lifecycle.reasons import Conflict, Reason, demand
from kring.locks.secret import normalised
from kring.locks.subject import Viewer

FACTS = frozenset(
    [
        "given_names",
        "called",
        "initials",
        "prefix",
        "surname",
        "gender",
        "born_on",
        "born_precision",
        "born_words",
        "unborn",
        "expected_on",
        "died_on",
        "birth_place",
        "birth_country",
        "nationality",
        "standing",
        "no_bsn_reason",
    ]
)


@action
def add_member(*, by: Viewer, family: Family, bsn: str = "", **facts: Any) -> FamilyMember:
    """Add somebody to a family, with what is known. A full `born_on` without a precision is taken as the day.

    A BSN that the organisation may not hold is refused to a professional; from a message or the public page it is left
    out, since a report is never refused (the original keeps it).
    """
    require(by, family.id, "families.add_member")
    ensure_open(by, family.id, "gezinslid toevoegen")
    member = FamilyMember(family=family, person_id=person_for(b""))
    _fill(member, facts)
    member.save(force_insert=True)
    record("families.member_added", by=by, family_id=family.id, member_id=member.id)
    if bsn:
        _take_bsn(by, member, bsn)
    renew_keys(by, member)
    return member


@action
def change_member(
    *, by: Viewer, member: FamilyMember, version: int | None = None, bsn: str | None = None, **facts: Any
) -> FamilyMember:
    """Correct or complete what is known of a member. `version` is the one the form showed; `bsn=""` removes the number."""
    require(by, member.family_id, "families.change_member")
    ensure_open(by, member.family_id, "gezinslid wijzigen")
    fresh: FamilyMember = locked(member, version)
    before = fresh.born_on, fresh.born_precision
    _fill(fresh, facts)
    fresh.version += 1
    fresh.save()
    if bsn is not None:
        _take_bsn(by, fresh, bsn)
    renew_keys(by, fresh, birth_changed=(fresh.born_on, fresh.born_precision) != before)
    record("families.member_changed", by=by, family_id=fresh.family_id, member_id=fresh.id, fields=sorted(facts))
    return fresh


def person_for(identity: bytes) -> uuid.UUID:
    with connection.cursor() as cursor:
        cursor.execute("select sec.person_for(%s)", [identity or None])
        found: uuid.UUID = cursor.fetchone()[0]
        return found


def locked(row: Any, version: int | None) -> Any:
    """The row as it stands now, locked; Conflict when somebody else changed it since `version` was shown."""
    fresh = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    if version is not None and fresh.version != version:
        raise Conflict
    return fresh


def same_version(row: Any, version: int | None) -> None:
    """For what need not stand yet: `version` 0 says that the form showed nothing. Lock its parent first."""
    if version is not None and version != (row.version if row else 0):
        raise Conflict


def _fill(member: FamilyMember, facts: dict[str, Any]) -> None:
    if unknown := facts.keys() - FACTS:
        raise TypeError(f"not a fact of a family member: {', '.join(sorted(unknown))}")
    for name, value in facts.items():
        setattr(member, name, value)
    if "born_on" in facts and "born_precision" not in facts:
        member.born_precision = "day" if member.born_on else "unknown"
    if member.born_on is None:
        member.born_precision = "unknown"
    if member.born_on is not None:
        member.unborn, member.expected_on = False, None
    member.sort_name = normalised(f"{member.surname} {member.called or member.given_names or member.initials}")


def powers_for(by: Viewer, family_id: uuid.UUID, today: date) -> set[str]:
    """Powers of the mother organisation; of a message or public report: those of the desk that receives it."""
    where = by.organisation_id
    if where is None:
        desk = Membership.objects.filter(family_id=family_id, role="receiving_desk").first()
        where = desk.desk_id if desk else None
    return powers_held(where, today)


def _take_bsn(by: Viewer, member: FamilyMember, bsn: str) -> None:
    """Hold the number, or remove it. The same number gives the same person, in whatever family."""
    today = timezone.localdate()
    held = CitizenNumber.objects.filter(member=member).first()
    since = held.held_since_on if held else None
    not_ours = rules.may_hold_bsn(powers_for(by, member.family_id, today), member.birth, since, today)
    if not bsn:
        if held:
            demand(not_ours, family_id=member.family_id)  # who may not see a number does not take it away either
            held.delete()
            record("families.bsn_removed", by=by, family_id=member.family_id, member_id=member.id)
        return
    number = eleven_test.compact(bsn)
    against = [*rules.is_a_bsn(number), *not_ours]
    if against and by.kind != "professional":
        _leave_bsn_out(by, member, against)
        return
    demand(against, family_id=member.family_id)
    if held and held.bsn == number:
        return
    CitizenNumber.objects.update_or_create(
        member=member,
        defaults={"bsn": number, "version": held.version + 1 if held else 1},
        create_defaults={"family_id": member.family_id, "bsn": number, "held_since_on": today},
    )
    _become(member, person_for(lookup.of_bsn(number)))
    record("families.bsn_held", by=by, family_id=member.family_id, member_id=member.id)


def _leave_bsn_out(by: Viewer, member: FamilyMember, against: list[Reason]) -> None:
    member.no_bsn_reason = NoBsnReason.NOT_ALLOWED
    member.save(update_fields=["no_bsn_reason"])
    record(
        "families.bsn_left_out", by=by, family_id=member.family_id, member_id=member.id,
        reasons=[reason.code for reason in against],
    )  # fmt: skip


def _become(member: FamilyMember, person_id: uuid.UUID) -> None:
    """Who has an own portal keeps the person they sign in as; a number never moves somebody's access."""
    if member.person_id != person_id and not has_portal(member):
        member.person_id = person_id
        member.save(update_fields=["person_id"])


def has_portal(member: FamilyMember) -> bool:
    return Membership.objects.filter(
        family_id=member.family_id, person_id=member.person_id, until_at__isnull=True
    ).exists()


def renew_keys(by: Viewer, member: FamilyMember, birth_changed: bool = True) -> None:
    """Keep the keyed hashes a family can be found by equal to what is known now.

    Who may not read the number can't renew its keys: they stay, but not with a birth date that is no longer true.
    """
    held = CitizenNumber.objects.filter(member=member).first()
    replacing = list(LookupKind.values)
    if (
        held is None
        and by.kind == "professional"
        and "hold_bsn" not in powers_for(by, member.family_id, timezone.localdate())
    ):
        replacing = [LookupKind.SURNAME_BIRTH, *([LookupKind.BSN_BIRTH] if birth_changed else [])]
    write_keys(member.family_id, member.id, lookup.keys_of_member(member, held.bsn if held else ""), replacing)


def write_keys(family_id: uuid.UUID, of_id: uuid.UUID, keys: list[lookup.Key], replacing: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select sec.set_lookup_keys(%s, %s, %s::text[], %s::text[], %s::bytea[])",
            [family_id, of_id, replacing, [kind for kind, _ in keys], [digest for _, digest in keys]],
        )
