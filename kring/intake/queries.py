"""Every reading of an intake, by viewer. Row-level security leaves out what is not for this viewer."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from kring.accounts.models import Organisation, OrganisationKind
from kring.intake.codes import hash_of
from kring.intake.models import AdviceQuestion
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
