"""Every reading of an intake, by viewer. Row-level security leaves out what is not for this viewer."""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.accounts.models import Organisation, OrganisationKind, Professional
from kring.circle.access import NotThere, OpenFamily, open_family, why_not_each
from kring.circle.models import Family
from kring.families.likeness import likely_duplicates
from kring.families.lookup import names_of
from kring.families.models import FamilyMember, Standing
from kring.families.queries import members_of
from kring.intake import rules
from kring.intake.codes import hash_of
from kring.intake.given import ConcernGiven
from kring.intake.models import (
    AdviceQuestion,
    BreachNote,
    ConcernedPerson,
    ConcernReport,
    Feedback,
    FeedbackMoment,
    Judgement,
    MeldcodeSteps,
    Outcome,
    Postponement,
    ReportContent,
    Reporter,
    ReporterKind,
    SafetyAssessment,
    Telling,
    Urgency,
)
from kring.intake.states import ReportState
from kring.lifecycle.reasons import Reason
from kring.locks.subject import Viewer


def desk_for(town: str = "") -> Organisation:
    """The Veilig Thuis of the region this town is in; of an unknown town the first, which sends it on by name."""
    desks = Organisation.objects.filter(kind=OrganisationKind.VEILIG_THUIS).order_by("name")
    there = desks.filter(region__municipalities__name__iexact=town.strip()).first() if town.strip() else None
    return there or desks[0]


def my_desks(viewer: Viewer) -> list[uuid.UUID]:
    """The organisations at whose desk this viewer works now."""
    return [uuid.UUID(role.partition(":")[2]) for role in sorted(viewer.roles) if role.startswith("desk:")]


def advice_waiting(viewer: Viewer) -> QuerySet[AdviceQuestion]:
    """Unanswered questions at my desks, longest waiting first."""
    return AdviceQuestion.objects.filter(organisation_id__in=my_desks(viewer), answered_at__isnull=True).order_by(
        "asked_at"
    )


def advice_answered(viewer: Viewer) -> QuerySet[AdviceQuestion]:
    return (
        AdviceQuestion.objects.filter(organisation_id__in=my_desks(viewer), answered_at__isnull=False)
        .select_related("answered_by")
        .order_by("-answered_at")
    )


def advice(viewer: Viewer, advice_id: uuid.UUID) -> AdviceQuestion | None:
    return AdviceQuestion.objects.filter(pk=advice_id, organisation_id__in=my_desks(viewer)).first()


@dataclass(frozen=True)
class Inbox:
    """The desk's reports in three piles. Index rows only: labels, dates and names of colleagues, no content."""

    nobody: list[ConcernReport]
    in_assessment: list[ConcernReport]
    to_finish: list[ConcernReport]

    @property
    def nobody_kind(self) -> str:
        """Red only while somebody is in danger."""
        return "urgent" if any(one.urgency == Urgency.NOW for one in self.nobody) else ""


def reports_of_my_desks(viewer: Viewer) -> QuerySet[ConcernReport]:
    """What is not closed, what is due first at the top; `inbox` puts danger above it."""
    return (
        ConcernReport.objects.filter(desk_id__in=my_desks(viewer))
        .exclude(state=ReportState.CLOSED)
        .select_related("family", "desk", "assessor")
        .order_by("assess_by", "received_at")
    )


def inbox(viewer: Viewer) -> Inbox:
    found = sorted(reports_of_my_desks(viewer), key=lambda one: one.urgency != "now")
    pile = {state: [one for one in found if one.state == state] for state in ReportState}
    rest = (ReportState.ASSESSED, ReportState.NOT_ADMISSIBLE, ReportState.WRONGLY_ADDRESSED)
    return Inbox(
        pile[ReportState.RECEIVED], pile[ReportState.IN_ASSESSMENT], [one for state in rest for one in pile[state]]
    )


@dataclass(frozen=True)
class PersonLine:
    """One person of the family on the report's page: as reported, as assessed, as told."""

    member: FamilyMember
    reported: ConcernedPerson | None
    assessment: SafetyAssessment | None
    telling: Telling | None

    @property
    def judgement(self) -> str:
        return str(self.assessment.get_judgement_display()) if self.assessment else ""

    @property
    def judgement_kind(self) -> str:
        """Red is for danger now; the word says it, the colour repeats it."""
        kinds = {Judgement.ACUTE: "danger", Judgement.UNSAFE: "warn", Judgement.SAFE: "ok"}
        return kinds.get(Judgement(self.assessment.judgement), "neutral") if self.assessment else "neutral"


@dataclass(frozen=True)
class ReportPage:
    """Everything on a report's page. `reporter` is None for who may not know."""

    opened: OpenFamily
    report: ConcernReport
    content: ReportContent | None
    reporter: Reporter | None
    meldcode: MeldcodeSteps | None
    people: list[PersonLine]
    outcomes: list[Outcome]
    feedback: list[Feedback]
    to_ask: list[Reason]
    against: dict[str, list[Reason]] = field(default_factory=dict)

    @property
    def next_feedback(self) -> int | None:
        given = {one.moment for one in self.feedback}
        return next((moment.value for moment in FeedbackMoment if moment not in given), None)

    @property
    def is_late(self) -> bool:
        return self.report.outcome == "" and timezone.localdate() > self.report.assess_by

    @property
    def is_open(self) -> bool:
        return self.report.state != ReportState.CLOSED


def report_page(viewer: Viewer, family_id: uuid.UUID, report_id: uuid.UUID) -> ReportPage:
    """Open the family and read one of its reports; NotThere for hidden and absent alike."""
    opened = open_family(viewer, family_id, "melding lezen")
    report = (
        ConcernReport.objects.filter(family_id=family_id, pk=report_id)
        .select_related("desk", "assessor", "family")
        .first()
    )
    if report is None:
        raise NotThere(family_id, "melding")
    content = ReportContent.objects.filter(report=report).first()
    reporter = Reporter.objects.filter(report=report).first()
    at_work = reporter is not None and reporter.kind == ReporterKind.PROFESSIONAL
    page = ReportPage(
        opened,
        report,
        content,
        reporter,
        MeldcodeSteps.objects.filter(report=report).first() if at_work else None,
        _people(opened, report),
        list(Outcome.objects.filter(report=report).select_related("decided_by").order_by("-decided_at")),
        list(Feedback.objects.filter(report=report).select_related("given_by").order_by("moment")),
        rules.still_to_ask(_as_given(content)) if content else [],
    )
    page.against.update(_against(viewer, page))
    return page


def _people(opened: OpenFamily, report: ConcernReport) -> list[PersonLine]:
    reported = {one.member_id: one for one in ConcernedPerson.objects.filter(report=report)}
    assessed = {
        one.member_id: one for one in SafetyAssessment.objects.filter(report=report).select_related("assessed_by")
    }
    tellings = {one.member_id: one for one in Telling.objects.filter(report=report).select_related("told_by")}
    lines = []
    for member in members_of(opened):
        if member.standing == Standing.MEMBER or member.id in reported:
            of = member.id
            lines.append(PersonLine(member, reported.get(of), assessed.get(of), tellings.get(of)))
    return lines


def _against(viewer: Viewer, page: ReportPage) -> dict[str, list[Reason]]:
    """Per act what is against it now: it guards the page and explains the grey button."""
    report, roles = page.report, page.opened.roles
    acts = ("take_up", "weigh", "decide", "tell", "give_feedback", "close", "attach", "take_out")
    desk = rules.may_weigh(report, viewer)
    allowed = why_not_each(viewer, roles, [f"intake.{act}" for act in acts])
    found = {act: allowed[f"intake.{act}"] or desk for act in acts}
    assessed = {str(line.member.id) for line in page.people if line.assessment}
    waiting = [line.member.name for line in page.people if line.telling and not line.telling.told_at]
    for act in ("weigh", "decide"):
        found[act] = found[act] or rules.may_still_be_weighed(report, viewer)
    found["overlooked"] = found["decide"] or rules.nobody_overlooked(people_to_assess(report.family_id), assessed)
    found["close"] = found["close"] or rules.may_close(waiting, [one.moment for one in page.feedback])
    moment = page.next_feedback or FeedbackMoment.AT_THE_END
    found["give_feedback"] = found["give_feedback"] or rules.may_give_feedback(
        report, moment, [one.moment for one in page.feedback]
    )
    return found


def people_to_assess(family_id: uuid.UUID) -> dict[str, str]:
    """Everybody who needs an own assessment, id to name: each living member, not the network around them."""
    members = FamilyMember.objects.filter(
        family_id=family_id, standing=Standing.MEMBER, merged_into__isnull=True, died_on__isnull=True
    )
    return {str(member.id): member.name for member in members.order_by("born_on", "sort_name")}


def _as_given(content: ReportContent) -> ConcernGiven:
    names = ("what_happened", "how_often", "how_serious", "since_when", "seen_by")
    return ConcernGiven(**{name: getattr(content, name) for name in names})


def known_families(page: ReportPage) -> dict[str, Family]:
    """Families of this viewer in which somebody has the same surname and birth date; nothing about any other."""
    alike = likely_duplicates(page.opened, [line.member for line in page.people])
    return {str(one.family.id): one.family for one in alike if one.family}


def same_people(report: ConcernReport, family: Family) -> dict[uuid.UUID, uuid.UUID]:
    """Who of the family it came in for has the surname and birth date of which member there, each member there at most once.

    Of twins with one known name both would be that one member: the second is added, and a person merges them or not.
    """
    there: dict[bytes, set[uuid.UUID]] = {}
    for member in FamilyMember.objects.filter(family=family, merged_into__isnull=True):
        for exact in names_of(member):
            there.setdefault(exact, set()).add(member.id)
    same: dict[uuid.UUID, uuid.UUID] = {}
    for member in FamilyMember.objects.filter(family_id=report.family_id, merged_into__isnull=True):
        found = set().union(*(there.get(exact, set()) for exact in names_of(member)))
        if len(found) == 1 and not found & set(same.values()):
            same[member.id] = found.pop()
    return same


def breach_notes(viewer: Viewer) -> list[BreachNote]:
    """Undecided first. They lie with the desk, in no family's file."""
    return list(
        BreachNote.objects.filter(organisation_id__in=my_desks(viewer))
        .select_related("decided_by")
        .order_by(F("decided_at").asc(nulls_first=True), "notify_by")
    )


@dataclass(frozen=True)
class Seen:
    """Somebody who opened the wrong family; without a name where that is hidden from us."""

    name: str
    organisation: str
    times: int


def who_saw(note: BreachNote) -> list[Seen]:
    known = Professional.objects.select_related("organisation").in_bulk(
        [row["subject_id"] for row in note.seen_by if row["subject_id"]]
    )
    seen = []
    for row in note.seen_by:
        one = known.get(uuid.UUID(row["subject_id"])) if row["subject_id"] else None
        name = one.name if one else _("Iemand wiens plek in die kring afgeschermd is, of iemand uit het gezin")
        seen.append(Seen(name, one.organisation.name if one else "", int(row["times"])))
    return seen


def telling_of(page: ReportPage, telling_id: uuid.UUID) -> Telling:
    for line in page.people:
        if line.telling and line.telling.id == telling_id:
            return line.telling
    raise NotThere(page.report.family_id, "vertellen")


def postponements_of(telling: Telling) -> list[Postponement]:
    """Each time it was put off, with the reason, oldest first."""
    return list(Postponement.objects.filter(telling=telling).select_related("decided_by").order_by("decided_at"))


def line_of(page: ReportPage, member_id: uuid.UUID) -> PersonLine:
    for line in page.people:
        if line.member.id == member_id:
            return line
    raise NotThere(page.report.family_id, "gezinslid")


def reports_of(family_id: uuid.UUID, since: date | None = None) -> QuerySet[ConcernReport]:
    """The reports of one family, newest first; index rows."""
    found = ConcernReport.objects.filter(family_id=family_id).select_related("desk", "assessor")
    return (found.filter(received_at__date__gte=since) if since else found).order_by("-received_at")


@dataclass(frozen=True)
class AnswerBehind:
    """What somebody with the code of an advice question sees."""

    question: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True)
class ReceiptBehind:
    """What a reporter sees with the receipt's code: that it came in, that somebody has it, what was left for them."""

    received_at: datetime
    held: bool
    decided: bool
    feedback: list[str]


def answer_behind(code: str) -> AnswerBehind | None:
    row = _behind("question, asked_at, answer, answered_at from sec.advice_behind(%s)", "advice", code)
    return AnswerBehind(*row) if row else None


def receipt_behind(code: str) -> ReceiptBehind | None:
    row = _behind("received_at, held, decided, feedback from sec.receipt_behind(%s)", "receipt", code)
    return ReceiptBehind(*row) if row else None


def _behind(what: str, kind: str, code: str) -> tuple | None:
    with connection.cursor() as cursor:
        cursor.execute(f"select {what}", [hash_of(kind, code)])
        found: tuple | None = cursor.fetchone()
        return found
