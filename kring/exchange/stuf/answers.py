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
    return write(_answer("Bv03", envelope, us=us, now=now, reference=reference))


def confirmed_later(envelope: Envelope, *, us: System, now: datetime, reference: str = "") -> bytes:
    """Bv01: the body is in order and a report has been made of it."""
    return write(_answer("Bv01", envelope, us=us, now=now, reference=reference))


def refused(refusal: Refusal, *, us: System, now: datetime, reference: str = "") -> bytes:
    """Fo03 or Fo01 with the standard's code; a SOAP fault when there is nobody to address it to."""
    if refusal.fault.how is How.FAULT or refusal.envelope is None:
        return soap_fault(refusal)
    root = _answer(refusal.fault.how.value, refusal.envelope, us=us, now=now, reference=reference)
    body = add_stuf(root, "body")
    add_stuf(body, "code", refusal.fault.code)
    add_stuf(body, "plek", refusal.fault.place)
    add_stuf(body, "omschrijving", refusal.fault.text[:MAX_TEXT])
    if refusal.details:
        add_stuf(body, "details", refusal.details)
    return write(root)


def soap_fault(refusal: Refusal) -> bytes:
    envelope, fault = _fault(refusal)
    if refusal.details:
        details = etree.SubElement(etree.SubElement(fault, "detail"), f"{{{STUF}}}details", nsmap={"StUF": STUF})
        details.text = clean(refusal.details)
    return write(envelope)


def in_soap(message: bytes) -> bytes:
    """The same message in a SOAP 1.1 envelope, for a sender who came with one."""
    root = etree.fromstring(message)
    if root.tag == f"{{{SOAP}}}Envelope":
        return message
    envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soap": SOAP})
    etree.SubElement(envelope, f"{{{SOAP}}}Body").append(root)
    return write(envelope)


def in_fault(refusal: Refusal, message: bytes) -> bytes:
    """A refusal for a sender who came in SOAP: a fault with the standard's message as its detail."""
    root = etree.fromstring(message)
    if root.tag == f"{{{SOAP}}}Envelope":
        return message
    envelope, fault = _fault(refusal)
    etree.SubElement(fault, "detail").append(root)
    return write(envelope)


def looks_like_soap(data: bytes) -> bool:
    """For what can't be read at all: did the sender at least mean to speak SOAP?"""
    return SOAP.encode() in data[:2000]


def control(
    parent: etree._Element, code: str, *, sender: System, receiver: System, now: datetime, reference: str
) -> None:
    """What every stuurgegevens begins with; the caller adds crossRefnummer or functie."""
    add_stuf(parent, "berichtcode", code)
    for name, system in (("zender", sender), ("ontvanger", receiver)):
        _system(add_stuf(parent, name), system)
    add_stuf(parent, "referentienummer", reference or new_reference())
    add_stuf(parent, "tijdstipBericht", stuf_moment(now))


def _fault(refusal: Refusal) -> tuple[etree._Element, etree._Element]:
    envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soap": SOAP})
    fault = etree.SubElement(etree.SubElement(envelope, f"{{{SOAP}}}Body"), f"{{{SOAP}}}Fault")
    place = "Client" if refusal.fault.place == "client" else "Server"
    for name, text in (("faultcode", f"soap:{place}"), ("faultstring", refusal.fault.text)):
        etree.SubElement(fault, name).text = text
    return envelope, fault


def _answer(code: str, envelope: Envelope, *, us: System, now: datetime, reference: str) -> etree._Element:
    root = etree.Element(f"{{{STUF}}}{code}Bericht", nsmap={"StUF": STUF})
    part = add_stuf(root, "stuurgegevens")
    control(part, code, sender=us, receiver=envelope.sender, now=now, reference=reference)
    add_stuf(part, "crossRefnummer", envelope.reference)
    return root


def _system(part: etree._Element, system: System) -> None:
    for name, text in (
        ("organisatie", system.organisation),
        ("applicatie", system.application.ljust(SHORTEST_APPLICATION, "-")),
        ("administratie", system.administration),
        ("gebruiker", system.user),
    ):
        if text:
            add_stuf(part, name, text)


def add_stuf(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    found = etree.SubElement(parent, f"{{{STUF}}}{name}")
    if text is not None:
        found.text = clean(text)
    return found


def clean(text: str) -> str:
    """XML has no place for control characters; a sender's own text was XML and holds none."""
    return "".join(
        character for character in text if character in "\t\n\r" or character.isprintable() or character == " "
    )


def write(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))
