"""The national XSDs, when a folder with them is named. They are not part of Kring: the how-to says where they are.

Take the "resolved" set: the normative one has backslashes in its paths and doesn't compile outside Windows.
"""

from functools import cache
from pathlib import Path

from lxml import etree

from kring.exchange.stuf import refusals
from kring.exchange.stuf.parsing import JZ, parser
from kring.exchange.stuf.refusals import Refusal

ENTRY_POINTS = "jz0100_msg_*berichten*.xsd"
XSD_ELEMENT = "{http://www.w3.org/2001/XMLSchema}element"


class SchemasMissing(Exception):
    """The folder that should hold the national schemas doesn't."""


class Schemas:
    """Which schema judges which kind. The newest file wins where two define the same kind."""

    def __init__(self, by_kind: dict[str, etree.XMLSchema]) -> None:
        self._by_kind = by_kind

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(self._by_kind)

    def errors(self, root: etree._Element, kind: str) -> list[str]:
        """Line and column of what is not valid. The validator's own sentence may quote what people wrote: left out."""
        schema = self._by_kind.get(kind)
        if schema is None:
            return []
        # Validating the element itself would take its SOAP envelope along.
        if schema.validate(etree.ElementTree(root)):
            return []
        return [f"{entry.path}: {entry.type_name}" for entry in schema.error_log]

    def check(self, root: etree._Element, kind: str) -> None:
        if found := self.errors(root, kind):
            raise Refusal(refusals.INVALID, "; ".join(found[:10]))


@cache
def load(folder: Path) -> Schemas:
    """Compile every entry point under the folder, once for a process."""
    by_kind: dict[str, etree.XMLSchema] = {}
    for path in sorted(folder.rglob(ENTRY_POINTS)):
        if "_stuf_" in path.name:
            continue
        try:
            tree = etree.parse(path, parser())
            schema = etree.XMLSchema(tree)
        except (OSError, etree.XMLSyntaxError, etree.XMLSchemaParseError) as error:
            raise SchemasMissing(f"{path.name} is geen bruikbaar XSD: {error}") from error
        if tree.getroot().get("targetNamespace") == JZ:
            by_kind.update({element.get("name", ""): schema for element in tree.getroot().findall(XSD_ELEMENT)})
    if not by_kind:
        raise SchemasMissing(f"Geen schema's van StUF-Jeugdzorg gevonden onder {folder}.")
    return Schemas(by_kind)
