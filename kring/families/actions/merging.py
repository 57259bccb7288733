"""Two rows that are one human, and the same human in two families; each can be undone."""

import uuid
from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kring.circle.access import ensure_open, require
from kring.families import rules
from kring.families.actions.people import FACTS, has_portal, locked, renew_keys
from kring.families.models import CitizenNumber, FamilyMember, MemberMerge, PersonLink
from kring.lifecycle.action import action, record
from kring.lifecycle.reasons import NotAllowed, Reason, demand
from kring.locks.secret import normalised
from kring.locks.subject import Viewer

MERGED_FACTS = FACTS - {"no_bsn_reason"}
TOGETHER = {"born_on", "born_precision", "born_words", "unborn", "expected_on"}  # a birth is one fact


@action
def merge_members(
    *, by: Viewer, kept: FamilyMember, merged: FamilyMember, reason: str, take: Collection[str] = ()
) -> MemberMerge:
    """These two are one human. `take` names facts taken over from the merged one; what was empty is filled anyway.

    Everything that was written about the merged member stays on its row and is read through `merged_into`.
    """
    require(by, kept.family_id, "families.merge")
    ensure_open(by, kept.family_id, "gezinsleden samenvoegen")
    # Always in the same order, so that two who merge at once wait for each other instead of locking for ever.
    rows = {row.pk: row for row in FamilyMember.objects.select_for_update(of=("self",)).filter(
        pk__in=[kept.pk, merged.pk]).order_by("pk")}  # fmt: skip
    kept, merged = rows.get(kept.pk, kept), rows.get(merged.pk, merged)
    numbers = {held.bsn for held in CitizenNumber.objects.filter(member__in=[kept, merged])}
    demand(rules.may_merge(kept, merged), rules.have_one_number(numbers), family_id=kept.family_id)
    took = _take_over(kept, merged, set(take))
    if has_portal(merged) and not has_portal(kept):
        took["person_id"] = [str(kept.person_id), str(merged.person_id)]
        kept.person_id = merged.person_id
    kept.save()
    merged.merged_into, merged.version = kept, merged.version + 1
    merged.save(update_fields=["merged_into", "version"])
    merge = MemberMerge.objects.create(
        family_id=kept.family_id, kept=kept, merged=merged, took=took, reason=reason, by_id=by.id, at=timezone.now()
    )
    renew_keys(by, kept)
    record(
        "families.members_merged", by=by, family_id=kept.family_id, member_id=kept.id, merged_id=merged.id,
        merge_id=merge.id,
    )  # fmt: skip
    return merge


@action
def unmerge_members(*, by: Viewer, merge: MemberMerge, reason: str) -> MemberMerge:
    """They were two after all. What was taken over goes back, unless somebody changed it since; both are members again."""
    require(by, merge.family_id, "families.merge")
    ensure_open(by, merge.family_id, "samenvoegen terugdraaien")
    fresh: MemberMerge = locked(merge, None)
    if fresh.undone_at:
        raise NotAllowed([Reason("undone", _("Dit is al teruggedraaid."), "B15")], fresh.family_id)
    rows = {row.pk: row for row in FamilyMember.objects.select_for_update(of=("self",)).filter(
        pk__in=[fresh.kept_id, fresh.merged_id]).order_by("pk")}  # fmt: skip
    kept, merged = rows[fresh.kept_id], rows[fresh.merged_id]
    for name, (before, taken) in fresh.took.items():
        if _plain(getattr(kept, name)) == taken:
            setattr(kept, name, _back(name, before))
    _sort(kept)
    kept.version += 1
    kept.save()
    merged.merged_into, merged.version = None, merged.version + 1
    merged.save(update_fields=["merged_into", "version"])
    fresh.undone_at, fresh.undone_by_id, fresh.undone_reason = timezone.now(), by.id, reason
    fresh.version += 1
    fresh.save()
    renew_keys(by, kept)
    record(
        "families.members_unmerged", by=by, family_id=kept.family_id, member_id=kept.id, merged_id=merged.id,
        merge_id=fresh.id,
    )  # fmt: skip
    return fresh


@action
def link_person(*, by: Viewer, member: FamilyMember, same_as: FamilyMember, reason: str) -> PersonLink:
    """This member is the same human as one in another family; `by` stands in both circles, and neither circle learns of
    the other. Nobody's access changes: who has an own portal is not moved."""
    require(by, member.family_id, "families.link_person")
    require(by, same_as.family_id, "families.link_person")
    ensure_open(by, member.family_id, "gezinslid bijwerken")
    fresh: FamilyMember = locked(member, None)
    if has_portal(fresh):
        raise NotAllowed(
            [Reason("portal", _("Deze persoon heeft een eigen portaal. Koppel de andere kant op."), "B15")],
            fresh.family_id,
        )
    link = PersonLink.objects.create(
        family_id=fresh.family_id, member=fresh, former_person_id=fresh.person_id, person_id=same_as.person_id,
        reason=reason, by_id=by.id, at=timezone.now(),
    )  # fmt: skip
    fresh.person_id, fresh.version = same_as.person_id, fresh.version + 1
    fresh.save(update_fields=["person_id", "version"])
    record("families.person_linked", by=by, family_id=fresh.family_id, member_id=fresh.id, link_id=link.id)
    return link


@action
def unlink_person(*, by: Viewer, link: PersonLink) -> PersonLink:
    """They are two humans: the member gets back the person it was."""
    require(by, link.family_id, "families.link_person")
    ensure_open(by, link.family_id, "gezinslid bijwerken")
    fresh: PersonLink = locked(link, None)
    if fresh.undone_at:
        raise NotAllowed([Reason("undone", _("Dit is al teruggedraaid."), "B15")], fresh.family_id)
    FamilyMember.objects.filter(pk=fresh.member_id, person_id=fresh.person_id).update(person_id=fresh.former_person_id)
    fresh.undone_at, fresh.undone_by_id, fresh.version = timezone.now(), by.id, fresh.version + 1
    fresh.save()
    record("families.person_unlinked", by=by, family_id=fresh.family_id, member_id=fresh.member_id, link_id=fresh.id)
    return fresh


def _take_over(kept: FamilyMember, merged: FamilyMember, take: set[str]) -> dict[str, list[Any]]:
    """Change `kept`, and return per field what stood before and what was taken."""
    if (kept.birth.precision == "unknown" and not kept.unborn and (merged.born_on or merged.unborn)) or take & TOGETHER:
        take = take | TOGETHER
    took = {}
    for name in sorted(MERGED_FACTS):
        before, theirs = getattr(kept, name), getattr(merged, name)
        wanted = name in take or (name not in TOGETHER and before in ("", None, "unknown") and theirs)
        if wanted and before != theirs:
            took[name] = [_plain(before), _plain(theirs)]
            setattr(kept, name, theirs)
    _sort(kept)
    kept.version += 1
    return took


def _sort(member: FamilyMember) -> None:
    member.sort_name = normalised(f"{member.surname} {member.called or member.given_names or member.initials}")


def _plain(value: Any) -> Any:
    if isinstance(value, uuid.UUID):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _back(name: str, value: Any) -> Any:
    if name == "person_id":
        return uuid.UUID(value)
    return date.fromisoformat(value) if value and name.endswith("_on") else value
