"""Every reading of a family's people and homes, for an opened family: row-level security leaves out what is not for this
viewer, and nothing here counts or hints at what was left out."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kring.accounts.queries import powers_held
from kring.circle.access import NotThere, OpenFamily
from kring.circle.models import Audience
from kring.families import rules
from kring.families.models import (
    MIRRORED,
    Address,
    Authority,
    AuthorityKind,
    CitizenNumber,
    DoorDanger,
    FamilyMember,
    Household,
    MemberMerge,
    PlaceClue,
    Relation,
    RelationKind,
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

    @property
    def address_line(self) -> str:
        """The same words for an address that nobody wrote down and one that this viewer may not see."""
        return _in_a_line(self.address) or _("Adres niet bekend, of niet zichtbaar voor u")

    @property
    def secret_line(self) -> str:
        return _in_a_line(self.secret)


def _in_a_line(address: Address | SecretAddress | None) -> str:
    if address is None:
        return ""
    street, town = f"{address.street} {address.house_number}".strip(), f"{address.postcode} {address.town}".strip()
    return ", ".join(part for part in (street, town, address.country) if part)


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


def homes_where(opened: OpenFamily, people: People, member: FamilyMember) -> list[Home]:
    """The households of one member, those of now first. Two queries, whatever the number."""
    own = [member.id, *(merged for merged, into in people.merged.items() if into == member.id)]
    stays = Residence.objects.filter(family_id=opened.id, member_id__in=own).select_related("household__address")
    homes: dict[uuid.UUID, Home] = {}
    for stay in stays.order_by(F("until_on").desc(nulls_first=True), F("from_on").desc(nulls_last=True)):
        household = stay.household
        home = homes.setdefault(household.pk, Home(household, address=getattr(household, "address", None)))
        home.stays.append((stay, member))
    for secret in SecretAddress.objects.filter(family_id=opened.id).order_by("recorded_at"):
        if secret.household_id in homes:
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
    """A relation seen from one member; `mirrored` when this member is the first of the two."""

    relation: Relation
    other: FamilyMember
    kind: str
    mirrored: bool

    @property
    def word(self) -> str:
        """What `other` is to this member."""
        mirrored = MIRRORED.get(RelationKind(self.kind)) if self.mirrored else None
        return str(mirrored or RelationKind(self.kind).label)

    @property
    def line(self) -> str:
        """The word, what somebody called it, and until when."""
        until = self.relation.until_on
        ended = "" if self.is_now or until is None else _("tot %(day)s") % {"day": date_format(until)}
        return " · ".join(part for part in (self.word, self.relation.words, ended) if part)

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


def bsn_for(viewer: Viewer, member: FamilyMember, powers: set[str] | None = None) -> tuple[str, list[Reason]]:
    """The number as far as the law lets this viewer see it, and why not. Without the power nothing tells if there is one."""
    today = timezone.localdate()
    held_powers = powers_held(viewer.organisation_id, today) if powers is None else powers
    held = CitizenNumber.objects.filter(Q(member=member) | Q(member__merged_into=member)).first()
    against = rules.may_hold_bsn(held_powers, member.birth, held.held_since_on if held else None, today)
    return (held.bsn if held and not against else ""), against


def merges_of(opened: OpenFamily) -> list[MemberMerge]:
    """Merges that stand, newest first."""
    rows = MemberMerge.objects.filter(family_id=opened.id, undone_at__isnull=True)
    return list(rows.select_related("kept", "merged").order_by("-at"))
