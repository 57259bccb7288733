"""Intake: advice questions, concern reports, and how they are weighed."""

from kring.intake.models.advice import AdviceQuestion, Road
from kring.intake.models.letterbox import Draft, Receipt
from kring.intake.models.report import (
    Anonymity,
    ChildCheck,
    ConcernedPerson,
    ConcernReport,
    MeldcodeSteps,
    OutcomeCode,
    ReportContent,
    Reporter,
    ReporterKind,
    RoleInReport,
    Trajectory,
    Urgency,
)
from kring.intake.models.weighing import (
    BreachNote,
    Feedback,
    FeedbackMoment,
    Judgement,
    Outcome,
    Postponement,
    SafetyAssessment,
    SourceKind,
    Telling,
)

__all__ = [
    "AdviceQuestion",
    "Anonymity",
    "BreachNote",
    "ChildCheck",
    "ConcernReport",
    "ConcernedPerson",
    "Draft",
    "Feedback",
    "FeedbackMoment",
    "Judgement",
    "MeldcodeSteps",
    "Outcome",
    "OutcomeCode",
    "Postponement",
    "Receipt",
    "ReportContent",
    "Reporter",
    "ReporterKind",
    "Road",
    "RoleInReport",
    "SafetyAssessment",
    "SourceKind",
    "Telling",
    "Trajectory",
    "Urgency",
]
