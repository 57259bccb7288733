"""What we don't take in, and that the sender hears it in the standard's own codes."""

import time

import pytest

from kring.exchange.stuf import refusals
from kring.exchange.stuf.envelope import HANDLED, KINDS, REFUSED, open_message
from kring.exchange.stuf.parsing import NAMESPACES
from kring.exchange.stuf.refusals import Fault, Refusal
from kring.exchange.tests.reading import changed, message, report_of, without

CONTROL = "/*/JZ:stuurgegevens"


def refusal_of(data: bytes) -> Refusal:
    with pytest.raises(Refusal) as caught:
        report_of(data)
    return caught.value


def renamed(kind: str) -> bytes:
    return message("vt_melding").replace(b"vtMeldingDi01", kind.encode())


def test_all_thirteen_kinds_are_handled_or_refused_by_name():
    assert len(KINDS) == 13
    for kind in HANDLED:
        assert kind not in REFUSED
    for kind in REFUSED:
        refusal = refusal_of(renamed(kind))
        assert refusal.fault is refusals.KIND_NOT_SUPPORTED
        assert refusal.details.startswith(kind)
        assert refusal.envelope.reference == "vt-2026-000932"


@pytest.mark.parametrize(
    ("path", "text", "fault"),
    [
        (f"{CONTROL}/StUF:berichtcode", "Lk01", refusals.CODE_UNKNOWN),
        (f"{CONTROL}/StUF:berichtcode", "Di99", refusals.CODE_UNKNOWN),
        (f"{CONTROL}/StUF:functie", "onzinDi01", refusals.KIND_UNKNOWN),
        (f"{CONTROL}/StUF:functie", "zorgmeldingDi01", refusals.INVALID),
        ("//JZ:jeugzorgrol", "buurman", refusals.INVALID),
        ("//BG:geslachtsaanduiding", "X", refusals.INVALID),
        ("//JZ:SASHniveau", "extreem", refusals.INVALID),
        ("//JZ:datumIncident", "gisteren", refusals.INVALID),
        ("//BG:geboortedatum", "12-05-2012", refusals.INVALID),
        ("//BG:inp.bsn", "99991003", refusals.INVALID),
    ],
)
def test_an_unknown_code_or_date_is_refused_with_the_place_where_it_stands(path, text, fault):
    refusal = refusal_of(changed("vt_melding", path, text))
    assert refusal.fault is fault
    assert refusal.envelope.sender.application == "BVH"
    assert text not in refusal.details


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("vt_melding", "//JZ:object"),
        ("vt_melding", "//JZ:omschrijvingIncident"),
        ("vt_melding", "//JZ:heeftBetrokken"),
        ("vt_melding", "//JZ:jeugzorgrol"),
        ("zorgmelding", "//ZKN:kenmerk/ZKN:kenmerk"),
        ("zorgmelding", "//ZKN:inhoud"),
        ("melding_generiek", "//JZ:omschrijvingZorgelijkeSituatie"),
        ("melding_generiek", "//ZKN:hoedanigheid"),
    ],
)
def test_a_body_without_what_the_kind_demands_is_not_valid(name, path):
    assert refusal_of(without(name, path)).fault is refusals.INVALID


def test_a_document_that_is_not_base64_is_not_valid():
    assert refusal_of(changed("zorgmelding", "//ZKN:inhoud", "dit is geen base64!")).fault is refusals.INVALID


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"geen xml",
        b"<a><b></a>",
        b"\x00\x00\x00<",
        b'<?xml version="1.0" encoding="UTF-7"?><a/>',
        b'<?xml version="1.0" encoding="niet-bestaand"?><a/>',
        b"<a/>",
        b'<vtMeldingDi01 xmlns="http://elders.example"/>',
        message("vt_melding")[:2000],
        without("vt_melding", "/*/JZ:stuurgegevens"),
        without("vt_melding", f"{CONTROL}/StUF:referentienummer"),
        changed("vt_melding", f"{CONTROL}/StUF:referentienummer", "  "),
        changed("vt_melding", f"{CONTROL}/StUF:referentienummer", "x" * 41),
        b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body/></s:Envelope>',
    ],
)
def test_what_is_no_message_gets_a_fault_as_there_is_nobody_to_address(data):
    refusal = refusal_of(data)
    assert refusal.fault is refusals.NOT_A_MESSAGE
    assert refusal.envelope is None


def bomb() -> bytes:
    lines = [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)]
    return f'<!DOCTYPE b [<!ENTITY a0 "ha">{"".join(lines)}]><b>&a11;</b>'.encode()


def test_bombs_and_outside_entities_are_refused_unopened(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("geheim")
    outside = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><a>&x;</a>'.encode()
    parameter = f'<!DOCTYPE a [<!ENTITY % x SYSTEM "{secret.as_uri()}">%x;]><a/>'.encode()
    attribute = bomb().replace(b"<b>&a11;</b>", b'<b c="&a11;"/>')
    harmless = message("vt_melding").replace(b"?>", b"?><!DOCTYPE vtMeldingDi01>", 1)
    started = time.monotonic()
    for data in (bomb(), outside, parameter, attribute, harmless):
        refusal = refusal_of(data)
        assert refusal.fault is refusals.NOT_A_MESSAGE
        assert "geheim" not in refusal.details
    assert time.monotonic() - started < 2


def test_a_message_of_200_megabytes_is_refused_before_it_is_parsed():
    data = message("vt_melding").replace(b"=SOM(1+1)", b"a" * 200 * 1024 * 1024)
    started = time.monotonic()
    assert refusal_of(data).fault is refusals.TOO_LARGE
    assert time.monotonic() - started < 1


def test_a_message_of_a_million_elements_is_refused_before_it_is_parsed():
    assert refusal_of(b"<a>" + b"<b/>" * 1_000_000 + b"</a>").fault is refusals.TOO_LARGE


def test_a_message_as_deep_as_a_well_is_refused():
    assert refusal_of(b"<a>" * 5000 + b"</a>" * 5000).fault is refusals.NOT_A_MESSAGE


def test_a_refusal_never_quotes_what_somebody_wrote():
    refusal = refusal_of(without("vt_melding", "//JZ:betreft"))
    assert "sloeg" not in refusal.details + str(refusal)


def test_an_element_that_may_occur_once_is_not_read_twice():
    root = message("vt_melding").replace(
        b"<JZ:SASHniveau>hoog</JZ:SASHniveau>",
        b"<JZ:SASHniveau>hoog</JZ:SASHniveau><JZ:SASHniveau>laag</JZ:SASHniveau>",
    )
    assert refusal_of(root).fault is refusals.INVALID


def test_every_fault_of_ours_has_a_code_place_and_sentence_that_fit_the_standard():
    for fault in vars(refusals).values():
        if isinstance(fault, Fault):
            assert fault.place in ("client", "server")
            assert len(fault.text) <= 200
            assert fault.code == "Client" or (fault.code.startswith("StUF") and len(fault.code) == 7)


def test_opening_reads_the_envelope_only():
    opened = open_message(changed("vt_melding", "//JZ:jeugzorgrol", "buurman"))
    assert opened.envelope.kind == "vtMeldingDi01"
    assert opened.envelope.sender.key == ("00000099000000001000", "BVH", "Basisteam Polder")
    assert NAMESPACES["JZ"] in opened.root.tag
