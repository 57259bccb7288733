"""What the tests of reading share: the invented messages, ways to change them, and what a report says altogether."""

import base64
import dataclasses
from collections.abc import Iterator
from enum import Enum
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from kring.exchange.received import ReceivedReport
from kring.exchange.stuf import codes
from kring.exchange.stuf.envelope import open_message
from kring.exchange.stuf.parsing import NAMESPACES, local_name
from kring.exchange.stuf.reading import read_report
from kring.exchange.stuf.schemas import Schemas, load

HERE = Path(__file__).parent
NAMES = ("zorgmelding", "vt_melding", "melding_generiek")


@cache
def message(name: str) -> bytes:
    return (HERE / "messages" / f"{name}.xml").read_bytes()


def tree(name: str) -> etree._Element:
    return etree.fromstring(message(name))


def changed(name: str, path: str, text: str) -> bytes:
    """The message with another text at every place that the path finds."""
    root = tree(name)
    found = root.xpath(path, namespaces=NAMESPACES)
    assert found, path
    for element in found:
        element.text = text
    return etree.tostring(root)


def without(name: str, path: str) -> bytes:
    root = tree(name)
    for element in root.xpath(path, namespaces=NAMESPACES):
        element.getparent().remove(element)
    return etree.tostring(root)


def report_of(data: bytes, schemas: Schemas | None = None) -> ReceivedReport:
    return read_report(open_message(data), schemas)


def values(thing: object) -> Iterator[object]:
    """Every plain value in a report."""
    if dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            yield from values(getattr(thing, field.name))
    elif isinstance(thing, tuple):
        for item in thing:
            yield from values(item)
    else:
        yield thing


# Where a code became a word of ours, this is how a test knows the code again.
TRANSLATED = (
    codes.YES_NO,
    codes.YES_NO_SHORT,
    codes.YES_NO_LOOSE,
    codes.GENDERS,
    codes.SASH_LEVELS,
    codes.WAYS_OF_INFORMING,
    codes.ADDRESS_KINDS,
    codes.ADDRESSED_TO,
    codes.INVOLVEMENTS,
)


def is_kept(element: etree._Element, text: str, said: list[object]) -> bool:
    """Does this text of the message come back in the report, as it was, as our word for it, or as a document?"""
    words = text.strip()
    if any(isinstance(value, str) and not isinstance(value, Enum) and words in value for value in said):
        return True
    if local_name(element.tag) == "inhoud":
        return base64.b64decode(words) in said
    if local_name(element.tag) == "omschrijvingGeneriek":
        return words == "Signaal behandelen"
    return any(table.get(words, table.get(words.lower(), said)) in said for table in TRANSLATED)  # type: ignore[arg-type]


def lost(data: bytes, report: ReceivedReport) -> list[str]:
    """The texts of the message that are nowhere in the report."""
    said = list(values(report))
    missing = []
    for element in etree.fromstring(data).iter(etree.Element):
        texts = [(element, element.text)] + [(element, child.tail) for child in element]
        missing += [text for owner, text in texts if text and text.strip() and not is_kept(owner, text, said)]
    return missing


def national_folder() -> Path | None:
    """The national schemas and test material lie beside a checkout where developers work; they are not part of Kring."""
    for parent in HERE.parents:
        folder = parent / "shared" / "standards" / "stuf-jeugdzorg"
        if folder.is_dir():
            return folder
    return None


NATIONAL = national_folder()
needs_national = pytest.mark.skipif(
    NATIONAL is None, reason="NOT TESTED against the national XSDs: ../shared/standards/stuf-jeugdzorg is not here."
)


def national_schemas() -> Schemas:
    assert NATIONAL is not None
    return load(NATIONAL / "xsd")
