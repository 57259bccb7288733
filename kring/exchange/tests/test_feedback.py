"""What goes back to the sender of a report: its own number, what became of it, and always who watches now."""

from datetime import UTC, datetime

import pytest
from lxml import etree

from kring.exchange.received import ContactPoint
from kring.exchange.stuf.envelope import open_message
from kring.exchange.stuf.feedback import KIND_BACK, Feedback, Result, feedback_message
from kring.exchange.stuf.parsing import NAMESPACES
from kring.exchange.tests.reading import NAMES, message, national_schemas, needs_national

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


def feedback(name, result):
    return Feedback(
        about=open_message(message(name)).envelope,
        file_number="BVH-2026-118911",
        our_number="a" * 32,
        result=result,
        by_name="Veilig Thuis Waterrijk",
        by_oin="00000001900000030000",
        sight_with="Wijkteam Havenwijk",
        contact=ContactPoint("T. Vermeer", "", ("08002000",)),
        reporter_name="Wachtcommandant Polder",
        note="Na overleg met moeder.",
    )


@needs_national
@pytest.mark.parametrize("result", Result)
@pytest.mark.parametrize("name", NAMES)
def test_every_result_of_every_kind_is_valid_by_the_national_schemas(name, result):
    root = etree.fromstring(feedback_message(feedback(name, result), now=NOW))
    assert national_schemas().errors(root, KIND_BACK[open_message(message(name)).envelope.kind]) == []


def test_it_is_addressed_to_who_sent_and_names_their_own_number():
    root = etree.fromstring(feedback_message(feedback("vt_melding", Result.TRANSFERRED), now=NOW))
    assert root.findtext(".//StUF:ontvanger/StUF:organisatie", namespaces=NAMESPACES) == "00000099000000001000"
    assert root.findtext(".//JZ:identificatieVtMelding", namespaces=NAMESPACES) == "BVH-2026-118911"
    assert root.findtext(".//ZKN:uitkomst", namespaces=NAMESPACES) == "overdracht"


@pytest.mark.parametrize("name", ["vt_melding", "melding_generiek"])
def test_who_watches_now_is_always_named(name):
    for result in Result:
        assert "Wijkteam Havenwijk" in feedback_message(feedback(name, result), now=NOW).decode()


def test_nothing_about_the_family_goes_along():
    text = feedback_message(feedback("vt_melding", Result.FOLLOWED_UP_HERE), now=NOW).decode()
    for word in ("Bakker", "Visser", "Rietkraag", "999910"):
        assert word not in text
