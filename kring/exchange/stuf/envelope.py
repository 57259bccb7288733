"""Stuurgegevens: who sends what to whom. Judged before the body, as only this says to whom an answer goes."""

from dataclasses import dataclass

from lxml import etree

from kring.exchange.received import Envelope, System
from kring.exchange.stuf import refusals
from kring.exchange.stuf.cursor import Cursor, Ticked
from kring.exchange.stuf.parsing import JZ, MAX_BYTES, local_name, message_in, namespace, parse
from kring.exchange.stuf.refusals import Refusal
from kring.exchange.stuf.values import moment

HANDLED = ("zorgmeldingDi01", "vtMeldingDi01", "meldingGeneriekDi01")
# Known to the standard, not taken in here. Each has its own reason, which is told to the sender.
REFUSED = {
    "vtoDi01": "Verzoeken tot onderzoek neemt de Raad voor de Kinderbescherming aan.",
    "notificatieDi01": "Notificaties van de Raad nemen wij nog niet aan.",
    "notificatiejrDi01": "Notificaties over jeugdreclassering nemen wij nog niet aan.",
    "zorgmeldingTerugkoppelingDi01": "Terugkoppelingen op zorgmeldingen versturen wij; wij nemen ze niet aan.",
    "vtTerugkoppelingDi01": "Terugkoppelingen van Veilig Thuis versturen wij; wij nemen ze niet aan.",
    "uitkomstMeldingGeneriekDi01": "Uitkomsten van meldingen versturen wij; wij nemen ze niet aan.",
    "vcobDi01": "Checks op bekendheid beantwoorden wij niet langs deze weg.",
    "ucobDi01": "Checks op bekendheid stellen wij niet langs deze weg.",
    "vciDi01": "Verzoeken om casusinformatie beantwoorden wij niet langs deze weg.",
    "uciDi01": "Verzoeken om casusinformatie stellen wij niet langs deze weg.",
}
KINDS = (*HANDLED, *REFUSED)
MAX_REFERENCE = 40
LONGEST = {"organisatie": 200, "applicatie": 50, "administratie": 50, "gebruiker": 100}


@dataclass(frozen=True)
class Message:
    """A message of which the envelope has been read and the body not yet."""

    envelope: Envelope
    root: etree._Element
    outer: etree._Element
    ticked: Ticked

    @property
    def in_soap(self) -> bool:
        return self.root is not self.outer


def open_message(data: bytes, max_bytes: int = MAX_BYTES) -> Message:
    """Bytes to an addressed message of a kind that we handle; else a Refusal."""
    outer = parse(data, max_bytes)
    root = message_in(outer)
    ticked = Ticked()
    if namespace(root.tag) != JZ:
        raise Refusal(refusals.NOT_A_MESSAGE, "Dit is geen bericht van StUF-Jeugdzorg.")
    try:
        envelope = _envelope(Cursor(root, ticked).need("stuurgegevens"), local_name(root.tag))
    except Refusal as refusal:
        raise Refusal(refusals.NOT_A_MESSAGE, refusal.details) from None
    try:
        _judge(envelope, local_name(root.tag))
    except Refusal as refusal:
        raise refusal.addressed(envelope) from None
    return Message(envelope, root, outer, ticked)


def _envelope(control: Cursor, root_name: str) -> Envelope:
    reference = control.needed_text("referentienummer").strip()
    if not 0 < len(reference) <= MAX_REFERENCE:
        raise Refusal(refusals.NOT_A_MESSAGE, f"{control.path}/referentienummer is leeg of te lang.")
    return Envelope(
        kind=control.text_of("functie").strip() or root_name,
        sender=_system(control.need("zender")),
        receiver=_system(control.need("ontvanger")),
        reference=reference,
        sent_at=moment(control.need("tijdstipBericht")),
        code=control.needed_text("berichtcode").strip(),
    )


def _system(part: Cursor) -> System:
    more = part.one("aanvullendeIdentificerendeGegevens")
    for name, most in LONGEST.items():
        if len(part.text_of(name)) > most:
            raise Refusal(refusals.INVALID, f"{part.path}/{name} is te lang.")
    return System(
        organisation=part.needed_text("organisatie").strip(),
        application=part.needed_text("applicatie").strip(),
        administration=part.text_of("administratie").strip(),
        user=part.text_of("gebruiker"),
        phones=more.texts_of("telefoonnummer") if more else (),
        emails=more.texts_of("emailadres") if more else (),
    )


def _judge(envelope: Envelope, root_name: str) -> None:
    if envelope.code != "Di01":
        raise Refusal(refusals.CODE_UNKNOWN, "Wij nemen berichten aan met berichtcode Di01.")
    if envelope.kind not in KINDS:
        raise Refusal(refusals.KIND_UNKNOWN)
    if envelope.kind != root_name:
        raise Refusal(refusals.INVALID, f"stuurgegevens/functie is niet {root_name}.")
    if envelope.kind in REFUSED:
        raise Refusal(refusals.KIND_NOT_SUPPORTED, f"{envelope.kind}: {REFUSED[envelope.kind]}")
