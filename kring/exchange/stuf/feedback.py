"""What became of a report, told back to the system that sent it: one message for each kind that can be received.

Nothing about the family goes along but what the sender already wrote: its own file number. Who watches now is named
by organisation, always (the field is mandatory for a reason).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lxml import etree

from kring.exchange.received import NO_CONTACT, ContactPoint, Envelope, System
from kring.exchange.stuf.answers import add_stuf, clean, control, write
from kring.exchange.stuf.parsing import BG, JZ, STUF, ZKN

NSMAP = {"JZ": JZ, "StUF": STUF, "ZKN": ZKN, "BG": BG}


class Result(StrEnum):
    """What the assessment led to."""

    NOT_ADMISSIBLE = "not_admissible"
    FOLLOWED_UP_HERE = "followed_up_here"
    TRANSFERRED = "transferred"
    NOTHING_NEEDED = "nothing_needed"
    REGIONAL = "regional"
    CLOSED = "closed"
    MISADDRESSED = "misaddressed"


ASSESSED = "uitkomst veiligheidsbeoordeling"
# status and uitkomst of vtTerugkoppelingDi01
VT_WORDS: dict[Result, tuple[str, str]] = {
    Result.NOT_ADMISSIBLE: ("melding niet ontvankelijk", ""),
    Result.FOLLOWED_UP_HERE: (ASSESSED, "vervolgstappen belegd bij VT"),
    Result.TRANSFERRED: (ASSESSED, "overdracht"),
    Result.NOTHING_NEEDED: (ASSESSED, "geen vervolgstappen nodig"),
    Result.REGIONAL: (ASSESSED, "inzet regionaal maatwerk VT"),
    Result.CLOSED: ("afsluiting zonder overdracht", ""),
    Result.MISADDRESSED: ("Melding onjuist geadresseerd", ""),
}
GENERIC_CODES: dict[Result, str] = {
    Result.NOT_ADMISSIBLE: "VT-00",
    Result.FOLLOWED_UP_HERE: "VT-01-01",
    Result.TRANSFERRED: "VT-01-02",
    Result.NOTHING_NEEDED: "VT-01-03",
    Result.REGIONAL: "VT-01-04",
    Result.CLOSED: "VT-03",
    Result.MISADDRESSED: "VT-99",
}
NO_ACTION = frozenset((Result.NOTHING_NEEDED, Result.NOT_ADMISSIBLE, Result.CLOSED, Result.MISADDRESSED))
KIND_BACK = {
    "zorgmeldingDi01": "zorgmeldingTerugkoppelingDi01",
    "vtMeldingDi01": "vtTerugkoppelingDi01",
    "meldingGeneriekDi01": "uitkomstMeldingGeneriekDi01",
}
# The kinds of generic report by whom they were meant for; its codes are those of Veilig Thuis.
GENERIC_FOR = {"veilig_thuis": "VT", "non_acute_care": "NAZ", "safety_house": "ZVH"}


@dataclass(frozen=True)
class Feedback:
    """What goes back. `our_number` is how the sender can name this to us; `sight_with` who watches now."""

    about: Envelope
    file_number: str
    our_number: str
    result: Result
    by_name: str
    by_oin: str
    sight_with: str
    contact: ContactPoint = NO_CONTACT
    reporter_name: str = ""
    reporter_number: str = ""
    addressed_to: str = "veilig_thuis"
    note: str = ""


def feedback_message(feedback: Feedback, *, now: datetime, reference: str = "") -> bytes:
    """The message of the kind that belongs to what was received."""
    kind = KIND_BACK[feedback.about.kind]
    root = etree.Element(f"{{{JZ}}}{kind}", nsmap=NSMAP)
    part = etree.SubElement(root, f"{{{JZ}}}stuurgegevens")
    us = System(feedback.about.receiver.organisation, feedback.about.receiver.application)
    control(part, "Di01", sender=us, receiver=feedback.about.sender, now=now, reference=reference)
    add_stuf(part, "functie", kind)
    BODIES[feedback.about.kind](_entity(root, JZ, "object", "ZAK"), feedback)
    return write(root)


def _add(parent: etree._Element, uri: str, name: str, text: str, most: int = 200) -> None:
    etree.SubElement(parent, f"{{{uri}}}{name}").text = clean(text)[:most]


def _entity(parent: etree._Element, uri: str, name: str, kind: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{uri}}}{name}", {f"{{{STUF}}}entiteittype": kind})


def _vt(thing: etree._Element, feedback: Feedback) -> None:
    status, outcome = VT_WORDS[feedback.result]
    _add(thing, ZKN, "identificatie", feedback.our_number, 40)
    if feedback.note:
        _add(thing, ZKN, "toelichting", feedback.note, 1000)
    if outcome:
        _add(thing, ZKN, "uitkomst", outcome)
    _add(thing, ZKN, "status", status)
    cause = _entity(_entity(thing, ZKN, "naarAanleidingVan", "ZAKVTM"), ZKN, "gerelateerde", "VTM")
    _add(cause, JZ, "identificatieVtMelding", feedback.file_number)
    situation = _entity(_entity(cause, JZ, "betreft", "VTMZOS"), JZ, "gerelateerde", "ZOS")
    if feedback.contact != NO_CONTACT:
        _contact(etree.SubElement(situation, f"{{{JZ}}}contactgegevensVerantwoordelijkeOrganisatie"), feedback.contact)
    sight = _entity(situation, JZ, "verantwoordelijkVoorZichtOpDeVeiligheidBelegdBij", "ZOSBTR")
    _add(_entity(sight, JZ, "gerelateerde", "BTR"), ZKN, "naam", feedback.sight_with)
    doer = _entity(_entity(thing, ZKN, "isUitgevoerdDoor", "ZAKBTR"), ZKN, "gerelateerde", "BTR")
    _add(doer, ZKN, "naam", feedback.by_name)
    _add(doer, ZKN, "oinNummer", feedback.by_oin)


def _contact(group: etree._Element, contact: ContactPoint) -> None:
    if contact.name:
        _add(group, JZ, "naamContactpersoon", contact.name)
    if contact.department:
        _add(group, JZ, "afdeling", contact.department)
    for address in contact.emails:
        _add(group, JZ, "eMail", address, 254)
    for phone in contact.phones:
        _add(group, JZ, "telefoonnummer", phone, 20)


def _zorgmelding(thing: etree._Element, feedback: Feedback) -> None:
    _add(thing, ZKN, "identificatie", feedback.our_number, 40)
    mark = etree.SubElement(thing, f"{{{ZKN}}}kenmerk")
    _add(mark, ZKN, "kenmerk", feedback.file_number, 40)
    _add(mark, ZKN, "bron", "Zorgmelding")
    result = etree.SubElement(thing, f"{{{ZKN}}}resultaat")
    _add(result, ZKN, "omschrijving", "Geen actie nodig" if feedback.result in NO_ACTION else "Vervolgactie nodig")
    purpose = _entity(_entity(thing, ZKN, "isVan", "ZAKZKT"), ZKN, "gerelateerde", "ZKT")
    _add(purpose, ZKN, "omschrijvingGeneriek", "Signaal behandelen")
    initiator = _entity(
        _entity(thing, ZKN, "heeftAlsInitiator", "ZAKBTRINI"), ZKN, "heeftAlsAanspreekpunt", "ZAKBTRINICTP"
    )
    _add(_entity(initiator, ZKN, "gerelateerde", "CTP"), ZKN, "naam", feedback.reporter_name or "onbekend", 40)


def _generic(thing: etree._Element, feedback: Feedback) -> None:
    _add(thing, ZKN, "identificatie", feedback.our_number, 40)
    for element, kind, number, name in (
        ("heeftAlsInitiator", "ZAKBTRINI", feedback.by_oin, feedback.by_name),
        (
            "heeftAlsUitvoerende",
            "ZAKBTRUTV",
            feedback.reporter_number or "onbekend",
            feedback.reporter_name or "onbekend",
        ),
    ):
        party = _entity(_entity(thing, ZKN, element, kind), ZKN, "gerelateerde", "BTR")
        unit = _entity(party, ZKN, "organisatorischeEenheid", "OEH")
        _add(unit, ZKN, "identificatie", number, 24)
        _add(unit, ZKN, "naam", name, 50)
    _add(thing, JZ, "uwIdentificatie", feedback.file_number, 40)
    _add(thing, JZ, "soortmeldingCode", GENERIC_FOR.get(feedback.addressed_to, "VT"))
    _add(thing, JZ, "statuscode", GENERIC_CODES[feedback.result])
    note = f"Zicht op veiligheid ligt nu bij: {feedback.sight_with}. {feedback.note}".strip()
    _add(etree.SubElement(thing, f"{{{JZ}}}toelichtendeinformatie"), JZ, "omschrijving", note, 4000)


BODIES: dict[str, Callable[[etree._Element, Feedback], None]] = {
    "vtMeldingDi01": _vt,
    "zorgmeldingDi01": _zorgmelding,
    "meldingGeneriekDi01": _generic,
}
