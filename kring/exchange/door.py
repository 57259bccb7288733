"""What happens at the door with bytes from a known sender: always an answer, never half a record."""

import logging
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kring.accounts.sign_in import mint
from kring.exchange import actions
from kring.exchange.queries import Sender
from kring.exchange.stuf import answers, refusals
from kring.exchange.stuf.envelope import Message, open_message
from kring.exchange.stuf.refusals import Refusal
from kring.locks.subject import Subject, acting_as

log = logging.getLogger("kring.exchange")
PURPOSE = "melding aannemen"


@dataclass(frozen=True)
class Answer:
    """What goes back in this exchange. `accepted`: a report was made of it."""

    body: bytes
    status: int
    accepted: bool = False


def answer_to(sender: Sender, data: bytes) -> Answer:
    """Take in a message and answer it. Whatever goes wrong on our side is Fo03/StUF046: the sender sends it again."""
    try:
        message = open_message(data, settings.STUF_MAX_BYTES)
    except Refusal as refusal:
        return _refused(refusal, in_soap=answers.looks_like_soap(data))
    try:
        return _received(sender, message, data)
    except Refusal as refusal:
        return _refused(refusal, in_soap=message.in_soap)
    except Exception:
        log.exception("message not stored")
        return _refused(Refusal(refusals.NOT_STORED, envelope=message.envelope), in_soap=message.in_soap)


def _received(sender: Sender, message: Message, data: bytes) -> Answer:
    viewer = sender.as_viewer()
    with acting_as(Subject(mint(viewer.id, "sender"), PURPOSE)), transaction.atomic():
        taken = actions.receive_message(by=viewer, sender=sender, message=message, data=data)
    # A refusal of the body is told later. Without an address to tell it to, a "received" would be the last they hear.
    if taken.refusal and not sender.answer_url:
        return _refused(taken.refusal, in_soap=message.in_soap)
    body = answers.confirmed_at_once(message.envelope, us=message.envelope.receiver, now=timezone.now())
    return Answer(answers.in_soap(body) if message.in_soap else body, 200, taken.refusal is None)


def _refused(refusal: Refusal, *, in_soap: bool) -> Answer:
    us = refusal.envelope.receiver if refusal.envelope else None
    body = answers.refused(refusal, us=us, now=timezone.now()) if us else answers.soap_fault(refusal)
    if refusal.fault is refusals.TOO_LARGE:
        return Answer(body, 413)
    if in_soap:
        return Answer(answers.in_fault(refusal, body), 500)  # SOAP 1.1: a fault travels under 500
    return Answer(body, 500 if refusal.fault.place == "server" else 400)
