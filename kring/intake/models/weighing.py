"""Weighing: how unsafe it is for each person, what was decided, who was told, what the reporter heard."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.accounts.models import Organisation, Professional
from kring.circle.models import Audience
from kring.families.models import FamilyMember
from kring.intake.models.report import OfReport, OutcomeCode
from kring.locks.models import Content, Desk, Model, Privacy


class Judgement(models.TextChoices):
    """How safe somebody is. A person's judgement on stated facts, never a score (architecture, decision 12)."""

    SAFE = "safe", _("veilig genoeg")
    UNSAFE = "unsafe", _("onveilig")
    ACUTE = "acute", _("nu in gevaar")
    NOT_ESTABLISHED = "not_established", _("nog niet vast te stellen")


class SourceKind(models.TextChoices):
    SELF = "self", _("verteld door deze persoon zelf")
    OWN = "own", _("zelf gezien of gehoord")
    PROFESSIONAL = "professional", _("gezien door een andere professional")
    NETWORK = "network", _("gezien door familie, buren of vrienden")
    HEARSAY = "hearsay", _("van horen zeggen")
    RECORD = "record", _("uit een document of register")


class SafetyAssessment(OfReport):
    """Safety assessment (veiligheidsbeoordeling) of one person: "unsafe" rests on nature, frequency, severity, since
    when, and a source (S001). Every sibling and adult has an own one (story 5)."""

    lock = Content(kind="intake", about="member_id", definer="select, delete")
    privacy = {
        Privacy.SPECIAL: "judgement nature frequency severity since source_kind source arranged reason",
        Privacy.FAMILY: "member assessed_by assessed_at",
    }

    member = models.ForeignKey(FamilyMember, on_delete=models.RESTRICT, related_name="+")
    judgement = models.CharField(max_length=16, choices=Judgement.choices)
    nature = models.TextField(max_length=3000, blank=True)
    frequency = models.CharField(max_length=300, blank=True)
    severity = models.CharField(max_length=600, blank=True)
    since = models.CharField(max_length=200, blank=True)
    source_kind = models.CharField(max_length=14, choices=SourceKind.choices, blank=True)
    source = models.CharField(max_length=300, blank=True)
    arranged = models.TextField(max_length=2000, blank=True)
    reason = models.TextField(max_length=2000, blank=True)
    assessed_by = models.ForeignKey(Professional, on_delete=models.RESTRICT, related_name="+")
    assessed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "member"], name="assessment_once_per_person"),
            models.CheckConstraint(
                name="unsafe_rests_on_facts",
                condition=~Q(judgement__in=["unsafe", "acute"])
                | ~Q(nature="")
                & ~Q(frequency="")
                & ~Q(severity="")
                & ~Q(since="")
                & ~Q(source_kind="")
                & ~Q(source=""),
            ),
            models.CheckConstraint(
                name="safe_or_not_established_has_a_reason",
                condition=Q(judgement__in=["unsafe", "acute"]) | ~Q(reason=""),
            ),
        ]


class Outcome(OfReport):
    """What was decided on a report, with the reasons. The latest one stands on the report itself."""

    lock = Content(kind="intake")
    privacy = {Privacy.SPECIAL: "code reasons", Privacy.FAMILY: "decided_by decided_at"}

    code = models.CharField(max_length=8, choices=OutcomeCode.choices)
    reasons = models.TextField(max_length=4000)
    decided_by = models.ForeignKey(Professional, on_delete=models.RESTRICT, related_name="+")
    decided_at = models.DateTimeField()


class Telling(OfReport):
    """That one person is told about the data others gave: within four weeks, later only with a reason (Wmo 5.3.1, B20)."""

    lock = Content(kind="intake", about="member_id", definer="select, insert, delete")
    privacy = {
        Privacy.SPECIAL: "how told_words",
        Privacy.FAMILY: "member due_on told_at told_by times_postponed",
    }

    member = models.ForeignKey(FamilyMember, on_delete=models.RESTRICT, related_name="+")
    due_on = models.DateField()
    times_postponed = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(Professional, null=True, on_delete=models.RESTRICT, related_name="+")
    how = models.CharField(max_length=300, blank=True)
    told_words = models.TextField(max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "member"], name="telling_once_per_person"),
            models.CheckConstraint(
                name="told_when_by_whom_and_how",
                condition=Q(told_at__isnull=True, told_by__isnull=True, how="")
                | Q(told_at__isnull=False, told_by__isnull=False) & ~Q(how=""),
            ),
        ]


class Postponement(OfReport):
    """Telling somebody later: at most two weeks at a time, each with its reason."""

    lock = Content(kind="intake", definer="select, delete")
    privacy = {
        Privacy.SPECIAL: "reason",
        Privacy.FAMILY: "telling from_on until_on decided_by decided_at",
    }

    telling = models.ForeignKey(Telling, on_delete=models.RESTRICT, related_name="postponements")
    from_on = models.DateField()
    until_on = models.DateField()
    reason = models.TextField(max_length=2000)
    decided_by = models.ForeignKey(Professional, on_delete=models.RESTRICT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="postponed_to_a_later_day", condition=Q(until_on__gt=models.F("from_on")) & ~Q(reason="")
            )
        ]


class FeedbackMoment(models.IntegerChoices):
    AFTER_ASSESSMENT = 1, _("na de veiligheidsbeoordeling")
    AT_THE_END = 2, _("aan het einde")


class Feedback(OfReport):
    """What the reporter heard: at least after the assessment and at the end. Or why not."""

    lock = Content(kind="reporter")
    privacy = {
        Privacy.SPECIAL: "text how not_given_reason",
        Privacy.FAMILY: "moment given_by given_at",
    }

    HOW = [
        ("phone", _("gebeld")),
        ("code", _("klaargezet onder de code")),
        ("letter", _("brief of e-mail op het veilige adres")),
        ("message", _("elektronisch bericht")),
        ("not", _("niet gegeven")),
    ]
    moment = models.PositiveSmallIntegerField(choices=FeedbackMoment.choices)
    how = models.CharField(max_length=8, choices=HOW)
    text = models.TextField(max_length=2000, blank=True)
    not_given_reason = models.CharField(max_length=600, blank=True)
    given_by = models.ForeignKey(Professional, on_delete=models.RESTRICT, related_name="+")
    given_at = models.DateTimeField()
    audience = models.CharField(max_length=16, choices=Audience.choices, default=Audience.DUO)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "moment"], name="feedback_once_per_moment"),
            models.CheckConstraint(
                name="feedback_given_or_a_reason",
                condition=Q(how="not") & ~Q(not_given_reason="") | ~Q(how="not") & ~Q(text=""),
            ),
        ]


class BreachNote(Model):
    """A report was filed at the wrong family: who saw it there, and what was decided about it (AVG 33 and 34, B15).

    It lies with the desk, not in either family's file. `seen_by`: per person who opened that family meanwhile, first
    and last moment; somebody whose place in that circle is hidden from us is counted without a name.
    """

    lock = Desk()
    privacy = {
        Privacy.ORGANISATION: "organisation report_id wrong_family_id filed_at found_at reason seen_by notify_by"
        " authority_decision people_decision decided_by decided_at"
    }

    organisation = models.ForeignKey(Organisation, on_delete=models.RESTRICT, related_name="+")
    report_id = models.UUIDField()
    wrong_family_id = models.UUIDField()
    filed_at = models.DateTimeField()
    found_at = models.DateTimeField()
    reason = models.CharField(max_length=600)
    seen_by = models.JSONField(default=list)
    notify_by = models.DateTimeField()  # 72 hours after it was found (AVG artikel 33)
    authority_decision = models.CharField(max_length=600, blank=True)
    people_decision = models.CharField(max_length=600, blank=True)
    decided_by = models.ForeignKey(Professional, null=True, on_delete=models.RESTRICT, related_name="+")
    decided_at = models.DateTimeField(null=True)
