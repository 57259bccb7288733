"""One message to one report in our own words: checked, complete, or refused. Never half."""

from dataclasses import replace

from kring.exchange.received import ReceivedReport
from kring.exchange.stuf import melding_generiek, vt_melding, zorgmelding
from kring.exchange.stuf.cursor import Cursor
from kring.exchange.stuf.envelope import Message
from kring.exchange.stuf.refusals import Refusal
from kring.exchange.stuf.schemas import Schemas

READERS = {
    "zorgmeldingDi01": zorgmelding.read,
    "vtMeldingDi01": vt_melding.read,
    "meldingGeneriekDi01": melding_generiek.read,
}


def read_report(message: Message, schemas: Schemas | None = None) -> ReceivedReport:
    """The national schemas judge first when they are there; our own reader's checks always run."""
    try:
        if schemas:
            schemas.check(message.root, message.envelope.kind)
        thing = Cursor(message.root, message.ticked).need("object")
        report = READERS[message.envelope.kind](message.envelope, thing)
    except Refusal as refusal:
        raise refusal.addressed(message.envelope) from None
    return replace(report, unmapped=tuple(message.ticked.rest(message.outer)))
