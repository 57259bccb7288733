"""Messages as nobody meant to send them: elements changed, dropped, doubled, moved, renamed; still well-formed."""

import random
from collections.abc import Callable

from hypothesis import strategies as st
from lxml import etree

from kring.exchange.stuf.parsing import XSI
from kring.exchange.tests.reading import tree

Change = Callable[[etree._Element, str, random.Random], None]

TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=40
) | st.sampled_from(
    [
        "=cmd|' /C calc'!A0",
        "<script>alert(1)</script>",
        "\u202egnp.exe",
        "\u0645\u0631\u062d\u0628\u0627",
        "Ja",
        "20269999",
        "-1",
        "0",
        " ",
    ]
)


def set_text(chosen: etree._Element, text: str, _chance: random.Random) -> None:
    chosen.text = text


def set_tail(chosen: etree._Element, text: str, _chance: random.Random) -> None:
    chosen.tail = text


def drop(chosen: etree._Element, _text: str, _chance: random.Random) -> None:
    chosen.getparent().remove(chosen)


def double(chosen: etree._Element, _text: str, _chance: random.Random) -> None:
    chosen.addnext(etree.fromstring(etree.tostring(chosen, with_tail=False)))


def add_attribute(chosen: etree._Element, text: str, _chance: random.Random) -> None:
    chosen.set("opmerking", text)


def rename(chosen: etree._Element, _text: str, _chance: random.Random) -> None:
    chosen.tag = f"{{{etree.QName(chosen).namespace}}}iets.anders"


def empty(chosen: etree._Element, _text: str, _chance: random.Random) -> None:
    del chosen[:]
    chosen.text = None


def make_nil(chosen: etree._Element, _text: str, _chance: random.Random) -> None:
    empty(chosen, "", _chance)
    chosen.set(f"{{{XSI}}}nil", "true")


def move(chosen: etree._Element, _text: str, chance: random.Random) -> None:
    target = chance.choice(list(chosen.getroottree().getroot().iter(etree.Element)))
    if target is not chosen and chosen not in list(target.iterancestors()):
        target.append(chosen)


KINDS_OF_CHANGE: tuple[Change, ...] = (set_text, set_tail, drop, double, add_attribute, rename, empty, make_nil, move)
CHANGES = st.lists(st.tuples(st.sampled_from(KINDS_OF_CHANGE), st.integers(0, 10_000), TEXT), max_size=5)


def mutated(name: str, changes: list[tuple[Change, int, str]]) -> bytes:
    root = tree(name)
    for change, where, text in changes:
        elements = list(root.iter(etree.Element))[1:]
        if elements:
            change(elements[where % len(elements)], text, random.Random(where))
    return etree.tostring(root, encoding="UTF-8")
