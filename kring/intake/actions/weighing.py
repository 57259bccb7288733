"""A report is weighed: taken by name, every person assessed, decided with reasons, closed."""

from typing import Any

from django.utils import timezone

from kring.circle.access import ensure_open, require
from kring.circle.actions import take_up_sight
from kring.circle.models import Circle
from kring.families.models import FamilyMember
from kring.intake import rules
from kring.intake.models import ConcernReport, Feedback, Outcome, OutcomeCode, SafetyAssessment, Telling, Trajectory
from kring.intake.queries import people_to_assess
from kring.intake.states import REPORT
from kring.intake.terms import FEEDBACK, FOLLOW_UP
from kring.lifecycle.action import action, record
from kring.lifecycle.moves import move
from kring.lifecycle.reasons import Conflict, demand
from kring.locks.subject import Viewer

# These two are decided without assessing everybody: the report is not one for us.
NOT_OURS = {OutcomeCode.NOT_ADMISSIBLE: "refuse", OutcomeCode.WRONGLY_ADDRESSED: "redirect"}


@action
def take_up(*, by: Viewer, report: ConcernReport) -> ConcernReport:
    """I assess this report. Where only a desk holds sight on safety, who takes the report takes sight too."""
    report = _guarded(by, report, "intake.take_up")
    circle = Circle.objects.select_related("sight_owner", "family").get(family_id=report.family_id)
    if circle.sight_owner.desk_id:
        take_up_sight(by=by, family=circle.family)
    verb = "take_up" if report.assessor_id is None else "take_over"
    taken: ConcernReport = move(report, verb, lifecycle=REPORT, by=by, assessor_id=by.id)
    record("intake.report_taken_up", by=by, family_id=report.family_id, report_id=report.id)
    return taken


@action
def assess(
    *, by: Viewer, report: ConcernReport, member: FamilyMember, version: int | None = None, **facts: Any
) -> SafetyAssessment:
    """Write the safety assessment of one person, or change it while the report is in assessment."""
    report = _guarded(by, report, "intake.weigh")
    demand(rules.may_still_be_weighed(report, by), rules.rests_on_facts(facts), family_id=report.family_id)
    now = SafetyAssessment.objects.select_for_update(of=("self",)).filter(report=report, member=member).first()
    if version is not None and version != (now.version if now else 0):
        raise Conflict
    one = now or SafetyAssessment(family_id=report.family_id, report=report, member=member)
    for name, value in facts.items():
        setattr(one, name, value)
    one.assessed_by_id, one.assessed_at = by.id, timezone.now()
    one.version += 1 if now else 0
    one.save(force_insert=now is None)
    record("intake.person_assessed", by=by, family_id=report.family_id, report_id=report.id, member_id=member.id)
    return one


@action
def decide(*, by: Viewer, report: ConcernReport, outcome: str, reasons: str) -> ConcernReport:
    """Fix the outcome with its reasons. For everything but a report that is not ours: nobody was overlooked.

    Nobody found the family known by now: it counts as a first report.
    """
    report = _guarded(by, report, "intake.decide")
    assessments = list(SafetyAssessment.objects.filter(report=report))
    demand(
        rules.may_still_be_weighed(report, by),
        rules.outcome_has_reasons(outcome, reasons),
        [] if outcome in NOT_OURS else rules.nobody_overlooked(people_to_assess(report.family_id), who(assessments)),
        rules.may_rest_on_an_unknown_reporter(report, outcome, assessments),
        family_id=report.family_id,
    )
    today = timezone.localdate()
    longer = outcome in (OutcomeCode.AT_VEILIG_THUIS, OutcomeCode.REGIONAL)
    decided: ConcernReport = move(
        report, NOT_OURS.get(OutcomeCode(outcome), "decide"), lifecycle=REPORT, by=by, outcome=outcome,
        trajectory=report.trajectory if report.trajectory != Trajectory.UNKNOWN else Trajectory.FIRST,
        feedback_by=FEEDBACK.ends_on(today), conclude_by=(FOLLOW_UP if longer else FEEDBACK).ends_on(today),
    )  # fmt: skip
    _write_outcome(by, decided, outcome, reasons)
    return decided


@action
def reassess(*, by: Viewer, report: ConcernReport) -> ConcernReport:
    """Something came up: the assessment is open again. What was decided stays on record."""
    report = _guarded(by, report, "intake.weigh")
    again: ConcernReport = move(
        report, "reassess", lifecycle=REPORT, by=by, outcome="", assessor_id=by.id, conclude_by=None, feedback_by=None
    )
    record("intake.report_reassessed", by=by, family_id=report.family_id, report_id=report.id)
    return again


@action
def close(*, by: Viewer, report: ConcernReport, outcome: str = "", reasons: str = "") -> ConcernReport:
    """The report is done: everybody was told, the reporter heard twice. `outcome`: how a follow-up by us ended."""
    report = _guarded(by, report, "intake.close")
    waiting = Telling.objects.filter(report=report, told_at__isnull=True).select_related("member")
    given = Feedback.objects.filter(report=report).values_list("moment", flat=True)
    demand(rules.may_close([one.member.name for one in waiting], list(given)), family_id=report.family_id)
    if outcome:
        demand(rules.outcome_has_reasons(outcome, reasons), family_id=report.family_id)
    closed: ConcernReport = move(
        report, "close", lifecycle=REPORT, by=by, outcome=outcome or report.outcome, conclude_by=None, feedback_by=None
    )
    if outcome:
        _write_outcome(by, closed, outcome, reasons)
    record("intake.report_closed", by=by, family_id=report.family_id, report_id=report.id, outcome=closed.outcome)
    return closed


def who(assessments: list[SafetyAssessment]) -> set[str]:
    """The ids of everybody with an own assessment."""
    return {str(one.member_id) for one in assessments}


def _write_outcome(by: Viewer, report: ConcernReport, code: str, reasons: str) -> None:
    Outcome.objects.create(
        family_id=report.family_id, report=report, code=code, reasons=reasons, decided_by_id=by.id,
        decided_at=timezone.now(),
    )  # fmt: skip
    record("intake.report_decided", by=by, family_id=report.family_id, report_id=report.id, outcome=code)


def _guarded(by: Viewer, report: ConcernReport, act: str) -> ConcernReport:
    """The report as it stands now, for who may: in the circle, in the role, at the desk that has it (harm B39).

    Locked: nobody assesses while it is decided, and who adds somebody to the family waits (`sec.must_hear_too`).
    """
    require(by, report.family_id, act)
    fresh = ConcernReport.objects.select_for_update(of=("self",)).select_related("desk", "family").get(pk=report.pk)
    demand(rules.may_weigh(fresh, by), family_id=fresh.family_id)
    ensure_open(by, fresh.family_id, "melding beoordelen")
    return fresh
