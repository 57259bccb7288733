"""Every reading of a family's people and homes, for an opened family: row-level security leaves out what is not for this
viewer, and nothing here counts or hints at what was left out."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F, Q
from django.utils import timezone

from kring.accounts.queries import powers_held
from kring.circle.access import NotThere, OpenFamily
from kring.circle.models import Audience, Family
from kring.families import lookup, rules
from kring.families.models import (
    Address,
    Authority,
    AuthorityKind,
    CitizenNumber,
    DoorDanger,
    FamilyMember,
    Household,
    Inquiry,
    MemberMerge,
    PlaceClue,
    Relation,
    Residence,
    SafeContact,
    SecretAddress,
)
from kring.lifecycle.reasons import Reason
from kring.locks.subject import Viewer


def members_of(opened: OpenFamily) -> list[FamilyMember]:
    """Everybody of the family and its network that this viewer may see, oldest first, unborn and unknown last."""
    return people_of(opened).members


@dataclass(frozen=True)
class People:
    """Everybody of a family in one reading: who is shown, and who was merged into whom."""

    members: list[FamilyMember]
    merged: dict[uuid.UUID, uuid.UUID]

    def get(self, member_id: uuid.UUID) -> FamilyMember | None:
        """This member, or the one it was merged into; None for who this viewer may not see."""
        wanted = self.merged.get(member_id, member_id)
        return next((member for member in self.members if member.id == wanted), None)


def people_of(opened: OpenFamily) -> People:
    """One query, whatever the number."""
    rows = FamilyMember.objects.filter(family_id=opened.id).order_by(
        "standing", F("born_on").asc(nulls_last=True), "sort_name"
    )
    members = [row for row in rows if not row.merged_into_id]
    return People(members, {row.id: row.merged_into_id for row in rows if row.merged_into_id})


def member_of(opened: OpenFamily, member_id: uuid.UUID) -> FamilyMember:
    """One member; who was merged into another answers as that other. NotThere for hidden and absent alike."""
    found = FamilyMember.objects.filter(family_id=opened.id, pk=member_id).select_related("merged_into").first()
    if found is None:
        raise NotThere(opened.id, "gezinslid")
    return found.merged_into or found


def row_of(opened: OpenFamily, model: type[Any], pk: uuid.UUID) -> Any:
    """One row of this family, or NotThere."""
    found = model.objects.filter(family_id=opened.id, pk=pk).first()
    if found is None:
        raise NotThere(opened.id, model._meta.model_name)
    return found


def same_as(opened: OpenFamily, member: FamilyMember) -> list[uuid.UUID]:
    """The ids under which rooms may have written about this member: its own and those merged into it."""
    merged = FamilyMember.objects.filter(family_id=opened.id, merged_into=member).values_list("id", flat=True)
    return [member.id, *merged]


@dataclass
class Home:
    """A household with who live there, and its address as far as this viewer may know one."""

    household: Household
    stays: list[tuple[Residence, FamilyMember]] = field(default_factory=list)
    address: Address | None = None
    secret: SecretAddress | None = None

    def is_now(self, today: date | None = None) -> bool:
        until = self.household.until_on
        return until is None or until >= (today or timezone.localdate())


def homes_of(opened: OpenFamily, people: People) -> list[Home]:
    """Every household, those of now first. Three queries, whatever the number."""
    households = Household.objects.filter(family_id=opened.id).select_related("address").order_by(
        F("until_on").desc(nulls_first=True), F("from_on").desc(nulls_last=True), "recorded_at"
    )  # fmt: skip
    homes = {row.pk: Home(row, address=getattr(row, "address", None)) for row in households}
    for stay in Residence.objects.filter(family_id=opened.id).order_by(F("from_on").asc(nulls_first=True)):
        if member := people.get(stay.member_id):
            homes[stay.household_id].stays.append((stay, member))
    for secret in SecretAddress.objects.filter(family_id=opened.id).order_by("recorded_at"):
        homes[secret.household_id].secret = secret
    return list(homes.values())


def home_of(opened: OpenFamily, household_id: uuid.UUID) -> Home:
    """One household, or NotThere."""
    homes = homes_of(opened, people_of(opened))
    found = next((home for home in homes if home.household.pk == household_id), None)
    if found is None:
        raise NotThere(opened.id, "woonsituatie")
    return found


@dataclass(frozen=True)
class Tie:
    """A relation seen from one member: `kind` is what the other is to that member."""

    relation: Relation
    other: FamilyMember
    kind: str
    mirrored: bool

    @property
    def is_now(self) -> bool:
        return self.relation.until_on is None or self.relation.until_on >= timezone.localdate()


def ties_of(opened: OpenFamily, people: People) -> dict[uuid.UUID, list[Tie]]:
    """Per member what the others are to them. A relation with somebody this viewer may not see is left out."""
    ties: dict[uuid.UUID, list[Tie]] = defaultdict(list)
    for relation in Relation.objects.filter(family_id=opened.id).order_by("recorded_at"):
        one, other = people.get(relation.member_id), people.get(relation.other_id)
        if one and other and one != other:
            ties[other.id].append(Tie(relation, one, relation.kind, mirrored=False))
            ties[one.id].append(Tie(relation, other, relation.kind, mirrored=True))
    return ties


def authorities_of(opened: OpenFamily, people: People) -> dict[uuid.UUID, Authority]:
    """Authority now, per child. A child without a row has authority *unknown*: `authority_over` says so."""
    rows = Authority.objects.filter(family_id=opened.id, until_on__isnull=True).order_by("recorded_at")
    return {child.id: row for row in rows if (child := people.get(row.child_id))}


def authority_over(opened: OpenFamily, child: FamilyMember) -> Authority:
    """Authority now; an unsaved row of kind unknown, version 0, when nobody established it."""
    found = Authority.objects.filter(family_id=opened.id, child=child, until_on__isnull=True).first()
    return found or nobody_established(child)


def nobody_established(child: FamilyMember) -> Authority:
    return Authority(family_id=child.family_id, child=child, kind=AuthorityKind.UNKNOWN, version=0)


def safe_contacts_of(opened: OpenFamily, people: People) -> dict[uuid.UUID, SafeContact]:
    """Per member what holds; a member that is absent here is unknown: nothing is sent, it is handed over."""
    rows: dict[uuid.UUID, list[SafeContact]] = defaultdict(list)
    for row in SafeContact.objects.filter(family_id=opened.id):
        if member := people.get(row.member_id):
            rows[member.id].append(row)
    return {member_id: held for member_id, found in rows.items() if (held := contact_that_holds(found))}


def safe_contact_of(member: FamilyMember) -> SafeContact | None:
    """What holds for this member; None is unknown (`rules.may_reach` then says: send nothing)."""
    return contact_that_holds(SafeContact.objects.filter(Q(member=member) | Q(member__merged_into=member)))


def contact_that_holds(rows: Iterable[SafeContact]) -> SafeContact | None:
    """The strictest one wins: what only the duo may read goes before what every professional may; then the newest."""
    return max(rows, key=lambda row: (row.audience == Audience.DUO, row.recorded_at), default=None)


def place_clues_of(opened: OpenFamily, people: People) -> dict[uuid.UUID, list[PlaceClue]]:
    """Per member what would give a place away, as far as this viewer may know it."""
    clues: dict[uuid.UUID, list[PlaceClue]] = defaultdict(list)
    for clue in PlaceClue.objects.filter(family_id=opened.id, until_on__isnull=True).order_by("kind"):
        if member := people.get(clue.member_id):
            clues[member.id].append(clue)
    return clues


def dangers_of(opened: OpenFamily) -> list[DoorDanger]:
    """Danger at the door that holds now; the family itself finds none."""
    return list(DoorDanger.objects.filter(family_id=opened.id, ended_on__isnull=True).order_by("since_on"))


def bsn_for(viewer: Viewer, member: FamilyMember) -> tuple[str, list[Reason]]:
    """The number as far as the law lets this viewer see it, and why not. Without the power nothing tells if there is one."""
    today = timezone.localdate()
    powers = powers_held(viewer.organisation_id, today)
    held = CitizenNumber.objects.filter(member=member).first()
    against = rules.may_hold_bsn(powers, member.birth, held.held_since_on if held else None, today)
    return (held.bsn if held and not against else ""), against


@dataclass(frozen=True)
class Alike:
    """Two that may be one human. `member` stands in the opened family; the other there too, or in `family`."""

    member: FamilyMember
    other: FamilyMember | None = None
    family: Family | None = None


def likely_duplicates(opened: OpenFamily, members: list[FamilyMember]) -> list[Alike]:
    """Who has the same surname and birth date, here or in another family that this viewer sees as a whole.

    What the viewer may not see is not compared, so nothing tells about it ("known elsewhere?" is another question).
    """
    hashes: dict[bytes, FamilyMember] = {}
    found: dict[tuple[uuid.UUID, uuid.UUID], Alike] = {}
    for member in members:
        for exact in lookup.names_of(member):
            twin = hashes.setdefault(exact, member)
            if twin is not member and _may_be_one(twin, member):
                found[twin.id, member.id] = Alike(twin, other=member)
    return list(found.values()) + _alike_elsewhere(opened, hashes)


def _alike_elsewhere(opened: OpenFamily, hashes: dict[bytes, FamilyMember]) -> list[Alike]:
    with connection.cursor() as cursor:
        cursor.execute("select family_id, hash from sec.alike_among_mine(%s::bytea[])", [list(hashes)])
        rows = {(family_id, bytes(exact)) for family_id, exact in cursor.fetchall() if family_id != opened.id}
    labels = Family.objects.in_bulk([family_id for family_id, _ in rows])
    alike = {(hashes[exact].id, family_id): Alike(hashes[exact], family=labels[family_id]) for family_id, exact in rows}
    return sorted(alike.values(), key=lambda one: (one.member.sort_name, str(one.family and one.family.label)))


def _may_be_one(one: FamilyMember, other: FamilyMember) -> bool:
    """Twins share surname and birth date: another first name, both known, is another child."""
    names = [member.called or member.given_names.split(" ")[0] for member in (one, other)]
    return not all(names) or lookup.same_name(*names)


def merges_of(opened: OpenFamily) -> list[MemberMerge]:
    """Merges that stand, newest first."""
    rows = MemberMerge.objects.filter(family_id=opened.id, undone_at__isnull=True)
    return list(rows.select_related("kept", "merged").order_by("-at"))


def open_inquiries(families: Iterable[uuid.UUID] | None = None) -> list[Inquiry]:
    """Questions "known here?" that wait for an answer, in my families."""
    rows = Inquiry.objects.filter(answered_at__isnull=True).select_related("family").order_by("answer_before")
    return list(rows if families is None else rows.filter(family_id__in=list(families)))
