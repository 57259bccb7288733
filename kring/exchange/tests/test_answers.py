"""What we answer: the standard's own messages, addressed to who asked, about what they sent."""

from datetime import UTC, datetime

import pytest
from lxml import etree

from kring.exchange.received import System
from kring.exchange.stuf import answers, refusals
from kring.exchange.stuf.envelope import open_message
from kring.exchange.stuf.parsing import NAMESPACES, SOAP
from kring.exchange.stuf.refusals import Fault, How, Refusal
from kring.exchange.tests.reading import message, national_schemas, needs_national

US = System(organisation="00000099000000002000", application="Kring")
NOW = datetime(2026, 11, 21, 1, 46, 2, 123456, tzinfo=UTC)
ADDRESSED = [fault for fault in vars(refusals).values() if isinstance(fault, Fault) and fault.how is not How.FAULT]


@pytest.fixture
def envelope():
    return open_message(message("vt_melding")).envelope


def texts(data, *names):
    root = etree.fromstring(data)
    return [root.findtext(f".//StUF:{name}", namespaces=NAMESPACES) for name in names]


def test_a_confirmation_turns_sender_and_receiver_round_and_names_the_reference(envelope):
    for build, code in ((answers.confirmed_at_once, "Bv03"), (answers.confirmed_later, "Bv01")):
        data = build(envelope, us=US, now=NOW)
        assert texts(data, "berichtcode", "crossRefnummer") == [code, "vt-2026-000932"]
        assert texts(data, "zender/StUF:organisatie", "ontvanger/StUF:organisatie") == [
            "00000099000000002000",
            "00000099000000001000",
        ]
        assert texts(data, "ontvanger/StUF:administratie") == ["Basisteam Polder"]
        assert texts(data, "tijdstipBericht") == ["20261121024602123"]


def test_a_duplicate_is_answered_with_fo03_and_stuf016(envelope):
    data = answers.refused(Refusal(refusals.DUPLICATE, envelope=envelope), us=US, now=NOW)
    assert etree.fromstring(data).tag.endswith("}Fo03Bericht")
    assert texts(data, "code", "plek") == ["StUF016", "client"]


def test_what_is_no_message_is_answered_with_a_soap_fault():
    data = answers.refused(Refusal(refusals.NOT_A_MESSAGE, "regel 1, positie 3"), us=US, now=NOW)
    fault = etree.fromstring(data).find(f".//{{{SOAP}}}Fault")
    assert fault.findtext("faultcode") == "soap:Client"
    assert texts(data, "details") == ["regel 1, positie 3"]


def test_an_answer_to_a_soap_message_travels_in_soap(envelope):
    data = answers.in_soap(answers.confirmed_at_once(envelope, us=US, now=NOW))
    root = etree.fromstring(data)
    assert root.tag == f"{{{SOAP}}}Envelope"
    assert texts(data, "berichtcode") == ["Bv03"]
    assert answers.in_soap(data) == data


def test_a_sender_with_markup_in_its_name_gets_it_back_as_text():
    sender = System(organisation="<b>&\u202e", application="a", user="x\x00y")
    envelope = open_message(message("vt_melding")).envelope
    odd = type(envelope)(**{**vars(envelope), "sender": sender})
    data = answers.confirmed_at_once(odd, us=US, now=NOW)
    assert texts(data, "ontvanger/StUF:organisatie")[0].startswith("<b>&")


@needs_national
@pytest.mark.parametrize("fault", ADDRESSED, ids=lambda fault: fault.code)
def test_every_answer_is_valid_by_the_national_schemas(envelope, fault):
    schema = next(iter(national_schemas()._by_kind.values()))
    refusal = Refusal(fault, "een plek in het bericht" * 100, envelope)
    for data in (
        answers.refused(refusal, us=US, now=NOW),
        answers.confirmed_at_once(envelope, us=US, now=NOW),
        answers.confirmed_later(envelope, us=US, now=NOW),
    ):
        schema.assertValid(etree.fromstring(data))
