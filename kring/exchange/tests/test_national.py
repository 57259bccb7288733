"""The national material: minimal messages, schemas, and the test set's scenarios that our kinds can carry."""

import pytest
from lxml import etree

from kring.exchange.stuf import refusals
from kring.exchange.stuf.envelope import HANDLED, KINDS, open_message
from kring.exchange.stuf.refusals import Refusal
from kring.exchange.stuf.schemas import SchemasMissing, load
from kring.exchange.tests.reading import (
    NAMES,
    NATIONAL,
    changed,
    lost,
    message,
    national_schemas,
    needs_national,
    report_of,
)


@needs_national
@pytest.mark.parametrize("kind", KINDS)
def test_the_minimal_message_of_each_kind_is_read_or_refused_by_name(kind):
    data = (NATIONAL / "minimal" / f"{kind}.xml").read_bytes()
    if kind in HANDLED:
        report = report_of(data, national_schemas())
        assert report.envelope.reference == "ref-0001"
        assert lost(data, report) == []
        return
    with pytest.raises(Refusal) as caught:
        open_message(data)
    assert caught.value.fault is refusals.KIND_NOT_SUPPORTED


@needs_national
def test_the_national_schemas_know_all_thirteen_kinds():
    assert national_schemas().kinds >= set(KINDS)


@needs_national
@pytest.mark.parametrize("name", NAMES)
def test_our_invented_messages_are_valid_by_the_national_schemas(name):
    report_of(message(name), national_schemas())


@needs_national
def test_an_invalid_body_is_refused_by_the_schemas_without_quoting_it():
    data = changed("vt_melding", "//JZ:jeugzorgrol", "de boze buurman")
    with pytest.raises(Refusal) as caught:
        report_of(data, national_schemas())
    assert caught.value.fault is refusals.INVALID
    assert "buurman" not in caught.value.details
    assert "jeugzorgrol" in caught.value.details


@needs_national
def test_a_message_inside_soap_is_judged_by_itself():
    soap = b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>%s</s:Body></s:Envelope>'
    report_of(soap % etree.tostring(etree.fromstring(message("vt_melding"))), national_schemas())


def test_a_folder_without_schemas_is_said_so(tmp_path):
    with pytest.raises(SchemasMissing):
        load(tmp_path)


def test_a_schema_that_is_damaged_is_said_so(tmp_path):
    (tmp_path / "jz0100_msg_vtberichten.xsd").write_text("<schema")
    with pytest.raises(SchemasMissing):
        load(tmp_path)
