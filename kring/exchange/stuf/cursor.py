"""Reading a message so that nothing gets lost: what is read is ticked off, the rest is reported at the end."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from lxml import etree

from kring.exchange.received import Unmapped
from kring.exchange.stuf import refusals
from kring.exchange.stuf.parsing import OUR_NAMESPACES, STUF, XSI, local_name, namespace
from kring.exchange.stuf.refusals import Refusal

T = TypeVar("T")
# They say which class of the standard an element is; no fact about anybody.
STRUCTURE = frozenset((f"{{{STUF}}}entiteittype", f"{{{XSI}}}nil", f"{{{XSI}}}schemaLocation"))


class Ticked:
    """Which texts and attributes have been read. Holds the elements, so that their identity lasts."""

    def __init__(self) -> None:
        self.texts: set[etree._Element] = set()
        self.attributes: set[tuple[etree._Element, str]] = set()

    def rest(self, root: etree._Element) -> Iterator[Unmapped]:
        """Everything that nobody read, in document order, with the place where it stands."""
        for element, path in _walk(root):
            if element.text and element.text.strip() and element not in self.texts:
                yield Unmapped(_labelled(element, path, self), element.text)
            for name, value in element.attrib.items():
                if name not in STRUCTURE and value.strip() and (element, name) not in self.attributes:
                    yield Unmapped(f"{path}/@{local_name(name)}", value)
            if element is not root and element.tail and element.tail.strip():
                yield Unmapped(f"{path.rpartition('/')[0]}/tekst na {local_name(element.tag)}", element.tail)


def _walk(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Each element with its path in local names; a loop, as a hostile message can be deep."""
    open_paths = [local_name(root.tag)]
    counters: list[Counter[str]] = [Counter()]
    yield root, open_paths[0]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element is root:
            continue
        if event == "end":
            open_paths.pop()
            counters.pop()
            continue
        name = local_name(element.tag)
        counters[-1][name] += 1
        number = counters[-1][name]
        open_paths.append(f"{open_paths[-1]}/{name}" + (f"[{number}]" if number > 1 else ""))
        counters.append(Counter())
        yield element, open_paths[-1]


def _labelled(element: etree._Element, path: str, ticked: Ticked) -> str:
    """An extra element is only understood by its name attribute, so that becomes part of the path."""
    if local_name(element.tag) == "extraElement" and (name := element.get("naam")):
        ticked.attributes.add((element, "naam"))
        return f"{path} «{name}»"
    return path


class Cursor:
    """One place in the message. Names are the standard's; its four namespaces hold no name twice with two meanings."""

    def __init__(self, element: etree._Element, ticked: Ticked, path: str = "") -> None:
        self._element = element
        self._ticked = ticked
        self.path = path or local_name(element.tag)

    def _named(self, name: str) -> list[etree._Element]:
        return [
            child
            for child in self._element
            if isinstance(child.tag, str) and local_name(child.tag) == name and namespace(child.tag) in OUR_NAMESPACES
        ]

    def many(self, name: str) -> list["Cursor"]:
        found = self._named(name)
        return [
            Cursor(element, self._ticked, f"{self.path}/{name}" + (f"[{number}]" if number > 1 else ""))
            for number, element in enumerate(found, 1)
        ]

    def one(self, name: str) -> "Cursor | None":
        found = self.many(name)
        if len(found) > 1:
            raise Refusal(refusals.INVALID, f"{self.path}/{name} komt vaker voor dan mag.")
        return found[0] if found else None

    def need(self, name: str) -> "Cursor":
        found = self.one(name)
        if found is not None:
            return found
        if self.is_nil and self.is_empty:
            # "There is no such thing here", said in so many words: then nothing inside it can be missing.
            return Cursor(etree.Element(name, {f"{{{XSI}}}nil": "true"}), self._ticked, f"{self.path}/{name}")
        raise Refusal(refusals.INVALID, f"{self.path}/{name} ontbreekt.")

    def down(self, *names: str) -> "Cursor | None":
        here: Cursor | None = self
        for name in names:
            here = here.one(name) if here is not None else None
        return here

    def text(self) -> str:
        """The text exactly as sent. Child elements inside a text are not read and so show up as unmapped."""
        self._ticked.texts.add(self._element)
        return self._element.text or ""

    def peek(self) -> str:
        return self._element.text or ""

    def leave(self) -> None:
        """Un-read: the value makes no sense to us, so a person must see it as it was sent."""
        self._ticked.texts.discard(self._element)

    def text_of(self, name: str) -> str:
        found = self.one(name)
        return found.text() if found else ""

    def needed_text(self, name: str) -> str:
        return self.need(name).text()

    def texts_of(self, name: str) -> tuple[str, ...]:
        return tuple(found.text() for found in self.many(name) if found.peek())

    def attribute(self, name: str, uri: str = STUF) -> str:
        full = f"{{{uri}}}{name}" if uri else name
        value = self._element.get(full)
        if value is None:
            return ""
        self._ticked.attributes.add((self._element, full))
        return value

    def attribute_peek(self, name: str) -> str:
        """An attribute without namespace, not ticked off."""
        return str(self._element.get(name) or "")

    @property
    def is_empty(self) -> bool:
        """Without elements inside; the standard lets some groups be left empty."""
        return len(self._element) == 0

    @property
    def is_nil(self) -> bool:
        return str(self._element.get(f"{{{XSI}}}nil", "")).strip() in ("true", "1")

    def coded(self, codes: Mapping[str, T], otherwise: T) -> T:
        """One of a code list of the standard; nothing filled in gives `otherwise`, anything else is not valid."""
        code = self.text().strip()
        if not code and self.is_nil:
            return otherwise
        if code not in codes:
            raise Refusal(refusals.INVALID, f"{self.path}: deze code staat niet in de codelijst.")
        return codes[code]

    def coded_of(self, name: str, codes: Mapping[str, T], otherwise: T) -> T:
        found = self.one(name)
        return found.coded(codes, otherwise) if found else otherwise

    def read(self, reader: Callable[["Cursor"], T], name: str) -> T | None:
        found = self.one(name)
        return reader(found) if found else None
