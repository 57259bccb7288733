"""Where people live: households over several addresses, and what else gives a place away."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.circle.models import Audience, OfFamily
from kring.families.models.people import FamilyMember
from kring.locks.models import Content, Privacy
from kring.locks.secret import SecretText


class Household(OfFamily):
    """Household (woonsituatie): who live together, from when to when. Its name never says where.

    A family may have several at once. A household whose address is secret looks the same, to who may not see that
    address, as one whose address nobody wrote down (harm B3, B4).
    """

    lock = Content(kind="family", definer="select, update")
    privacy = {Privacy.FAMILY: "label from_on until_on"}

    label = models.CharField(max_length=80)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family", "id"], name="household_in_family"),  # what others point at (0002)
            models.CheckConstraint(
                name="household_ends_after_it_begins",
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
        ]


class LivesThere(models.TextChoices):
    FULLY = "fully", _("woont hier")
    PARTLY = "partly", _("woont hier een deel van de tijd")
    REGISTERED = "registered", _("staat hier alleen ingeschreven")


class Residence(OfFamily):
    """One member in one household, from when to when."""

    lock = Content(kind="family", about="member_id", definer="select, update, delete")
    privacy = {Privacy.FAMILY: "household member how from_on until_on"}

    household = models.ForeignKey(Household, on_delete=models.RESTRICT, related_name="residences")
    member = models.ForeignKey(FamilyMember, on_delete=models.RESTRICT, related_name="+")
    how = models.CharField(max_length=12, choices=LivesThere.choices, default=LivesThere.FULLY)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="residence_ends_after_it_begins",
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            )
        ]


class Address(OfFamily):
    """An address that everybody in the circle may know. Findable by postcode and house number."""

    lock = Content(kind="family", writes=("insert", "update", "delete"), definer="select, update, delete")
    privacy = {Privacy.PERSONAL: "household street house_number postcode town country municipality_code note"}

    household = models.OneToOneField(Household, on_delete=models.RESTRICT, related_name="address")
    street = models.CharField(max_length=120, blank=True)
    house_number = models.CharField(max_length=20, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    town = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=60, blank=True)
    municipality_code = models.CharField(max_length=4, blank=True)
    note = models.CharField(max_length=200, blank=True)


class SecretAddress(OfFamily):
    """Secret address (geheim adres): never leaves its scope. Encrypted, apart, found by nobody (no lookup key).

    Not unique per household: a refusal would tell a colleague who may not see it that there is one.

    Heard by the duo and those named (who live there, who wrote it): a father in the portal, a colleague in the circle
    and an export find no row, no placeholder and no count (Jeugdwet 7.3.11; domain 3.6; harm B4).
    """

    lock = Content(kind="secret_address", writes=("insert", "update", "delete"), definer="select, update")
    privacy = {
        Privacy.SECRET: "street house_number postcode town country organisation note",
        Privacy.FAMILY: "household audience audience_ids",
    }

    household = models.ForeignKey(Household, on_delete=models.RESTRICT, related_name="+")
    street = SecretText(blank=True)
    house_number = SecretText(blank=True)
    postcode = SecretText(blank=True)
    town = SecretText(blank=True)
    country = SecretText(blank=True)
    organisation = SecretText(blank=True)  # the shelter's name is an address too
    note = SecretText(blank=True)
    audience = models.CharField(max_length=16, choices=Audience.choices, default=Audience.DUO)
    audience_ids = ArrayField(models.UUIDField(), default=list)


class ClueKind(models.TextChoices):
    SCHOOL = "school", _("School of opvang")
    PHONE = "phone", _("Telefoon")
    EMAIL = "email", _("E-mail")
    WORK = "work", _("Werk of dagbesteding")
    CARE = "care", _("Huisarts of behandelaar")
    STAY = "stay", _("Verblijf of opvangorganisatie")
    TOWN = "town", _("Plaats of gemeente")
    OTHER = "other", _("Anders")


class PlaceClue(OfFamily):
    """What gives a place away: a school, a phone, a GP, a shelter's name. Encrypted as a secret address is.

    Professionals of the circle read it; where its member lives at a secret address only the duo and those named do.
    """

    lock = Content(kind="place", about="member_id", writes=("insert", "update", "delete"), definer="select, update")
    privacy = {Privacy.SECRET: "text", Privacy.FAMILY: "member kind from_on until_on audience audience_ids"}

    member = models.ForeignKey(FamilyMember, on_delete=models.RESTRICT, related_name="+")
    kind = models.CharField(max_length=8, choices=ClueKind.choices)
    text = SecretText()
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    audience = models.CharField(max_length=16, choices=Audience.choices, default=Audience.PROFESSIONALS)
    audience_ids = ArrayField(models.UUIDField(), default=list)
