"""From bytes to elements, without trusting the bytes.

No document type, hence no entity of any kind: neither bombs nor files of ours. No network, no huge trees; size and
number of elements are judged before the parser sees them.
"""

import re

from lxml import etree

from kring.exchange.stuf import refusals
from kring.exchange.stuf.refusals import Refusal

MAX_BYTES = 20 * 1024 * 1024
MAX_ELEMENTS = 100_000
STUF = "http://www.egem.nl/StUF/StUF0301"
BG = "http://www.egem.nl/StUF/sector/bg/0310"
ZKN = "http://www.egem.nl/StUF/sector/zkn/0310"
JZ = "http://www.stufstandaarden.nl/koppelvlak/jz0100"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
NAMESPACES = {"StUF": STUF, "BG": BG, "ZKN": ZKN, "JZ": JZ}
OUR_NAMESPACES = frozenset((STUF, BG, ZKN, JZ))
ENCODINGS = frozenset(("utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "windows-1252"))
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")


def parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        remove_comments=True,
        remove_pis=True,
    )


def parse(data: bytes, max_bytes: int = MAX_BYTES) -> etree._Element:
    """The root element, or a Refusal that says what is wrong with the bytes."""
    if len(data) > max_bytes:
        raise Refusal(refusals.TOO_LARGE, f"Wij nemen berichten aan tot {max_bytes // 1024 // 1024} MB.")
    _check_encoding(data)
    # Every element and attribute takes memory a hundred times its size; "<" can't hide in any encoding we read.
    if data.count(b"<") > 2 * MAX_ELEMENTS:
        raise Refusal(refusals.TOO_LARGE, f"Wij nemen berichten aan tot {MAX_ELEMENTS} elementen.")
    try:
        root = etree.fromstring(data, parser())
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise Refusal(refusals.NOT_A_MESSAGE, f"Geen welgevormde XML: {_where(error)}.") from None
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        raise Refusal(refusals.NOT_A_MESSAGE, "Een documenttype (DTD) is niet toegestaan.")
    return root


def _check_encoding(data: bytes) -> None:
    """Only encodings in which "<" is the byte it seems to be; others hide a message from every check but the parser."""
    if data.startswith(UTF16_MARKS):
        return
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    declared = DECLARED.match(start)
    if not start.startswith(b"<") or b"\x00" in start[:4]:
        raise Refusal(refusals.NOT_A_MESSAGE, "Geen welgevormde XML: begin van het bericht.")
    if declared and declared.group(1).decode("ascii").lower() not in ENCODINGS:
        raise Refusal(refusals.NOT_A_MESSAGE, "Deze tekencodering nemen wij niet aan; stuur UTF-8.")


def _where(error: Exception) -> str:
    """The place only: the parser's sentence can quote the message."""
    if isinstance(error, etree.XMLSyntaxError) and error.lineno:
        return f"regel {error.lineno}, positie {error.offset or 0}"
    return "begin van het bericht"


def message_in(root: etree._Element) -> etree._Element:
    """The message itself: the root, or the only child of the body of a SOAP 1.1 envelope."""
    if root.tag != f"{{{SOAP}}}Envelope":
        return root
    inside = root.findall(f"{{{SOAP}}}Body/*")
    if len(inside) != 1:
        raise Refusal(refusals.NOT_A_MESSAGE, "De SOAP-envelop hoort precies één bericht te bevatten.")
    return inside[0]


def local_name(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def namespace(tag: object) -> str:
    return str(tag)[1:].partition("}")[0] if str(tag).startswith("{") else ""
