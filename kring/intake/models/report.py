"""Concern reports: that one came in (index), and what it says (content)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.accounts.models import Organisation, Professional
from kring.circle.models import Audience, OfFamily
from kring.families.models import FamilyMember
from kring.intake.models.advice import Road
from kring.intake.states import ReportState
from kring.locks.models import Content, Index, Privacy
from kring.locks.secret import SecretText


class Urgency(models.TextChoices):
    NOW = "now", _("nu gevaar")
    TODAY = "today", _("vandaag")
    ORDINARY = "ordinary", _("gewoon")


class Trajectory(models.TextChoices):
    """How a report stands to what came before (harm C3). Two kinds, never counted together."""

    UNKNOWN = "unknown", _("nog niet nagegaan")
    FIRST = "first", _("eerste melding")
    FOLLOW_UP = "follow_up", _("vervolgmelding")
    RE_REPORT = "re_report", _("heraanmelding")


class OutcomeCode(models.TextChoices):
    """Outcomes in the words of the national code list (domain annex A3)."""

    NOT_ADMISSIBLE = "VT-00", _("Melding niet ontvankelijk")
    AT_VEILIG_THUIS = "VT-01-01", _("Vervolgstappen belegd bij Veilig Thuis")
    TRANSFER = "VT-01-02", _("Overdracht")
    NO_FOLLOW_UP = "VT-01-03", _("Geen vervolgstappen nodig")
    REGIONAL = "VT-01-04", _("Inzet regionaal maatwerk")
    TRANSFERRED = "VT-02", _("Overgedragen na vervolg")
    CLOSED = "VT-03", _("Afgesloten zonder overdracht")
    WRONGLY_ADDRESSED = "VT-99", _("Melding onjuist geadresseerd")


class ConcernReport(OfFamily):
    """Concern report (melding): that it came in, when, at which desk, and what must happen by when. Without its text.

    `desk` owns the assessment and keeps it, also when a circle is told at once (harm B39). `received_at` is the first
    receipt and never changes: attached or taken out again, the right family's clock counts from it (harm B15).
    Somebody of the family finds no row of it: who did what to whom may read along, and each hears it apart (B6, B20).
    """

    lock = Index(definer="select, update")
    privacy = {
        Privacy.FAMILY: "desk road reference received_at state urgency trajectory double_anonymous assess_by tell_by"
        " feedback_by conclude_by assessor outcome attached_at attached_how alarm_ids audience audience_ids"
    }

    desk = models.ForeignKey(Organisation, on_delete=models.RESTRICT, related_name="+")
    road = models.CharField(max_length=8, choices=Road.choices)
    reference = models.CharField(max_length=60, blank=True)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=ReportState.choices, default=ReportState.RECEIVED)
    urgency = models.CharField(max_length=8, choices=Urgency.choices, default=Urgency.ORDINARY)
    trajectory = models.CharField(max_length=10, choices=Trajectory.choices, default=Trajectory.UNKNOWN)
    double_anonymous = models.BooleanField(default=False)
    assess_by = models.DateField()
    tell_by = models.DateField(null=True)  # the first day on which somebody must have been told; null: nobody waits
    feedback_by = models.DateField(null=True)
    conclude_by = models.DateField(null=True)
    assessor = models.ForeignKey(Professional, null=True, on_delete=models.RESTRICT, related_name="+")
    outcome = models.CharField(max_length=8, choices=OutcomeCode.choices, blank=True)
    attached_at = models.DateTimeField(null=True)
    attached_how = models.CharField(max_length=8, blank=True, choices=[("exact", "exact"), ("person", "person")])

    alarm_ids = ArrayField(models.UUIDField(), default=list)  # what rang for this report goes where it goes
    audience = models.CharField(max_length=16, choices=Audience.choices, default=Audience.PROFESSIONALS)
    audience_ids = ArrayField(models.UUIDField(), default=list)

    class Meta:
        indexes = [
            models.Index(fields=["family"], name="report_family"),
            models.Index(fields=["desk", "state", "assess_by"], name="report_waiting"),
        ]
        constraints = [
            models.CheckConstraint(
                name="report_decided_has_an_outcome",
                condition=Q(state__in=["received", "in_assessment"], outcome="")
                | ~Q(state__in=["received", "in_assessment"]) & ~Q(outcome=""),
            ),
            models.CheckConstraint(
                name="report_in_assessment_has_an_assessor",
                condition=~Q(state__in=["in_assessment", "assessed"]) | Q(assessor__isnull=False),
            ),
        ]


class OfReport(OfFamily):
    """Base of everything that belongs to one report; it moves along when the report goes to another family.

    Heard by professionals of the circle; what is narrower says so. Who was told may be named in `audience_ids`.
    """

    privacy = {Privacy.FAMILY: "report audience audience_ids"}

    report = models.ForeignKey(ConcernReport, on_delete=models.RESTRICT, related_name="+")
    audience = models.CharField(max_length=16, choices=Audience.choices, default=Audience.PROFESSIONALS)
    audience_ids = ArrayField(models.UUIDField(), default=list)

    class Meta:
        abstract = True


class ReportContent(OfReport):
    """What the report says, as it was said. Each part has its own column so that an empty one can be asked for (S001)."""

    lock = Content(kind="intake")
    privacy = {
        Privacy.SPECIAL: "what_happened how_often how_serious since_when seen_by first_hand happened_at happened_where"
        " effect_on_children children_now help_there_is danger_for_worker answers unmapped life_domains advice",
    }

    report = models.OneToOneField(ConcernReport, on_delete=models.RESTRICT, related_name="+")
    what_happened = models.TextField(blank=True)
    how_often = models.TextField(blank=True)
    how_serious = models.TextField(blank=True)
    since_when = models.TextField(blank=True)
    seen_by = models.TextField(blank=True)
    first_hand = models.BooleanField(null=True)
    happened_at = models.DateTimeField(null=True)
    happened_where = models.TextField(blank=True)
    effect_on_children = models.TextField(blank=True)
    children_now = models.TextField(blank=True)
    help_there_is = models.TextField(blank=True)
    danger_for_worker = models.TextField(blank=True)
    answers = models.JSONField(default=list)
    unmapped = models.JSONField(default=list)
    life_domains = ArrayField(models.CharField(max_length=2), default=list)
    advice = models.TextField(blank=True)  # the advice question and its answer, because the asker said so


class ReporterKind(models.TextChoices):
    PROFESSIONAL = "professional", _("professional")
    CITIZEN = "citizen", _("iemand uit de omgeving")
    FAMILY_MEMBER = "family_member", _("iemand uit het gezin zelf")
    ORGANISATION = "organisation", _("organisatie")


class Anonymity(models.TextChoices):
    """Towards whom the reporter stays unknown (Wmo 2015 artikel 5.3.1 lid 4; harm B8)."""

    NOBODY = "nobody", _("niemand: het gezin mag weten wie meldt")
    FAMILY = "family", _("het gezin")
    EVERYBODY = "everybody", _("iedereen, ook voor ons")


class Reporter(OfReport):
    """Reporter (melder). Own table, heard by the duo only: a name here can be somebody's danger (harm B3)."""

    lock = Content(kind="reporter")
    privacy = {
        Privacy.SECRET: "name phone email safe_contact",
        Privacy.PERSONAL: "kind function organisation relation anonymous_to wants_feedback plays_a_role",
    }

    report = models.OneToOneField(ConcernReport, on_delete=models.RESTRICT, related_name="+")
    kind = models.CharField(max_length=14, choices=ReporterKind.choices)
    name = SecretText(blank=True)
    function = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=160, blank=True)
    relation = models.CharField(max_length=120, blank=True)
    phone = SecretText(blank=True)
    email = SecretText(blank=True)
    safe_contact = SecretText(blank=True)
    anonymous_to = models.CharField(max_length=10, choices=Anonymity.choices)
    wants_feedback = models.BooleanField(default=True)
    plays_a_role = models.BooleanField(default=False)
    audience = models.CharField(max_length=16, choices=Audience.choices, default=Audience.DUO)


class RoleInReport(models.TextChoices):
    """What a person is to the child or to what happened, after the national list of roles; no gendered parent."""

    CHILD = "child", _("kind")
    PARENT = "parent", _("ouder")
    NON_LEGAL_PARENT = "non_legal_parent", _("ouder, niet juridisch")
    STEP_PARENT = "step_parent", _("stiefouder")
    FOSTER_PARENT = "foster_parent", _("pleegouder")
    CARER = "carer", _("verzorger")
    GUARDIAN = "guardian", _("voogd")
    SIBLING = "sibling", _("broer of zus")
    HALF_SIBLING = "half_sibling", _("halfbroer of halfzus")
    STEP_SIBLING = "step_sibling", _("stiefbroer of stiefzus")
    FOSTER_SIBLING = "foster_sibling", _("pleegbroer of pleegzus")
    CHILD_OF_THE_YOUTH = "child_of_the_youth", _("kind van de jongere")
    GRANDCHILD = "grandchild", _("kleinkind")
    GRANDPARENT = "grandparent", _("grootouder")
    PARTNER = "partner", _("partner")
    EX_PARTNER = "ex_partner", _("ex-partner")
    OTHER_RELATIVE = "other_relative", _("andere verwant")
    SUBJECT = "subject", _("om wie het gaat")
    OTHER = "other", _("anders")
    UNKNOWN = "unknown", _("onbekend")


class ConcernedPerson(OfReport):
    """Somebody whom the report is about. `given` keeps the facts as reported, so that a report filed at the wrong
    family can leave it again with its own people and nobody else's (harm B15, story 28)."""

    lock = Content(kind="intake", about="member_id")
    privacy = {
        Privacy.PERSONAL: "member role role_words given was_added",
        Privacy.SPECIAL: "authority_said told told_how told_reaction not_told_reason remarks",
    }

    member = models.ForeignKey(FamilyMember, on_delete=models.RESTRICT, related_name="+")
    role = models.CharField(max_length=20, choices=RoleInReport.choices, default=RoleInReport.UNKNOWN)
    role_words = models.CharField(max_length=160, blank=True)
    given = models.JSONField(default=dict)
    was_added = models.BooleanField(default=True)  # this report brought this person into the family
    authority_said = models.CharField(max_length=12, default="unknown")
    told = models.BooleanField(null=True)
    told_how = models.CharField(max_length=300, blank=True)
    told_reaction = models.TextField(blank=True)
    not_told_reason = models.TextField(blank=True)
    remarks = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "member"], name="person_once_in_a_report")]


class ChildCheck(models.TextChoices):
    """Kindcheck: do children depend on this adult client? (Besluit verplichte meldcode)"""

    DONE_CHILDREN = "children", _("gedaan: er zijn kinderen")
    DONE_NONE = "no_children", _("gedaan: er zijn geen kinderen")
    NOT_NEEDED = "not_needed", _("niet nodig: het gaat over een kind")
    NOT_DONE = "not_done", _("nog niet gedaan")


class MeldcodeSteps(OfReport):
    """The five steps of the meldcode as a professional took them, and the two decisions apart (harm B38)."""

    lock = Content(kind="intake")
    privacy = {
        Privacy.SPECIAL: "signals_on consulted_on consulted_whom talked_on talk not_talked_reason weighed_on weighing"
        " decided_on report_needed help_possible help_words child_check",
        Privacy.SECRET: "author",
    }

    report = models.OneToOneField(ConcernReport, on_delete=models.RESTRICT, related_name="+")
    signals_on = models.DateField(null=True)
    consulted_on = models.DateField(null=True)
    consulted_whom = models.CharField(max_length=200, blank=True)
    talked_on = models.DateField(null=True)
    talk = models.TextField(blank=True)
    not_talked_reason = models.TextField(blank=True)
    weighed_on = models.DateField(null=True)
    weighing = models.TextField(blank=True)
    decided_on = models.DateField(null=True)
    report_needed = models.BooleanField(null=True)
    help_possible = models.BooleanField(null=True)
    help_words = models.TextField(blank=True)
    child_check = models.CharField(max_length=12, choices=ChildCheck.choices, blank=True)
    author = SecretText(blank=True)
    audience = models.CharField(max_length=16, choices=Audience.choices, default=Audience.DUO)
