"""Advice: asked, answered, and at the asker's word made part of a report."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.intake import rules
from kring.intake.codes import hash_of, new_code
from kring.intake.models import AdviceQuestion, Road
from kring.lifecycle.action import action
from kring.lifecycle.reasons import NotAllowed, Reason, demand
from kring.lifecycle.terms import dutch_day
from kring.locks.subject import Viewer


@dataclass(frozen=True)
class Asked:
    """The question's id, and the code that only the asker holds."""

    id: uuid.UUID
    code: str


@action
def ask_advice(
    *,
    by: Viewer,
    desk_id: uuid.UUID,
    asker: str,
    question: str,
    checked: bool = False,
    asked_at: datetime | None = None,
) -> Asked:
    """Write a question down without a family in it; it is answered the same day. The asker gets the only code."""
    demand(rules.names_nobody(question, checked))
    asked, code = asked_at or timezone.now(), new_code()
    advice_id, code_hash = uuid.uuid4(), hash_of("advice", code)
    if by.kind == "reporter":
        with connection.cursor() as cursor:
            cursor.execute(
                "select sec.ask_advice(%s, %s, %s, %s, %s, %s, %s)",
                [advice_id, desk_id, asker, question, asked, dutch_day(asked), code_hash],
            )
        return Asked(advice_id, code)
    _of_the_desk(by, desk_id)
    AdviceQuestion.objects.create(
        id=advice_id, organisation_id=desk_id, road=Road.PHONE, asker=asker, question=question, asked_at=asked,
        due_on=dutch_day(asked), code_hash=code_hash,
    )  # fmt: skip
    return Asked(advice_id, code)


@action
def answer_advice(*, by: Viewer, advice: AdviceQuestion, answer: str, checked: bool = False) -> AdviceQuestion:
    """Answer it once; the answer names nobody either."""
    _of_the_desk(by, advice.organisation_id)
    fresh = AdviceQuestion.objects.select_for_update().get(pk=advice.pk)
    if fresh.answered_at:
        raise NotAllowed([Reason("answered", _("Deze vraag is al beantwoord."), "Wmo 2015 4.1.1 lid 3")])
    demand(rules.names_nobody(answer, checked))
    fresh.answer, fresh.answered_by_id, fresh.answered_at = answer, by.id, timezone.now()
    fresh.version += 1
    fresh.save(update_fields=["answer", "answered_by", "answered_at", "version"])
    return fresh


def joined(code: str) -> str:
    """The text of an earlier question, for the report that the asker says it becomes part of; empty for no such code."""
    with connection.cursor() as cursor:
        cursor.execute("select question, asked_at, answer from sec.join_advice(%s)", [hash_of("advice", code)])
        found = cursor.fetchone()
    if not found:
        return ""
    question, asked_at, answer = found
    said = _("Adviesvraag van %(day)s: %(question)s") % {"day": f"{dutch_day(asked_at):%d-%m-%Y}", "question": question}
    return f"{said}\n\n" + _("Antwoord: %(answer)s") % {"answer": answer or _("nog niet gegeven")}


def _of_the_desk(by: Viewer, desk_id: uuid.UUID) -> None:
    if not by.has_role("desk", desk_id):
        raise NotAllowed([Reason("desk", _("Dit kan alleen een medewerker van de balie."), "Wmo 2015 4.1.1 lid 3")])
