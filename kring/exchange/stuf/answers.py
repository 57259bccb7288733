"""The standard's own replies: confirmed (Bv03, Bv01), refused (Fo03, Fo01), and a SOAP fault for what is no message."""

import secrets
from datetime import datetime

from lxml import etree

from kring.exchange.received import Envelope, System
from kring.exchange.stuf.parsing import SOAP, STUF
from kring.exchange.stuf.refusals import How, Refusal
from kring.exchange.stuf.values import AMSTERDAM

MAX_TEXT = 200
SHORTEST_APPLICATION = 3


def new_reference() -> str:
    """Unique at our side; holds no date, counter or name that tells something."""
    return secrets.token_hex(16)


def stuf_moment(at: datetime) -> str:
    """JJJJMMDDUUMMSSmmm on the Dutch clock, as the standard wants."""
    return at.astimezone(AMSTERDAM).strftime("%Y%m%d%H%M%S%f")[:17]


def confirmed_at_once(envelope: Envelope, *, us: System, now: datetime, reference: str = "") -> bytes:
    """Bv03: the envelope is in order and the message is stored."""
    return _write(_answer("Bv03", envelope, us=us, now=now, reference=reference))


def confirmed_later(envelope: Envelope, *, us: System, now: datetime, reference: str = "") -> bytes:
    """Bv01: the body is in order and a report has been made of it."""
    return _write(_answer("Bv01", envelope, us=us, now=now, reference=reference))


def refused(refusal: Refusal, *, us: System, now: datetime, reference: str = "") -> bytes:
    """Fo03 or Fo01 with the standard's code; a SOAP fault when there is nobody to address it to."""
    if refusal.fault.how is How.FAULT or refusal.envelope is None:
        return soap_fault(refusal)
    root = _answer(refusal.fault.how.value, refusal.envelope, us=us, now=now, reference=reference)
    body = _add(root, "body")
    _add(body, "code", refusal.fault.code)
    _add(body, "plek", refusal.fault.place)
    _add(body, "omschrijving", refusal.fault.text[:MAX_TEXT])
    if refusal.details:
        _add(body, "details", refusal.details)
    return _write(root)


def soap_fault(refusal: Refusal) -> bytes:
    envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soap": SOAP})
    fault = etree.SubElement(etree.SubElement(envelope, f"{{{SOAP}}}Body"), f"{{{SOAP}}}Fault")
    place = "Client" if refusal.fault.place == "client" else "Server"
    for name, text in (("faultcode", f"soap:{place}"), ("faultstring", refusal.fault.text)):
        etree.SubElement(fault, name).text = text
    if refusal.details:
        details = etree.SubElement(etree.SubElement(fault, "detail"), f"{{{STUF}}}details", nsmap={"StUF": STUF})
        details.text = _clean(refusal.details)
    return _write(envelope)


def in_soap(message: bytes) -> bytes:
    """The same message in a SOAP 1.1 envelope, for a sender who came with one."""
    root = etree.fromstring(message)
    if root.tag == f"{{{SOAP}}}Envelope":
        return message
    envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soap": SOAP})
    etree.SubElement(envelope, f"{{{SOAP}}}Body").append(root)
    return _write(envelope)


def control(
    parent: etree._Element, code: str, *, sender: System, receiver: System, now: datetime, reference: str
) -> None:
    """What every stuurgegevens begins with; the caller adds crossRefnummer or functie."""
    _add(parent, "berichtcode", code)
    for name, system in (("zender", sender), ("ontvanger", receiver)):
        _system(_add(parent, name), system)
    _add(parent, "referentienummer", reference or new_reference())
    _add(parent, "tijdstipBericht", stuf_moment(now))


def _answer(code: str, envelope: Envelope, *, us: System, now: datetime, reference: str) -> etree._Element:
    root = etree.Element(f"{{{STUF}}}{code}Bericht", nsmap={"StUF": STUF})
    part = _add(root, "stuurgegevens")
    control(part, code, sender=us, receiver=envelope.sender, now=now, reference=reference)
    _add(part, "crossRefnummer", envelope.reference)
    return root


def _system(part: etree._Element, system: System) -> None:
    for name, text in (
        ("organisatie", system.organisation),
        ("applicatie", system.application.ljust(SHORTEST_APPLICATION, "-")),
        ("administratie", system.administration),
        ("gebruiker", system.user),
    ):
        if text:
            _add(part, name, text)


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    found = etree.SubElement(parent, f"{{{STUF}}}{name}")
    if text is not None:
        found.text = _clean(text)
    return found


def _clean(text: str) -> str:
    """XML has no place for control characters; a sender's own text was XML and holds none."""
    return "".join(
        character for character in text if character in "\t\n\r" or character.isprintable() or character == " "
    )


def _write(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))
