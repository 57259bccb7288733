"""A teacher calls: advice without a family, and a report only because she says so (story 1)."""

from dataclasses import replace

import pytest

from kring.demo.cast import Cast
from kring.intake import actions
from kring.intake.models import AdviceQuestion, ReportContent
from kring.intake.tests.stories import SHOUTING, a_report, members
from kring.lifecycle.reasons import NotAllowed
from kring.locks.models import own_models
from tests.bed import acting

pytestmark = pytest.mark.django_db
QUESTION = "Een leerling van acht heeft vaak blauwe plekken. Wat kan ik doen?"


def asked(cast: Cast) -> actions.Asked:
    with acting(cast.tom) as tom:
        return actions.ask_advice(
            by=tom, desk_id=cast.organisation("veilig_thuis"), asker="professional", question=QUESTION
        )


def test_a_question_has_no_place_for_a_family() -> None:
    for field in AdviceQuestion._meta.concrete_fields:
        related = field.related_model
        assert related is None or related._meta.label in ("accounts.Organisation", "accounts.Professional")
    assert AdviceQuestion in own_models()


def test_the_desk_answers_once_and_a_colleague_elsewhere_finds_nothing(cast: Cast) -> None:
    asked(cast)
    with acting(cast.amira) as amira:
        question = AdviceQuestion.objects.get()
        actions.answer_advice(by=amira, advice=question, answer="Praat eerst met de leerling, alleen.")
        with pytest.raises(NotAllowed, match="answered"):
            actions.answer_advice(by=amira, advice=question, answer="Nog iets.")
    for outsider in (cast.samira, cast.joost, cast.noor):
        with acting(outsider) as viewer:
            assert AdviceQuestion.objects.count() == 0
            with pytest.raises(NotAllowed, match="desk"):
                actions.answer_advice(by=viewer, advice=question, answer="Ik weet het ook.")


def test_an_answer_names_nobody_either(cast: Cast) -> None:
    asked(cast)
    with acting(cast.tom) as tom, pytest.raises(NotAllowed, match="trace"):
        actions.answer_advice(by=tom, advice=AdviceQuestion.objects.get(), answer="Bel de moeder van Sanne Jansen.")


def test_a_week_later_the_question_joins_her_report_only_because_she_gives_the_code(cast: Cast) -> None:
    code = asked(cast).code
    with acting(cast.tom) as tom:
        members(tom, a_report(tom, cast))
        assert ReportContent.objects.get().advice == ""
    with acting(cast.tom) as tom:
        report = a_report(tom, cast, concern=replace(SHOUTING, advice_code=code.lower()))
        members(tom, report)
        assert QUESTION in ReportContent.objects.get(report=report).advice
        question = AdviceQuestion.objects.get()
        assert question.joined_at is not None
        assert str(report.family_id) not in str(vars(question))


def test_a_wrong_code_joins_nothing(cast: Cast) -> None:
    asked(cast)
    with acting(cast.tom) as tom:
        members(tom, a_report(tom, cast, concern=replace(SHOUTING, advice_code="BBBB-CCCC-DDDD")))
        assert ReportContent.objects.get().advice == ""
        assert AdviceQuestion.objects.get().joined_at is None
