"""Every text of a message is in the report, as it was or as our word for it, or is listed as unmapped. Always."""

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from kring.exchange.received import ReceivedReport
from kring.exchange.stuf import refusals
from kring.exchange.stuf.parsing import local_name
from kring.exchange.stuf.refusals import Refusal
from kring.exchange.tests.mutating import CHANGES, mutated
from kring.exchange.tests.reading import (
    NAMES,
    lost,
    message,
    national_schemas,
    needs_national,
    report_of,
)


def test_the_invented_messages_lose_nothing():
    for name in NAMES:
        assert lost(message(name), report_of(message(name))) == []


def read(data: bytes) -> ReceivedReport | Refusal:
    """Anything but a whole report or a refusal is an error, which Hypothesis reports."""
    try:
        return report_of(data)
    except Refusal as refusal:
        return refusal


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(NAMES), CHANGES)
def test_a_changed_message_is_refused_or_arrives_whole(name, changes):
    data = mutated(name, changes)
    result = read(data)
    if isinstance(result, ReceivedReport):
        assert lost(data, result) == []
        attributes = [one.text for one in result.unmapped if one.path.endswith("/@opmerking")]
        assert len(attributes) == data.decode().count("opmerking=") - data.decode().count('opmerking=" "')


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(NAMES), st.lists(st.tuples(st.integers(0, 20_000), st.binary(max_size=6)), max_size=6))
def test_damaged_bytes_are_refused_or_arrive_whole(name, damage):
    data = bytearray(message(name))
    for where, what in damage:
        at = where % len(data)
        data[at : at + len(what)] = what
    result = read(bytes(data))
    assert isinstance(result, ReceivedReport | Refusal)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_at_all_are_refused(data):
    assert isinstance(read(data), Refusal)


@needs_national
@settings(max_examples=300, deadline=None)
@given(st.sampled_from(NAMES), CHANGES)
def test_our_own_reader_never_refuses_what_the_national_schemas_let_through(name, changes):
    data = mutated(name, changes)
    result = read(data)
    root = etree.fromstring(data)
    if isinstance(result, Refusal) and result.fault is refusals.INVALID:
        assert national_schemas().errors(root, local_name(root.tag)) != []
