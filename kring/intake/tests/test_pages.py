"""The desk's pages: what stands there, what a button does, and the same number of queries for one row and for thirty."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kring.demo.cast import Cast
from kring.intake import actions, desk_hooks
from kring.intake.models import AdviceQuestion, ConcernReport, SafetyAssessment, Telling
from kring.intake.tests.stories import BECAUSE, DAAN, SAFE, UNSAFE, a_report, decided, members, reported, taken_up
from tests.bed import acting, browser

pytestmark = pytest.mark.django_db
KEY = "6d5b0a0e-1f6e-4b57-9a34-0b6a3a3d0099"


@pytest.fixture
def tom(cast: Cast) -> Client:
    return browser(cast.tom)


def at(report: ConcernReport, rest: str = "") -> str:
    return f"/gezin/{report.family_id}/melding/{report.id}/{rest}"


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_inbox_shows_labels_and_days_and_nothing_of_what_was_said(tom: Client, cast: Cast) -> None:
    reported(cast)
    page = text(tom.get("/meldingen/"))
    assert "Gezin de Vries" in page
    assert "nog van niemand" in page
    assert not re.search("stoel|blauw oog|Havenstraat|Bea Mulder|Daan", page)


def test_a_report_by_phone_is_taken_in_with_its_people(tom: Client, cast: Cast) -> None:
    sent = {
        "idempotency_key": KEY, "urgency": "ordinary", "what_happened": "Vader sloeg met een stoel.", "how_often": "vaak",
        "how_serious": "blauw oog", "since_when": "zomer", "seen_by": "buurvrouw", "people": "2", "p0-role": "child",
        "p0-given_names": "Daan", "p0-surname": "de Vries", "p1-role": "parent", "kind": "citizen", "is_secret": "no",
        "anonymous_to": "family", "wants_feedback": "yes", "name": "Bea Mulder",
    }  # fmt: skip
    response = tom.post("/meldingen/nieuw/", sent)
    assert response.status_code == 302
    assert "Vader sloeg met een stoel." in text(tom.get(response.url))
    assert tom.post("/meldingen/nieuw/", sent).url == response.url


def test_unsafe_alone_is_asked_further_on_the_phone_but_never_while_there_is_danger(tom: Client, cast: Cast) -> None:
    sent = {
        "idempotency_key": KEY, "urgency": "ordinary", "what_happened": "onveilige thuissituatie", "kind": "citizen",
        "is_secret": "no", "anonymous_to": "family", "wants_feedback": "yes", "people": "1",
    }  # fmt: skip
    page = text(tom.post("/meldingen/nieuw/", sent))
    for question in (
        "Wat is er precies gebeurd?",
        "Hoe vaak gebeurt dit?",
        "Sinds wanneer speelt dit?",
        "Wie heeft dit gezien",
    ):
        assert question in page
    assert tom.post("/meldingen/nieuw/", sent | {"urgency": "now"}).status_code == 302


def test_another_person_on_the_phone_form_loses_nothing(tom: Client) -> None:
    page = text(
        tom.post("/meldingen/nieuw/", {"go": "add", "people": "1", "p0-given_names": "Daan", "how_often": "vaak"})
    )
    assert 'value="Daan"' in page
    assert "p1-given_names" in page
    assert "vaak" in page


def test_taking_assessing_and_deciding_on_the_pages(tom: Client, cast: Cast) -> None:
    report = reported(cast)
    assert tom.post(at(report, "neem-op/")).status_code == 302
    with acting(cast.tom) as viewer:
        people = members(viewer, report)
    for index, member in enumerate(people.values()):
        facts = (UNSAFE if index else SAFE) | {"idempotency_key": KEY.replace("0099", f"00{index}1"), "version": "0"}
        assert tom.post(at(report, f"beoordeel/{member.id}/"), facts).status_code == 302
    sent = {"idempotency_key": KEY, "outcome": "VT-01-02", "reasons": BECAUSE}
    assert tom.post(at(report, "uitkomst/"), sent).status_code == 302
    page = text(tom.get(at(report)))
    assert "Overdracht" in page
    assert BECAUSE in page
    assert "Ziet dat vader moeder slaat." in page  # what was decided on stays to be read


def test_unsafe_without_facts_comes_back_with_every_question_at_its_field(tom: Client, cast: Cast) -> None:
    report = taken_up(cast)
    with acting(cast.tom) as viewer:
        daan = members(viewer, report)["Daan"]
    page = text(
        tom.post(at(report, f"beoordeel/{daan.id}/"), {"idempotency_key": KEY, "version": "0", "judgement": "unsafe"})
    )
    assert "Zonder aard is ‘onveilig’ een etiket." in page
    assert "Van wie of waaruit weten we dit?" in page
    with acting(cast.tom) as viewer:
        members(viewer, report)
        assert SafetyAssessment.objects.count() == 0


def test_the_grey_button_says_who_was_overlooked(tom: Client, cast: Cast) -> None:
    report = taken_up(cast)
    page = text(tom.get(at(report)))
    assert "Nog geen eigen beoordeling voor:" in page
    assert "Lisa de Vries" in page or "Lisa Vries" in page


def test_an_assessor_who_has_two_windows_open_keeps_what_was_typed_in_both(tom: Client, cast: Cast) -> None:
    report = taken_up(cast)
    with acting(cast.tom) as viewer:
        daan = members(viewer, report)["Daan"]
        actions.assess(by=viewer, report=report, member=daan, **SAFE)
    response = tom.post(at(report, f"beoordeel/{daan.id}/"), UNSAFE | {"idempotency_key": KEY, "version": "0"})
    assert response.status_code == 409
    page = text(response)
    assert "Ziet dat vader moeder slaat." in page
    assert "Is elk weekend bij oma" in page


def test_an_assessor_whose_report_was_taken_over_keeps_what_was_typed(tom: Client, cast: Cast) -> None:
    report = taken_up(cast)
    with acting(cast.amira) as amira:
        daan = members(amira, report)["Daan"]
        actions.take_up(by=amira, report=report)
    page = text(tom.post(at(report, f"beoordeel/{daan.id}/"), UNSAFE | {"idempotency_key": KEY, "version": "0"}))
    assert "Een collega heeft deze melding op naam" in page
    assert "Ziet dat vader moeder slaat." in page


def test_telling_by_letter_is_refused_while_safe_contact_is_unknown(tom: Client, cast: Cast) -> None:
    report = decided(cast)
    with acting(cast.tom) as viewer:
        telling = Telling.objects.get(member=members(viewer, report)["Fatma"])
    sent = {"idempotency_key": KEY, "channel": "letter", "how": "brief gestuurd"}
    assert "Veilig contact is nog niet besproken" in text(tom.post(at(report, f"vertel/{telling.id}/"), sent))
    in_person = sent | {"channel": "in_person", "how": "op school, alleen", "idempotency_key": KEY.replace("99", "98")}
    assert tom.post(at(report, f"vertel/{telling.id}/"), in_person).status_code == 302
    later = {"idempotency_key": KEY, "until_on": str(date(2040, 1, 1)), "reason": "wachten"}
    with acting(cast.tom) as viewer:
        other = Telling.objects.get(member=members(viewer, report)["Daan"])
    assert "Kies een dag tot en met" in text(tom.post(at(report, f"later/{other.id}/"), later))


def test_feedback_and_closing_are_done_on_the_pages(tom: Client, cast: Cast) -> None:
    report = decided(cast, "VT-01-03", people=[DAAN])
    with acting(cast.tom) as viewer:
        telling = Telling.objects.get(member=members(viewer, report)["Daan"])
        actions.tell_person(by=viewer, telling=telling, channel="in_person", how="op school")
    assert tom.get(at(report, "afronden/")).status_code == 403
    for number in (1, 2):
        sent = {"idempotency_key": KEY.replace("99", f"8{number}"), "how": "phone", "text": "We hebben het opgepakt."}
        assert tom.post(at(report, "terugkoppeling/"), sent).status_code == 302
    assert tom.post(at(report, "afronden/"), {"idempotency_key": KEY}).status_code == 302
    assert "Afgesloten" in text(tom.get(at(report)))


def test_reopening_on_the_page_keeps_what_was_decided(tom: Client, cast: Cast) -> None:
    report = decided(cast)
    assert tom.post(at(report, "heropen/")).status_code == 302
    page = text(tom.get(at(report)))
    assert "In beoordeling" in page
    assert BECAUSE in page


def test_a_question_by_phone_is_written_down_and_answered(tom: Client, cast: Cast) -> None:
    sent = {"idempotency_key": KEY, "asker": "professional", "question": "Een leerling is vaak bang. Wat kan ik doen?"}
    response = tom.post("/adviesvragen/nieuw/", sent)
    assert response.status_code == 302
    assert "Een leerling is vaak bang" in text(tom.get(response.url))
    assert tom.post(response.url, {"idempotency_key": KEY, "answer": "Praat eerst met de leerling."}).status_code == 302
    with acting(cast.tom):
        assert AdviceQuestion.objects.get().answered_by_id == cast.tom.id
    assert "Praat eerst met de leerling." in text(tom.get(response.url))
    assert "Elke vraag is beantwoord." in text(tom.get("/adviesvragen/"))


def test_the_desk_says_what_waits_on_whom_and_when(cast: Cast) -> None:
    reported(cast)
    mine = taken_up(cast)
    with acting(cast.tom) as tom:
        verbs = {one.verb: one for one in desk_hooks.waiting(tom)}
        assert set(verbs) == {"Neem op", "Beoordeel"}
        assert verbs["Beoordeel"].due == mine.assess_by
    with acting(cast.amira) as amira:
        assert [one.verb for one in desk_hooks.waiting(amira)] == ["Neem op"]
    with acting(cast.samira) as samira:
        assert desk_hooks.waiting(samira) == []


@pytest.mark.parametrize(("days", "soon"), [(-1, "today"), (0, "today"), (3, "week"), (20, "later")])
def test_what_is_due_is_as_urgent_as_its_day(days: int, soon: str) -> None:
    assert desk_hooks.how_soon(timezone.localdate() + timedelta(days=days)) == soon


def queries_of(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


def test_the_inbox_and_the_desk_ask_as_much_for_one_report_as_for_thirty(tom: Client, cast: Cast) -> None:
    with acting(cast.tom) as viewer:
        a_report(viewer, cast, people=[DAAN])
    one = queries_of(tom, "/meldingen/")
    with acting(cast.tom) as viewer:
        for _ in range(29):
            a_report(viewer, cast, people=[])
    assert queries_of(tom, "/meldingen/") == one
    with acting(cast.tom) as viewer, CaptureQueriesContext(connection) as caught:
        assert len(desk_hooks.waiting(viewer)) == 30
    assert len([query for query in caught if "set_config" not in query["sql"]]) <= 3


def test_a_report_asks_as_much_for_one_person_as_for_thirty(tom: Client, cast: Cast) -> None:
    small = reported(cast, people=[DAAN])
    large = reported(cast, people=[replace(DAAN, given_names=f"Kind {n}", address=None) for n in range(30)])
    assert queries_of(tom, at(large)) == queries_of(tom, at(small))


def test_a_report_is_read_in_fifteen_queries(tom: Client, cast: Cast) -> None:
    """Without opening the family (its door, circle and membership) and without transaction control."""
    report = decided(cast)
    with CaptureQueriesContext(connection) as caught:
        tom.get(at(report))
    apart = ("SAVEPOINT", "RELEASE", "select set_config", "sec.open_family", 'FROM "circle_')
    assert len([query for query in caught if not any(part in query["sql"] for part in apart)]) <= 15
