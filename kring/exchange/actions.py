"""Every change by a message: received whole in one transaction, or refused in the standard's words and nothing kept
but that it came. And who may send at all."""

import base64
import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.accounts.models import Organisation
from kring.circle.access import require
from kring.circle.models import Audience
from kring.exchange import queries, rules, to_intake
from kring.exchange.models import KnownSender, Outcome, OutgoingMessage, Receipt, ReceivedMessage, RefusedMessage
from kring.exchange.received import Envelope, Unmapped
from kring.exchange.stuf import answers, refusals
from kring.exchange.stuf.envelope import Message
from kring.exchange.stuf.reading import read_report
from kring.exchange.stuf.refusals import Refusal
from kring.exchange.tasks import send
from kring.lifecycle.action import action, record
from kring.lifecycle.reasons import NotAllowed, Reason, demand
from kring.locks.secret import seal
from kring.locks.subject import Viewer


@dataclass(frozen=True)
class Taken:
    """What became of a message that was not refused at once: a report, or a refusal of its body."""

    receipt: Receipt
    refusal: Refusal | None = None


@action
def receive_message(*, by: Viewer, sender: queries.Sender, message: Message, data: bytes) -> Taken:
    """Take in one message: a report in a provisional family with its original, or a refusal on record for the desk.

    Raises Refusal for what must be answered at once (unknown sender or receiver, duplicate); then nothing is kept.
    """
    envelope = message.envelope
    if envelope.sender.organisation not in sender.speaks_for:
        raise Refusal(refusals.SENDER_UNKNOWN, envelope=envelope)
    desk = queries.receiving_desk(envelope.receiver.organisation)
    if desk is None:
        raise Refusal(refusals.RECEIVER_UNKNOWN, envelope=envelope)
    receipt = _note_receipt(sender, envelope)
    try:
        if envelope.kind not in sender.kinds:
            raise Refusal(refusals.NOT_ALLOWED, envelope=envelope)
        report = read_report(message, queries.schemas())
    except Refusal as refusal:
        _keep_refused(receipt, refusal, sender, desk, data)
        body = answers.refused(refusal, us=envelope.receiver, now=timezone.now())
        queue(sender, receipt.id, refusal.fault.how.value, body, message.in_soap)
        return Taken(receipt, refusal)
    family_id, report_id, left_over = to_intake.found(by=by, report=report, desk=desk, sender_name=sender.name)
    kept = _keep_original(family_id, report_id, receipt, sender, envelope, left_over, data)
    body = answers.confirmed_later(envelope, us=envelope.receiver, now=timezone.now())
    queue(sender, receipt.id, "Bv01", body, message.in_soap)
    record(
        "exchange.message_received", by=by, family_id=family_id, audience=Audience.DUO,
        message_id=kept.id, report_id=report_id, to_read=bool(left_over or report.documents),
    )  # fmt: skip
    return Taken(receipt)


def _note_receipt(sender: queries.Sender, envelope: Envelope) -> Receipt:
    """Sender and reference are there once: of two at the same time the second waits here and is the duplicate."""
    try:
        with transaction.atomic():
            return Receipt.objects.create(
                sender_id=sender.id,
                system="|".join(envelope.sender.key)[:310],
                reference=envelope.reference,
                kind=envelope.kind,
                outcome=Outcome.ACCEPTED,
            )
    except IntegrityError as error:
        raise Refusal(refusals.DUPLICATE, envelope=envelope) from error


def _keep_original(
    family_id: uuid.UUID,
    report_id: uuid.UUID,
    receipt: Receipt,
    sender: queries.Sender,
    envelope: Envelope,
    left_over: list[Unmapped],
    data: bytes,
) -> ReceivedMessage:
    return ReceivedMessage.objects.create(
        family_id=family_id,
        receipt_id=receipt.id,
        report_id=report_id,
        sender_name=sender.name,
        kind=envelope.kind,
        sent_words=envelope.sent_at.words[:17],
        original=base64.b64encode(data).decode(),
        unmapped=json.dumps([[rest.path, rest.text] for rest in left_over]) if left_over else "",
    )


def _keep_refused(receipt: Receipt, refusal: Refusal, sender: queries.Sender, desk: Organisation, data: bytes) -> None:
    """The sender hears it; so does the desk, which can call: the message may be about a child in danger."""
    sealed = seal(base64.b64encode(data).decode(), f"{RefusedMessage._meta.db_table}.original")
    with connection.cursor() as cursor:
        cursor.execute(
            "select sec.keep_refused(%s, %s, %s, %s, %s, %s, %s, %s)",
            [uuid.uuid4(), desk.id, sender.name, receipt.reference, receipt.kind, refusal.fault.code, refusal.details, sealed],
        )  # fmt: skip
    receipt.outcome, receipt.code, receipt.details = Outcome.REFUSED, refusal.fault.code, refusal.details
    receipt.save(update_fields=["outcome", "code", "details"])


def queue(sender: queries.Sender, receipt_id: uuid.UUID, kind: str, body: bytes, in_soap: bool) -> None:
    """To be sent, committed with what caused it. Who gave no address hears nothing later."""
    if not sender.answer_url:
        return
    text = (answers.in_soap(body) if in_soap else body).decode()
    going = OutgoingMessage.objects.create(
        sender_id=sender.id, receipt_id=receipt_id, kind=kind, url=sender.answer_url, body=text
    )
    send.defer(message_id=str(going.id))


@action
def read_message(*, by: Viewer, message: ReceivedMessage) -> None:
    """Somebody has read, by name, what came with the report and is not in it, and took over what counts."""
    require(by, message.family_id, "exchange.see_message")
    record(
        "exchange.message_read", by=by, family_id=message.family_id, audience=Audience.DUO,
        message_id=message.id, report_id=message.report_id,
    )  # fmt: skip


@action
def see_refused(*, by: Viewer, message: RefusedMessage) -> None:
    """A colleague of the desk has seen it, by name, and calls the sender when needed. Seen once stays seen."""
    RefusedMessage.objects.filter(pk=message.pk, seen_at__isnull=True).update(seen_by=by.id, seen_at=timezone.now())


def _administrator(by: Viewer) -> None:
    if not by.has_role("administrator"):
        raise NotAllowed([Reason("administrator", _("Dit kan alleen de beheerder."), "BIO2 5.15")])


@action
def add_known_sender(
    *, by: Viewer, name: str, oin: str, kinds: Iterable[str], speaks_for: Iterable[str] = (), answer_url: str = "",
    from_on: date | None = None,
) -> KnownSender:  # fmt: skip
    """Let a system send us these kinds of messages (B35)."""
    _administrator(by)
    listed = sorted(set(kinds))
    demand([*rules.may_be_allowed(listed), *rules.is_an_oin(oin), *rules.may_be_sent_to(answer_url)])
    return KnownSender.objects.create(
        name=name, oin=oin, kinds=listed, speaks_for=sorted(set(speaks_for)), answer_url=answer_url,
        from_on=from_on or timezone.localdate(),
    )  # fmt: skip


@action
def end_known_sender(*, by: Viewer, sender: KnownSender, until_on: date) -> None:
    """From the day after, this system stands before a closed door."""
    _administrator(by)
    KnownSender.objects.filter(pk=sender.pk).update(until_on=until_on)
