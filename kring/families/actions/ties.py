"""Every change to relations and authority."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from kring.circle.access import ensure_open, require
from kring.families import rules
from kring.families.actions.people import locked, same_version
from kring.families.models import Authority, AuthoritySource, FamilyMember, Relation
from kring.lifecycle.action import action, record
from kring.lifecycle.reasons import demand
from kring.locks.subject import Viewer


@action
def relate(
    *, by: Viewer, member: FamilyMember, other: FamilyMember, kind: str, words: str = "", from_on: date | None = None
) -> Relation:
    """`member` is `kind` of `other` from now on, or from a day on. The same relation twice is one."""
    require(by, member.family_id, "families.relate")
    ensure_open(by, member.family_id, "relatie vastleggen")
    demand(rules.may_relate(member, other), family_id=member.family_id)
    there = Relation.objects.filter(member=member, other=other, kind=kind, until_on__isnull=True).first()
    if there:
        return there
    relation = Relation.objects.create(
        family_id=member.family_id, member=member, other=other, kind=kind, words=words, from_on=from_on
    )
    record(
        "families.related", by=by, family_id=member.family_id, relation_id=relation.id, member_id=member.id,
        other_id=other.id, relation=kind,
    )  # fmt: skip
    return relation


@action
def end_relation(*, by: Viewer, relation: Relation, until_on: date) -> Relation:
    """Partners become ex-partners: the old relation keeps its dates, the new one is written beside it."""
    require(by, relation.family_id, "families.relate")
    ensure_open(by, relation.family_id, "relatie wijzigen")
    fresh: Relation = locked(relation, None)
    fresh.until_on, fresh.version = until_on, fresh.version + 1
    fresh.save(update_fields=["until_on", "version"])
    record("families.relation_ended", by=by, family_id=fresh.family_id, relation_id=fresh.id, until=until_on)
    return fresh


@action
def set_authority(
    *, by: Viewer, child: FamilyMember, kind: str, holders: Sequence[FamilyMember] = (), holder_words: str = "",
    under_investigation: bool = False, explanation: str = "", source: str = AuthoritySource.SAID,
    from_on: date | None = None, version: int | None = None,
) -> Authority:  # fmt: skip
    """Who has authority over this child from now on. What stood before keeps its place in time.

    `version` is that of the row the form showed (0: none stood yet).
    """
    require(by, child.family_id, "families.set_authority")
    ensure_open(by, child.family_id, "gezag vastleggen")
    today = timezone.localdate()
    FamilyMember.objects.select_for_update(of=("self",)).get(pk=child.pk)  # two at once: the second sees the first
    demand(
        rules.may_set_authority(child, kind, holders, holder_words, today),
        rules.are_of_one_family(child.family_id, holders),
        family_id=child.family_id,
    )
    before = Authority.objects.filter(child=child, until_on__isnull=True).first()
    same_version(before, version)
    if before:
        before.until_on, before.version = from_on or today, before.version + 1
        before.save(update_fields=["until_on", "version"])
    authority = Authority.objects.create(
        family_id=child.family_id, child=child, kind=kind, holders=[holder.id for holder in holders],
        holder_words=holder_words, under_investigation=under_investigation, explanation=explanation, source=source,
        checked_on=today, from_on=from_on, version=before.version + 1 if before else 1,
    )  # fmt: skip
    record(
        "families.authority_set", by=by, family_id=child.family_id, member_id=child.id, authority=kind,
        under_investigation=under_investigation,
    )  # fmt: skip
    return authority
