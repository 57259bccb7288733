"""Why a message is refused, in the standard's own codes (StUF 03.01, table 5.3).

What can be judged from the envelope alone is answered at once (Fo03); what takes reading the body is answered
later (Fo01); what isn't a StUF message gets a SOAP fault, as there is nobody to address an answer to.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from kring.exchange.received import Envelope

MAX_DETAILS = 1000


class How(StrEnum):
    AT_ONCE = "Fo03"
    LATER = "Fo01"
    FAULT = "fault"


@dataclass(frozen=True)
class Fault:
    code: str
    place: str
    text: str
    how: How


RECEIVER_UNKNOWN = Fault(
    "StUF010", "client", "Combinatie van ontvangende organisatie, applicatie en administratie onbekend", How.AT_ONCE
)
SENDER_UNKNOWN = Fault(
    "StUF013", "client", "Combinatie van zendende organisatie, applicatie en administratie onbekend", How.AT_ONCE
)
DUPLICATE = Fault("StUF016", "client", "Combinatie zender en referentienummer niet uniek", How.AT_ONCE)
CODE_UNKNOWN = Fault("StUF022", "client", "Berichtcode onbekend", How.AT_ONCE)
KIND_UNKNOWN = Fault("StUF034", "client", "Functie onbekend binnen sectormodel", How.AT_ONCE)
KIND_NOT_SUPPORTED = Fault("StUF037", "server", "Functie niet ondersteund", How.AT_ONCE)
NOT_STORED = Fault("StUF046", "server", "Opslaan bericht niet mogelijk", How.AT_ONCE)
NOT_ALLOWED = Fault(
    "StUF052",
    "client",
    "Het zendende systeem is niet geautoriseerd voor de gevraagde combinatie van berichtcode, entiteittype en functie",
    How.LATER,
)
INVALID = Fault("StUF055", "client", "Berichtbody is niet conform schema in sectormodel", How.LATER)
NOT_PROCESSED = Fault("StUF058", "server", "Proces voor afhandelen bericht geeft fout", How.LATER)
NOT_A_MESSAGE = Fault("Client", "client", "Dit is geen StUF-bericht dat wij kunnen lezen", How.FAULT)
NOT_LET_IN = Fault("Client", "client", "Geen toegang", How.FAULT)
TOO_LARGE = Fault("Client", "client", "Het bericht is te groot", How.FAULT)


class Refusal(Exception):
    """The one exception of reading. `details` names the place in the message, never what a person wrote there."""

    def __init__(self, fault: Fault, details: str = "", envelope: Envelope | None = None) -> None:
        super().__init__(f"{fault.code}: {fault.text}")
        self.fault = fault
        self.details = details[:MAX_DETAILS]
        self.envelope = envelope

    def addressed(self, envelope: Envelope) -> Self:
        """The same refusal, now that it is known to whom it must be said."""
        self.envelope = self.envelope or envelope
        return self
