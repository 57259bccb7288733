"""How long things are kept: every table has a term with its article, and the night job forgets only what is past it."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from kring.demo.cast import Cast
from kring.intake import actions
from kring.intake.actions import letterbox
from kring.intake.models import AdviceQuestion
from kring.intake.retention import KEPT, advice_before
from tests.bed import acting, as_system


def test_every_table_of_the_room_has_a_term_with_its_article() -> None:
    named = {name for kept in KEPT for name in kept.models}
    assert named == {model.__name__ for model in apps.get_app_config("intake").get_models()}
    assert all(kept.term.source and kept.counted_from for kept in KEPT)


def test_a_question_is_kept_one_year() -> None:
    assert advice_before(date(2026, 11, 22)) == date(2025, 11, 22)


@pytest.mark.django_db(transaction=True)
def test_the_night_job_forgets_old_drafts_and_questions_and_nothing_else(cast: Cast) -> None:
    code, now = letterbox.keep_draft("iemand", {"what_happened": "iets"}), timezone.now()
    with acting(cast.tom) as tom:
        for asked_at in (now, now - timedelta(days=500)):
            actions.ask_advice(
                by=tom, desk_id=cast.organisation("veilig_thuis"), asker="citizen", question="Wat kan ik doen?", asked_at=asked_at
            )  # fmt: skip
    with as_system(), connection.cursor() as cursor:
        cursor.execute("select sec.forget_letterbox(%s)", [advice_before(timezone.localdate())])
        assert cursor.fetchone()[0] == 1
    assert letterbox.draft_behind(code) is not None
    with acting(cast.tom):
        assert AdviceQuestion.objects.count() == 1


@pytest.mark.django_db
def test_nobody_but_a_job_forgets(cast: Cast) -> None:
    from django.db import DatabaseError, transaction

    with acting(cast.tom), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select sec.forget_letterbox(%s)", [timezone.localdate()])
