"""Who can be reached now, and whether somebody has it."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.circle.models import Audience, OfFamily
from kring.families.models import LookupKind
from kring.locks.models import Content, Desk, Index, Model, Privacy, Public
from kring.locks.secret import SecretText

PLANNERS = "organisation_id = any ((select sec.my_planning())::uuid[])"


class RosterKind(models.TextChoices):
    DESK = "desk", _("Balie: wie de meldingen aanneemt")
    REGIONAL = "regional", _("Regionaal piket, dag en nacht")
    VEILIG_THUIS = "veilig_thuis", _("Piket van Veilig Thuis")
    CRISIS = "crisis", _("Crisisdienst")


class Roster(Model):
    """Duty roster (piketrooster): who answers at which hour, for a region or for one organisation's desk."""

    lock = Public(staff=True, written_when=PLANNERS)
    privacy = {Privacy.ORGANISATION: "name kind region organisation"}

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, choices=RosterKind.choices)
    region = models.ForeignKey("accounts.Region", on_delete=models.RESTRICT, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.RESTRICT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["id", "organisation"], name="roster_of_organisation")]


class Shift(Model):
    """Shift (dienst): one professional answers from one moment to another. Two at once is allowed: both are called."""

    lock = Public(staff=True, written_when=PLANNERS, writes=("insert", "update", "delete"))
    privacy = {Privacy.ORGANISATION: "roster organisation professional starts_at ends_at"}

    roster = models.ForeignKey(Roster, on_delete=models.RESTRICT, related_name="shifts")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.RESTRICT, related_name="+")
    professional = models.ForeignKey("accounts.Professional", on_delete=models.RESTRICT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["roster", "ends_at"], name="shift_of_roster"),
            models.Index(fields=["professional", "ends_at"], name="shift_of_whom"),
        ]
        constraints = [
            models.CheckConstraint(
                name="shift_ends_after_it_begins",
                condition=Q(ends_at__gt=models.F("starts_at")),
                violation_error_message=_("De dienst eindigt voor hij begint."),
            )
        ]


class AlarmKind(models.TextChoices):
    """What rang. Intake, plans and the portal each raise their own kind."""

    CONCERN_REPORT = "concern_report", _("Spoedmelding")
    CONDITION_BROKEN = "condition_broken", _("Veiligheidsvoorwaarde gebroken")
    CHILD_MESSAGE = "child_message", _("Een kind zegt dat het gevaarlijk is")
    OTHER = "other", _("Iets wat niet kan wachten")


class Urgency(models.TextChoices):
    NOW = "now", _("Nu")
    TODAY = "today", _("Vandaag")


class AlarmState(models.TextChoices):
    RINGING = "ringing", _("Nog niemand heeft het")
    HELD = "held", _("Iemand heeft het")
    CLOSED = "closed", _("Afgerond")


class Alarm(OfFamily):
    """Alarm: danger on its way to somebody with a name. It rings rung after rung until somebody acknowledges by name,
    and begins anew when all were silent (harm B1). Who is not in the circle sees label, kind and urgency, through
    `sec.my_alarms`. The family's own people never see the row: it could tell who asked for help.

    `held_by` stays while it rings again: until the next has it, the giver holds it (harm B12).
    """

    lock = Index(writes=("update",), definer="select, insert, update")
    privacy = {
        Privacy.FAMILY: "kind urgency desk region state rung round rung_at climbs_at raised_by raised_at held_by held_at"
        " closed_at audience audience_ids"
    }

    kind = models.CharField(max_length=24, choices=AlarmKind.choices)
    urgency = models.CharField(max_length=8, choices=Urgency.choices)
    desk = models.ForeignKey("accounts.Organisation", null=True, on_delete=models.RESTRICT, related_name="+")
    region = models.ForeignKey("accounts.Region", null=True, on_delete=models.RESTRICT, related_name="+")
    state = models.CharField(max_length=12, choices=AlarmState.choices, default=AlarmState.RINGING)
    rung = models.PositiveSmallIntegerField(default=1)
    round = models.PositiveIntegerField(default=1)
    rung_at = models.DateTimeField()
    climbs_at = models.DateTimeField()
    raised_by = models.UUIDField()
    raised_at = models.DateTimeField()
    held_by = models.ForeignKey("accounts.Professional", null=True, on_delete=models.RESTRICT, related_name="+")
    held_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    audience = models.CharField(max_length=16, choices=Audience.choices, default=Audience.PROFESSIONALS)
    audience_ids = ArrayField(models.UUIDField(), default=list)

    class Meta:
        indexes = [
            models.Index(fields=["climbs_at"], name="alarm_ringing", condition=Q(state="ringing")),
            models.Index(fields=["family", "-raised_at"], name="alarm_of_family"),
        ]
        constraints = [
            models.CheckConstraint(
                name="alarm_is_held_by_somebody",
                condition=Q(state="ringing") | Q(held_by__isnull=False, held_at__isnull=False),
            )
        ]

    @property
    def nobody_has_it(self) -> bool:
        return self.state == AlarmState.RINGING and self.round > 1


class AlarmCall(OfFamily):
    """Who was called for an alarm, on which rung, when; `gap`: the roster was empty and everybody who may be on duty
    there was called instead."""

    lock = Index(writes=(), definer="select, insert, update")
    privacy = {Privacy.FAMILY: "alarm professional rung round called_at gap audience audience_ids"}

    alarm = models.ForeignKey(Alarm, on_delete=models.RESTRICT, related_name="calls")
    professional = models.ForeignKey("accounts.Professional", on_delete=models.RESTRICT, related_name="+")
    rung = models.PositiveSmallIntegerField()
    round = models.PositiveIntegerField()
    called_at = models.DateTimeField()
    gap = models.BooleanField(default=False)
    audience = models.CharField(max_length=16, choices=Audience.choices, default=Audience.PROFESSIONALS)
    audience_ids = ArrayField(models.UUIDField(), default=list)

    class Meta:
        indexes = [models.Index(fields=["professional", "alarm"], name="call_for_whom")]
        constraints = [
            models.UniqueConstraint(fields=["alarm", "professional", "rung", "round"], name="called_once_a_rung")
        ]


class EmergencyCard(OfFamily):
    """Emergency card (noodkaart): what whoever is on duty may see of a family found by an exact identifier: who live
    there, conditions, bans, danger at the door, whom to call. Never where somebody hides (harm B2, B4).

    Made anew by a job when something happens, from what rooms register with `on_card`; `body` is JSON, encrypted.
    """

    lock = Content(kind="emergency_card", trail=False)
    privacy = {Privacy.SECRET: "body", Privacy.FAMILY: "built_at audience audience_ids"}

    family = models.OneToOneField("circle.Family", on_delete=models.RESTRICT, related_name="+")
    body = SecretText()
    built_at = models.DateTimeField()
    audience = models.CharField(max_length=16, choices=Audience.choices, default=Audience.PROFESSIONALS)
    audience_ids = ArrayField(models.UUIDField(), default=list)


class Outcome(models.TextChoices):
    ONE = "one", _("noodkaart getoond")
    NONE = "none", _("niets gevonden")
    SEVERAL = "several", _("meer gegevens gevraagd")
    TOO_MANY = "too_many", _("te vaak gezocht")


class LookUpReview(Model):
    """One emergency look-up (noodopvraging) and its judgement afterwards. Written by `sec.emergency_look_up`, also when
    nothing was found; read by the reviewers of an organisation outside the team, and by nobody else.

    Whether the family may see it is decided here: at once, or later with a reason, since it may warn the one who is
    dangerous (harm C25).
    """

    lock = Desk(role="reviewer", writes=("update",), definer="select, insert")
    privacy = {
        Privacy.ORGANISATION: "organisation looker looker_organisation kinds outcome looked_up_at judged_by judged_at"
        " justified shown_from",
        Privacy.SPECIAL: "reason why shown_why",
        Privacy.FAMILY: "family_id",
    }

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.RESTRICT, related_name="+")
    looker = models.ForeignKey("accounts.Professional", on_delete=models.RESTRICT, related_name="+")
    looker_organisation = models.ForeignKey("accounts.Organisation", on_delete=models.RESTRICT, related_name="+")
    kinds = ArrayField(models.CharField(max_length=16))
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    reason = SecretText()
    family_id = models.UUIDField(null=True)
    looked_up_at = models.DateTimeField()
    judged_by = models.ForeignKey("accounts.Professional", null=True, on_delete=models.RESTRICT, related_name="+")
    judged_at = models.DateTimeField(null=True)
    justified = models.BooleanField(null=True)
    why = SecretText(blank=True)
    shown_from = models.DateField(null=True)
    shown_why = SecretText(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "looked_up_at"], name="look_up_waits", condition=Q(judged_at__isnull=True)
            ),
            models.Index(fields=["looker", "-looked_up_at"], name="look_up_by_whom"),
            models.Index(fields=["family_id"], name="look_up_of_family", condition=Q(family_id__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                name="look_up_judged_as_a_whole",
                condition=Q(judged_at__isnull=True, justified__isnull=True, judged_by__isnull=True)
                | Q(judged_at__isnull=False, justified__isnull=False, judged_by__isnull=False) & ~Q(why=""),
            ),
            models.CheckConstraint(
                name="look_up_is_not_judged_by_the_looker",
                condition=Q(judged_by__isnull=True) | ~Q(judged_by=models.F("looker")),
            ),
        ]

    @property
    def judgement(self) -> tuple[str, str]:
        """Word and colour of a chip."""
        return (gettext("terecht"), "ok") if self.justified else (gettext("niet terecht"), "warn")

    @property
    def kinds_in_words(self) -> list[str]:
        return [str(LookupKind(kind).label) for kind in self.kinds]


def on_duty_between(start: datetime, end: datetime) -> Q:
    """Shifts that touch this stretch of time."""
    return Q(starts_at__lt=end, ends_at__gt=start)
