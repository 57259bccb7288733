"""The public page: one question at a time, nothing kept unless asked, and a code to come back with."""

import re
from typing import Any

import pytest
from django.test import Client

from kring.circle.access import open_family
from kring.circle.models import Family
from kring.demo.cast import Cast
from kring.intake import actions, queries
from kring.intake.actions import letterbox
from kring.intake.models import (
    AdviceQuestion,
    ConcernedPerson,
    ConcernReport,
    Draft,
    MeldcodeSteps,
    ReportContent,
    Reporter,
)
from kring.intake.tests.stories import by_a_stranger
from tests.bed import acting, browser

pytestmark = pytest.mark.django_db
sends = pytest.mark.django_db(transaction=True)  # the reporter's token is minted on a connection of its own
ANSWERS = {
    "urgency": "ordinary", "what_happened": "Ik hoorde een klap en daarna huilde een kind.", "how_often": "drie keer",
    "since_when": "sinds de zomer", "how_serious": "het kind was bang", "first_hand": "yes", "seen_by": "ik zelf",
    "is_secret": "no", "street": "Havenstraat", "house_number": "12", "town": "Havenwijk", "people": "2",
    "p0-role": "child", "p0-given_names": "Daan", "p0-born": "2-3-2017", "p1-role": "parent", "p1-born": "rond de dertig",
    "anonymous_to": "family", "name": "Bea Mulder", "phone": "06 87654321", "wants_feedback": "yes",
}  # fmt: skip
AT_WORK = ANSWERS | {
    "signals_on": "2026-11-02", "weighing": "Het is steeds weer onveilig.", "weighed_on": "2026-11-10",
    "talk": "Moeder zegt dat zij bang is.", "report_needed": "yes", "help_possible": "no", "child_check": "not_needed",
    "function": "intern begeleider", "organisation": "Basisschool De Regenboog", "plays_a_role": "yes",
}  # fmt: skip


@pytest.fixture
def stranger() -> Client:
    return browser()


def press(client: Client, go: str, step: int, **answers: Any) -> str:
    key = "6d5b0a0e-1f6e-4b57-9a34-0b6a3a3d0042"
    sent = {"go": go, "step": str(step), "idempotency_key": key} | answers
    response = client.post("/contact/iemand/", sent)
    assert response.status_code == 200, response.content.decode()[:400]
    return response.content.decode()


def code_in(page: str) -> str:
    return re.search(r"[B-Z2-9]{4}-[B-Z2-9]{4}-[B-Z2-9]{4}", page).group()


def test_112_stands_first_and_the_title_and_address_say_nothing(stranger: Client) -> None:
    for path in (
        "/contact/",
        "/contact/iemand/",
        "/contact/ikzelf/",
        "/contact/werk/",
        "/contact/vraag/",
        "/contact/code/",
    ):
        page = stranger.get(path).content.decode()
        assert page.index("112") < page.index("<h1")
        title = re.search(r"<title>(.*?)</title>", page, re.S).group(1)
        assert not re.search("melding|mishandeling|geweld|veilig", title, re.I)
        assert not re.search("melding|mishandeling|geweld", path)


def test_unsafe_alone_gets_the_question_to_ask(stranger: Client) -> None:
    page = press(stranger, "next", 1, what_happened="Onveilige thuissituatie, heel zorgelijk")
    assert "Wat is er precies gebeurd?" in page
    assert "Onveilige thuissituatie, heel zorgelijk" in page


def test_answers_travel_along_and_nothing_is_stored_between_two_questions(stranger: Client, cast: Cast) -> None:
    page = press(stranger, "next", 1, what_happened=ANSWERS["what_happened"], urgency="now")
    assert "Hoe vaak" in page
    assert 'name="what_happened" value="Ik hoorde een klap' in page
    assert "Bel nu 112" in page
    with acting(cast.tom):
        assert ConcernReport.objects.count() == 0


def test_going_back_and_adding_somebody_lose_nothing(stranger: Client) -> None:
    back = press(stranger, "back", 3, how_serious="het kind was bang", how_often="vaak")
    assert 'value="vaak"' in back
    assert 'name="how_serious" value="het kind was bang"' in back
    more = press(stranger, "add", 6, people="1", **{"p0-given_names": "Daan"})
    assert 'value="Daan"' in more
    assert "p1-given_names" in more


@sends
def test_a_report_from_the_page_arrives_with_its_people_and_gives_a_code(stranger: Client, cast: Cast) -> None:
    code = code_in(press(stranger, "send", 8, **ANSWERS))
    with acting(cast.tom) as tom:
        report = ConcernReport.objects.get()
        open_family(tom, report.family_id, "test")
        people = {one.member.given_names: one.member for one in ConcernedPerson.objects.select_related("member")}
        assert people["Daan"].birth.precision == "day"
        assert people[""].born_words == "rond de dertig"
        assert Reporter.objects.get().phone == "06 87654321"
    assert queries.receipt_behind(code).held is False


@sends
def test_sending_twice_is_sending_once_with_the_same_code(stranger: Client, cast: Cast) -> None:
    assert code_in(press(stranger, "send", 8, **ANSWERS)) == code_in(press(stranger, "send", 8, **ANSWERS))
    with acting(cast.tom):
        assert Family.objects.count() == 1


@sends
def test_a_reporter_whom_nobody_may_know_leaves_no_name_and_is_marked(stranger: Client, cast: Cast) -> None:
    press(stranger, "send", 8, **(ANSWERS | {"anonymous_to": "everybody"}))
    with acting(cast.tom) as tom:
        report = ConcernReport.objects.get()
        open_family(tom, report.family_id, "test")
        assert report.double_anonymous
        assert (Reporter.objects.get().name, Reporter.objects.get().phone) == ("", "")


def test_what_is_missing_brings_back_to_its_question_with_everything_typed(stranger: Client) -> None:
    page = press(stranger, "send", 8, **(ANSWERS | {"how_often": ""}))
    assert "Hoe vaak en sinds wanneer?" in page
    assert 'value="Bea Mulder"' in page


@sends
def test_a_draft_is_kept_only_when_asked_and_goes_on_under_its_code(stranger: Client, cast: Cast) -> None:
    code = code_in(press(stranger, "keep", 2, urgency="ordinary", what_happened=ANSWERS["what_happened"]))
    assert "Ik hoorde een klap" not in str(letterbox.draft_behind("BBBB-BBBB-BBBB"))
    page = stranger.post("/contact/code/", {"code": code.lower().replace("-", " ")}).content.decode()
    assert "Hoe vaak en sinds wanneer?" in page
    assert "Ik hoorde een klap" in page
    press(stranger, "send", 8, **(ANSWERS | {"draft_code": code}))
    assert letterbox.draft_behind(code) is None


@sends
def test_a_draft_is_unreadable_in_the_database(stranger: Client, the_owner: Any) -> None:
    press(stranger, "keep", 1, what_happened="Havenstraat, groen hek")
    with the_owner() as connection, connection.cursor() as cursor:
        cursor.execute("select body from intake_draft")
        assert "Havenstraat" not in cursor.fetchone()[0]
    assert Draft._meta.db_table == "intake_draft"


def test_a_wrong_code_says_nothing_and_trying_on_stops(stranger: Client, cast: Cast) -> None:
    from django.core.cache import cache

    cache.clear()
    answers = [stranger.post("/contact/code/", {"code": f"BBBB-CCCC-DDD{n}"}) for n in range(2, 13)]
    assert "kennen we niet" in answers[0].content.decode()
    assert answers[-1].status_code == 429
    cache.clear()


@sends
def test_the_receipt_tells_the_reporter_what_was_left_and_no_name(stranger: Client, cast: Cast) -> None:
    report, code = by_a_stranger(cast)
    with acting(cast.tom) as tom:
        taken = actions.take_up(by=tom, report=ConcernReport.objects.select_related("desk").get(pk=report.pk))
        actions.decide(by=tom, report=taken, outcome="VT-99", reasons="Dit gezin woont in een andere regio dan wij.")
        actions.give_feedback(by=tom, report=taken, moment=1, how="code", text="Wij stuurden het door.")
    page = stranger.post("/contact/code/", {"code": code}).content.decode()
    assert "Wij stuurden het door." in page
    assert not re.search("Vries|Daan|Havenstraat|Tom", page)


@sends
def test_at_work_the_five_steps_and_both_decisions_arrive_with_the_report(stranger: Client, cast: Cast) -> None:
    sent = AT_WORK | {"go": "send", "step": "12", "idempotency_key": "6d5b0a0e-1f6e-4b57-9a34-0b6a3a3d0077"}
    assert code_in(stranger.post("/contact/werk/", sent).content.decode())
    with acting(cast.tom) as tom:
        open_family(tom, ConcernReport.objects.get().family_id, "test")
        steps = MeldcodeSteps.objects.get()
        assert (steps.report_needed, steps.help_possible, steps.child_check) == (True, False, "not_needed")
        assert steps.author == "Bea Mulder"


def test_who_decides_at_work_that_reporting_is_not_needed_sends_nothing(stranger: Client, cast: Cast) -> None:
    sent = {key: AT_WORK[key] for key in ("help_possible", "child_check", "talk")} | {"report_needed": "no"}
    page = stranger.post("/contact/werk/", {"go": "next", "step": "5"} | sent).content.decode()
    assert "melden is niet nodig" in page
    with acting(cast.tom):
        assert ConcernReport.objects.count() == 0


@sends
def test_advice_on_the_page_gets_a_code_and_later_its_answer(stranger: Client, cast: Cast) -> None:
    sent = {"asker": "professional", "question": "Een leerling heeft vaak blauwe plekken. Wat kan ik doen?"}
    code = code_in(stranger.post("/contact/vraag/", sent).content.decode())
    with acting(cast.tom) as tom:
        question = AdviceQuestion.objects.get()
        actions.answer_advice(by=tom, advice=question, answer="Praat eerst met de leerling, alleen.")
    assert "Praat eerst met de leerling" in stranger.post("/contact/code/", {"code": code}).content.decode()


@sends
def test_her_question_joins_her_report_when_she_begins_it_from_the_answer(stranger: Client, cast: Cast) -> None:
    sent = {"asker": "citizen", "question": "Ik hoor vaak huilen bij de buren. Wat kan ik doen?"}
    code = code_in(stranger.post("/contact/vraag/", sent).content.decode())
    assert f'name="advice_code" value="{code}"' in stranger.post("/contact/code/", {"code": code}).content.decode()
    assert f'name="advice_code" value="{code}"' in press(stranger, "to-0", 0, advice_code=code)
    press(stranger, "send", 8, **(ANSWERS | {"advice_code": code}))
    with acting(cast.tom) as tom:
        open_family(tom, ConcernReport.objects.get().family_id, "test")
        assert "Ik hoor vaak huilen" in ReportContent.objects.get().advice


@sends
def test_what_was_changed_after_sending_arrives_too_and_once(stranger: Client, cast: Cast) -> None:
    first = code_in(press(stranger, "send", 8, **ANSWERS))
    changed = ANSWERS | {"how_often": "elke dag"}
    second = code_in(press(stranger, "send", 8, **changed))
    assert second == code_in(press(stranger, "send", 8, **changed)) != first
    with acting(cast.tom):
        assert ConcernReport.objects.count() == 2


def test_a_name_in_a_question_is_pointed_out_and_a_citizen_number_never_passes(stranger: Client, cast: Cast) -> None:
    sent = {"asker": "citizen", "question": "Wat doe ik met Sanne Jansen uit de straat?"}
    assert "Sanne Jansen" in stranger.post("/contact/vraag/", sent).content.decode()
    with_number = sent | {"question": "Het gaat om 123456782, help.", "checked": "on"}
    assert "Haal dit nummer weg" in stranger.post("/contact/vraag/", with_number).content.decode()
    with acting(cast.tom):
        assert AdviceQuestion.objects.count() == 0
