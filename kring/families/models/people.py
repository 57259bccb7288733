"""Who belongs to a family: bare persons, and what each family's file says of its members."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kring.circle.models import OfFamily
from kring.families.birth import Birth
from kring.locks.models import Content, Index, Model, Privacy, System
from kring.locks.secret import SecretText


class Person(Model):
    """Person (persoon): a human being, once, whatever families they belong to. A bare id and a keyed hash.

    No door reads it: a shared row that could be read would tell one circle about another. `sec.person_for` finds or
    makes one; the portal's accounts and memberships of family members carry its id.
    """

    lock = System(definer="select, insert")
    privacy = {Privacy.SECRET: "identity"}

    identity = models.BinaryField(null=True)

    class Meta:
        indexes = [models.Index(fields=["identity"], name="person_identity", condition=Q(identity__isnull=False))]


class Gender(models.TextChoices):
    FEMALE = "female", _("vrouw")
    MALE = "male", _("man")
    OTHER = "other", _("anders")
    UNKNOWN = "unknown", _("onbekend")


class BirthPrecision(models.TextChoices):
    DAY = "day", _("op de dag")
    MONTH = "month", _("alleen jaar en maand")
    YEAR = "year", _("alleen het jaar")
    UNKNOWN = "unknown", _("onbekend")


class Standing(models.TextChoices):
    """A network person stands beside the family and is never the subject of its file by that alone."""

    MEMBER = "member", _("gezinslid")
    NETWORK = "network", _("eigen netwerk")


class NoBsnReason(models.TextChoices):
    UNKNOWN = "unknown", _("(nog) niet bekend")
    HAS_NONE = "has_none", _("heeft er geen")
    NOT_ALLOWED = "not_allowed", _("mag hier niet worden vastgelegd")


class FamilyMember(OfFamily):
    """Family member (gezinslid): a person's place in one family, with every descriptive fact, per family.

    Nothing in this row gives a place away: phone, school, address, work each have their own table with an audience.
    `born_on` is the earliest possible day; `born_precision` says how much of it is known (`birth` reads both).
    A member that turned out to be another one keeps its row and points there (`merged_into`).
    """

    lock = Content(kind="family", about="id", definer="select, update")
    privacy = {
        Privacy.PERSONAL: "person given_names called initials prefix surname sort_name gender born_on born_precision"
        " born_words unborn expected_on died_on birth_place birth_country nationality",
        Privacy.FAMILY: "standing no_bsn_reason merged_into",
    }

    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    given_names = models.CharField(max_length=200, blank=True)
    called = models.CharField(max_length=60, blank=True)
    initials = models.CharField(max_length=20, blank=True)
    prefix = models.CharField(max_length=20, blank=True)
    surname = models.CharField(max_length=200, blank=True)
    sort_name = models.CharField(max_length=300, blank=True)
    gender = models.CharField(max_length=8, choices=Gender.choices, default=Gender.UNKNOWN)
    born_on = models.DateField(null=True)
    born_precision = models.CharField(max_length=8, choices=BirthPrecision.choices, default=BirthPrecision.UNKNOWN)
    born_words = models.CharField(max_length=80, blank=True)
    unborn = models.BooleanField(default=False)
    expected_on = models.DateField(null=True)
    died_on = models.DateField(null=True)
    birth_place = models.CharField(max_length=80, blank=True)
    birth_country = models.CharField(max_length=80, blank=True)
    nationality = models.CharField(max_length=80, blank=True)
    standing = models.CharField(max_length=8, choices=Standing.choices, default=Standing.MEMBER)
    no_bsn_reason = models.CharField(max_length=12, choices=NoBsnReason.choices, default=NoBsnReason.UNKNOWN)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.RESTRICT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["family", "sort_name"], name="member_family")]
        constraints = [
            models.UniqueConstraint(fields=["family", "id"], name="member_in_family"),  # what others point at (0002)
            models.CheckConstraint(
                name="member_birth_as_precise_as_known",
                condition=Q(born_on__isnull=True, born_precision="unknown")
                | Q(born_on__isnull=False) & ~Q(born_precision="unknown"),
            ),
            models.CheckConstraint(
                name="member_unborn_or_born",
                condition=Q(unborn=False, expected_on__isnull=True) | Q(unborn=True, born_on__isnull=True),
            ),
            models.CheckConstraint(name="member_not_merged_into_itself", condition=~Q(merged_into=models.F("id"))),
        ]

    @property
    def name(self) -> str:
        """As one says it: the name used, else the first of the given names, and the surname."""
        first = self.called or self.given_names.split(" ")[0] or self.initials
        known = " ".join(part for part in (first, self.prefix, self.surname) if part)
        return known or str(_("Kind dat nog geboren wordt") if self.unborn else _("Naam onbekend"))

    @property
    def birth(self) -> Birth:
        return Birth.of(self.born_on, self.born_precision, self.unborn, self.expected_on)

    def is_child(self, today: date | None = None) -> bool | None:
        """Under 18; None when the birth date does not tell."""
        return self.birth.is_under(18, today or timezone.localdate())


class CitizenNumber(OfFamily):
    """BSN (burgerservicenummer), encrypted and apart: only where a law lets the organisation hold it (harm B34).

    The database demands the power `hold_bsn` of who reads or writes; whose number that covers is `rules.may_hold_bsn`.
    `held_since_on`: from when, since help that began under 18 may go on to 23 (Jeugdwet 1.1, jeugdige).
    """

    lock = Content(
        kind="bsn", about="member_id", power="hold_bsn", writes=("insert", "update", "delete"), definer="select, update"
    )
    privacy = {Privacy.SECRET: "bsn", Privacy.FAMILY: "member held_since_on"}

    member = models.OneToOneField(FamilyMember, on_delete=models.RESTRICT, related_name="+")
    bsn = SecretText()
    held_since_on = models.DateField()


class LookupKind(models.TextChoices):
    BSN = "bsn", _("burgerservicenummer")
    BSN_BIRTH = "bsn_birth", _("burgerservicenummer en geboortedatum")
    SURNAME_BIRTH = "surname_birth", _("achternaam en geboortedatum")
    ADDRESS = "address", _("adres")


class LookupKey(Model):
    """Keyed hash to find a family by an exact identifier; never of a secret address. Definer functions only.

    `of_id` is the member or address that the key is of: its keys are replaced as a whole (`sec.set_lookup_keys`).
    """

    lock = System(definer="select, insert, update, delete")
    privacy = {Privacy.SECRET: "kind hash", Privacy.FAMILY: "family_id of_id"}

    family_id = models.UUIDField()
    of_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=16, choices=LookupKind.choices)
    hash = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["kind", "hash"], name="lookup_key")]


class MemberMerge(OfFamily):
    """Two members turned out to be one human. Nothing is lost: `took` keeps per field what stood there before and
    what was taken over, so that it can be undone; the merged row itself is left as it was."""

    lock = Content(kind="family", about="kept_id", definer="select, update")
    privacy = {
        Privacy.FAMILY: "kept merged reason by_id at undone_at undone_by_id undone_reason",
        Privacy.PERSONAL: "took",
    }

    kept = models.ForeignKey(FamilyMember, on_delete=models.RESTRICT, related_name="+")
    merged = models.ForeignKey(FamilyMember, on_delete=models.RESTRICT, related_name="+")
    took = models.JSONField(default=dict)
    reason = models.CharField(max_length=300)
    by_id = models.UUIDField()
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by_id = models.UUIDField(null=True)
    undone_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="merge_undone_when_and_by_whom",
                condition=Q(undone_at__isnull=True, undone_by_id__isnull=True)
                | Q(undone_at__isnull=False, undone_by_id__isnull=False),
            ),
        ]


class PersonLink(OfFamily):
    """This member is the same human as one in another family that the linker may see too. Undone by linking back."""

    lock = Content(kind="family", about="member_id", definer="select, update")
    privacy = {Privacy.FAMILY: "member former_person_id person_id reason by_id at undone_at undone_by_id"}

    member = models.ForeignKey(FamilyMember, on_delete=models.RESTRICT, related_name="+")
    former_person_id = models.UUIDField()
    person_id = models.UUIDField()
    reason = models.CharField(max_length=300)
    by_id = models.UUIDField()
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by_id = models.UUIDField(null=True)


class Inquiry(OfFamily):
    """Somebody with the power asked whether this family's people are known here (check op bekendheid, harm B40).

    The asker heard yes or no; the holder is told by this row and answers within the term. Written by
    `sec.known_elsewhere` only; professionals of the circle see it, the family does not (it may be under assessment).
    """

    lock = Index(writes=("update",), definer="select, insert")
    privacy = {
        Privacy.FAMILY: "asker_id asker_organisation_id asked_at article answer_before answered_at answered_by_id audience"
        " audience_ids",
        Privacy.SPECIAL: "answer",
    }

    asker_id = models.UUIDField()
    asker_organisation_id = models.UUIDField()
    asked_at = models.DateTimeField()
    article = models.CharField(max_length=120)  # the power it was asked with; why is in the asker's own file
    answer_before = models.DateField()
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.UUIDField(null=True)
    answer = models.TextField(max_length=2000, blank=True)
    audience = models.CharField(max_length=16, default="professionals")
    audience_ids = ArrayField(models.UUIDField(), default=list)
