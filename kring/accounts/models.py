"""Professionals, organisations, their powers, and who may sign in."""

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.locks.models import Model, Privacy, Public, System

DOOR = "select, insert, update, delete"


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Account":
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """What somebody signs in with. It stands behind the login door; `subject_id` is the professional or person it is.

    No foreign key: the app role can't read this table, and the login role can't read that one.
    """

    lock = System(grants={"kring_login": DOOR})
    privacy = {
        Privacy.PUBLIC: "id",
        Privacy.SECRET: "password",
        Privacy.PERSONAL: "email subject_id subject_kind last_login is_active",
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    subject_id = models.UUIDField(db_index=True)
    subject_kind = models.CharField(max_length=12, choices=[("professional", "professional"), ("person", "person")])
    is_active = models.BooleanField(default=True)

    objects = AccountManager()
    USERNAME_FIELD = "email"

    def __str__(self) -> str:
        return f"account {self.pk}"


class Region(Model):
    """Region (regio): one regional safety team and its municipalities; `minutes_per_rung` is how long an alarm waits
    for a name before it climbs (harm B1)."""

    lock = Public()
    privacy = {Privacy.PUBLIC: "name minutes_per_rung"}

    name = models.CharField(max_length=80)
    minutes_per_rung = models.PositiveSmallIntegerField(default=15)


class Municipality(Model):
    """Municipality (gemeente) by its CBS code, in one region."""

    lock = Public()
    privacy = {Privacy.PUBLIC: "name code region"}

    name = models.CharField(max_length=80)
    code = models.CharField(max_length=4)
    region = models.ForeignKey(Region, on_delete=models.RESTRICT, related_name="municipalities")


class OrganisationKind(models.TextChoices):
    LOCAL_TEAM = "local_team", _("Lokaal team")
    VEILIG_THUIS = "veilig_thuis", _("Veilig Thuis")
    BOARD = "board", _("Raad voor de Kinderbescherming")
    CERTIFIED_INSTITUTION = "certified_institution", _("Gecertificeerde instelling")
    YOUTH_CARE = "youth_care", _("Jeugdhulpaanbieder")
    ADULT_MENTAL_HEALTH = "mental_health", _("GGZ")
    SHELTER = "shelter", _("Opvang")
    POLICE = "police", _("Politie")
    SCHOOL = "school", _("School")
    GENERAL_PRACTICE = "general_practice", _("Huisartsenpraktijk")
    ADDICTION_CARE = "addiction_care", _("Verslavingszorg")
    DEBT_HELP = "debt_help", _("Schuldhulp")
    PROBATION = "probation", _("Reclassering")
    CLIENT_SUPPORT = "client_support", _("Cliëntondersteuning")
    INSPECTORATE = "inspectorate", _("Inspectie")
    MUNICIPALITY = "municipality", _("Gemeente")
    OTHER = "other", _("Andere organisatie")


class Organisation(Model):
    """An organisation that professionals belong to. `oin` is its number in messages between systems.

    `hidden_by_default`: its name gives a place or a person's trouble away, so a membership of its people is heard by
    the duo only unless somebody decides otherwise (harm B4).
    """

    lock = Public()
    privacy = {Privacy.PUBLIC: "name kind oin region hidden_by_default phone"}

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=24, choices=OrganisationKind.choices)
    oin = models.CharField(max_length=20, blank=True)
    region = models.ForeignKey(Region, null=True, on_delete=models.RESTRICT, related_name="organisations")
    phone = models.CharField(max_length=20, blank=True)
    hidden_by_default = models.BooleanField(default=False)


class Professional(Model):
    """A professional, who acts with the powers of the mother organisation (architecture, decision 3).

    `register_number`: SKJ or BIG. `shown_surname`: false shields the surname where there is danger (harm B44).
    """

    lock = Public(staff=True)
    privacy = {
        Privacy.ORGANISATION: "given_name surname sort_name organisation function register register_number phone email"
        " shown_surname active"
    }

    given_name = models.CharField(max_length=60)
    surname = models.CharField(max_length=80)
    sort_name = models.CharField(max_length=140, db_index=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.RESTRICT, related_name="professionals")
    function = models.CharField(max_length=80)
    register = models.CharField(max_length=8, blank=True, choices=[("SKJ", "SKJ"), ("BIG", "BIG")])
    register_number = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    shown_surname = models.BooleanField(default=True)
    active = models.BooleanField(default=True)

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.surname}"


class Role(models.TextChoices):
    """What somebody may be beside a member of circles; each appointment is dated and at one organisation."""

    DESK = "desk", _("Medewerker van de balie")
    DUTY = "duty", _("Piketdienst")
    TEAM_LEADER = "team_leader", _("Teamleider")
    REVIEWER = "reviewer", _("Toetser achteraf")
    INSPECTOR = "inspector", _("Inspecteur")
    ADMINISTRATOR = "administrator", _("Beheerder")
    BEHAVIOURAL_SCIENTIST = "behavioural_scientist", _("Gedragswetenschapper")
    EXPERIENCE_EXPERT = "experience_expert", _("Ervaringsdeskundige")


class Appointment(Model):
    """A role at an organisation from a date until a date (harm B36, B43, B51)."""

    lock = Public(staff=True)
    privacy = {Privacy.ORGANISATION: "professional organisation role from_on until_on mandate"}

    professional = models.ForeignKey(Professional, on_delete=models.RESTRICT, related_name="appointments")
    organisation = models.ForeignKey(Organisation, on_delete=models.RESTRICT, related_name="+")
    role = models.CharField(max_length=24, choices=Role.choices)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    mandate = models.CharField(max_length=160, blank=True)  # the inspector's named mandate (Jeugdwet 9.2)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("from_on")),
                name="appointment_ends_after_it_begins",
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            )
        ]


class CredentialKind(models.TextChoices):
    REGISTRATION = "registration", _("Beroepsregistratie (SKJ of BIG)")
    VOG = "vog", _("Verklaring omtrent het gedrag")
    TRAINING = "training", _("Verplichte scholing")
    CERTIFICATE = "certificate", _("Certificaat van de instelling")


class Credential(Model):
    """Certificate, registration, VOG or training with its dates: an act is refused when it has lapsed (harm B49)."""

    lock = Public(staff=True)
    privacy = {Privacy.ORGANISATION: "professional organisation kind valid_from valid_until source"}

    professional = models.ForeignKey(Professional, null=True, on_delete=models.RESTRICT, related_name="credentials")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.RESTRICT, related_name="credentials")
    kind = models.CharField(max_length=16, choices=CredentialKind.choices)
    valid_from = models.DateField()
    valid_until = models.DateField()
    source = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(professional__isnull=False) ^ models.Q(organisation__isnull=False),
                name="credential_of_a_person_or_an_organisation",
            )
        ]


class Power(Model):
    """Power (bevoegdheid): what the law lets a kind of organisation do, from when to when. Data, not code."""

    lock = Public()
    privacy = {Privacy.PUBLIC: "organisation_kind code text article valid_from valid_until"}

    organisation_kind = models.CharField(max_length=24, choices=OrganisationKind.choices)
    code = models.CharField(max_length=40)
    text = models.CharField(max_length=200)
    article = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
