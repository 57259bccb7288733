"""Reading for the door and for the pages about messages."""

import base64
import json
import logging
import re
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import connections
from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTransform
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from stdnum.nl import bsn

from kring.accounts.models import Organisation
from kring.accounts.queries import has_power, powers_of
from kring.circle.access import NotThere, open_family, why_not
from kring.circle.models import Family
from kring.exchange.models import KnownSender, Receipt, ReceivedMessage, RefusedMessage
from kring.exchange.received import Document, Unmapped
from kring.exchange.stuf.envelope import open_message
from kring.exchange.stuf.reading import read_report
from kring.exchange.stuf.refusals import Refusal
from kring.exchange.stuf.schemas import Schemas, load
from kring.lifecycle.models import Happening
from kring.lifecycle.reasons import NotAllowed
from kring.lifecycle.waiting import Waiting
from kring.locks.subject import Viewer

log = logging.getLogger("kring.exchange")
RECEIVED, READ = "exchange.message_received", "exchange.message_read"
MAX_SHOWN = 200_000
NINE_DIGITS = re.compile(r"(?<![0-9])[0-9]{9}(?![0-9])")
HIDDEN = "•" * 9


@dataclass(frozen=True)
class Sender:
    """A known sender as the door sees it."""

    id: uuid.UUID
    name: str
    kinds: frozenset[str]
    speaks_for: frozenset[str]
    answer_url: str

    def as_viewer(self) -> Viewer:
        return Viewer(self.id, "sender", self.name)


def schemas() -> Schemas | None:
    """The national schemas when a folder is named."""
    return load(settings.STUF_SCHEMAS) if settings.STUF_SCHEMAS else None


def say_how_messages_are_checked() -> None:
    """A line in the log of each server that starts."""
    how = (
        "the national schemas and our own reader" if schemas() else "our own reader only (KRING_STUF_SCHEMAS is empty)"
    )
    log.info("Messages are checked by %s", how)


def known_sender(oin: str) -> Sender | None:
    """Through the login door: at this moment nobody has a subject yet."""
    with connections["login"].cursor() as cursor:
        cursor.execute("select id, name, kinds, speaks_for, answer_url from sec.known_sender(%s)", [oin])
        row = cursor.fetchone()
    return Sender(row[0], row[1], frozenset(row[2]), frozenset(row[3]), row[4]) if row else None


def receiving_desk(number: str) -> Organisation | None:
    """The organisation with this OIN, when the law lets it receive reports today."""
    for organisation in Organisation.objects.filter(oin=number).exclude(oin=""):
        if powers_of(organisation, timezone.localdate()).filter(code="receive_report").exists():
            return organisation
    return None


@dataclass(frozen=True)
class ShownMessage:
    """A received message as its page shows it: text only, never markup."""

    message: ReceivedMessage
    text: str
    unmapped: list[Unmapped]
    documents: tuple[Document, ...]
    numbers_hidden: bool
    unread: bool

    @property
    def start(self) -> str:
        return self.text[:MAX_SHOWN]

    @property
    def is_cut(self) -> bool:
        return len(self.text) > MAX_SHOWN


def sender_of(message: ReceivedMessage) -> Sender | None:
    """The sender as it is known now; its address may have changed, or it may be gone."""
    receipt = Receipt.objects.filter(pk=message.receipt_id).first()
    found = KnownSender.objects.filter(pk=receipt.sender_id).first() if receipt else None
    if found is None:
        return None
    return Sender(found.id, found.name, frozenset(found.kinds), frozenset(found.speaks_for), found.answer_url)


def original_of(message: ReceivedMessage | RefusedMessage) -> bytes:
    return base64.b64decode(message.original)


def documents_in(message: ReceivedMessage) -> tuple[Document, ...]:
    """What was attached; in a zorgmelding the concern itself is in there."""
    data = original_of(message)
    try:
        return read_report(open_message(data, len(data))).documents
    except Refusal:  # taken in by an earlier version that read it otherwise: the original is there as text
        return ()


def as_text(data: bytes) -> str:
    """The bytes that came in, as readable text; what can't be read shows as a question mark in a box."""
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    return data.decode(encoding, errors="replace")


def without_bsn(text: str) -> str:
    """The text as everybody may read it whose organisation may not hold the numbers of adults (B34)."""
    return NINE_DIGITS.sub(lambda found: HIDDEN if bsn.is_valid(found.group()) else found.group(), text)


def text_for(viewer: Viewer, data: bytes) -> tuple[str, bool]:
    """The text for this viewer, and whether numbers were covered."""
    hide = not has_power(viewer, "hold_bsn_of_adults", timezone.localdate())
    text = as_text(data)
    return (without_bsn(text) if hide else text), hide


def message_page(viewer: Viewer, family_id: uuid.UUID, message_id: uuid.UUID) -> ShownMessage:
    """For the duo and the desk that holds the report; the same 404 for everybody else."""
    family = open_family(viewer, family_id, "het ontvangen bericht bekijken")
    if reasons := why_not(viewer, family.roles, "exchange.see_message"):
        raise NotAllowed(reasons, family_id)
    message = ReceivedMessage.objects.filter(family_id=family_id, pk=message_id).first()
    if message is None:
        raise NotThere(family_id, "het ontvangen bericht bekijken")
    text, hide = text_for(viewer, original_of(message))
    rest = [Unmapped(path, without_bsn(said) if hide else said) for path, said in json.loads(message.unmapped or "[]")]
    return ShownMessage(message, text, rest, documents_in(message), hide, is_unread(message))


def known_senders() -> QuerySet[KnownSender]:
    """For the administrator's page; who ended last."""
    return KnownSender.objects.order_by(F("until_on").asc(nulls_first=True), "name")


def waiting(viewer: Viewer, family_id: uuid.UUID | None = None) -> list[Waiting]:
    """On the desk: what nobody read yet of messages for my families, and messages for my desk that nobody could read."""
    if viewer.kind != "professional":
        return []
    refused = viewer.has_role("desk") and not family_id
    return [*_unread(family_id), *(_refused(viewer) if refused else [])]


def _unread(family_id: uuid.UUID | None) -> list[Waiting]:
    """Happenings only: the desk opens no family. Each until somebody has said that it was read."""
    seen = Happening.objects.filter(kind=READ, family_id=OuterRef("family_id"), payload__message_id=OuterRef("message"))
    unread = (
        Happening.objects.filter(kind=RECEIVED, payload__to_read=True)
        .annotate(message=KeyTransform("message_id", "payload"))
        .filter(~Exists(seen))
        .annotate(label=Subquery(Family.objects.filter(pk=OuterRef("family_id")).values("label")))
    )
    return [
        Waiting(
            title=one.label,
            path=reverse("exchange:message", args=[one.family_id, one.payload["message_id"]]),
            urgency="today",
            sub=_("Bij het bericht hoort iets dat niet in de melding staat."),
            verb=_("Lees"),
            since=one.recorded_at,
            family_id=one.family_id,
        )
        for one in (unread.filter(family_id=family_id) if family_id else unread).order_by("recorded_at")[:50]
    ]


def is_unread(message: ReceivedMessage) -> bool:
    of_this = Happening.objects.filter(family_id=message.family_id, payload__message_id=str(message.id))
    kinds = set(of_this.filter(Q(kind=READ) | Q(kind=RECEIVED, payload__to_read=True)).values_list("kind", flat=True))
    return RECEIVED in kinds and READ not in kinds


def _refused(viewer: Viewer) -> list[Waiting]:
    unseen = RefusedMessage.objects.filter(seen_at__isnull=True).aggregate(n=Count("id"), since=Min("recorded_at"))
    if not unseen["n"]:
        return []
    title = ngettext("%(n)s bericht kon niet worden gelezen", "%(n)s berichten konden niet worden gelezen", unseen["n"])
    return [
        Waiting(
            title=title % {"n": unseen["n"]},
            path=reverse("exchange:refused"),
            urgency="today",
            sub=_("Bel de afzender als het over een kind in gevaar kan gaan."),
            verb=_("Bekijk"),
            since=unseen["since"],
        )
    ]


def refused_messages(viewer: Viewer) -> QuerySet[RefusedMessage]:
    """What this viewer's desks could not take in; row-level security shows no other desk's."""
    return RefusedMessage.objects.select_related("organisation").order_by("seen_at", "-recorded_at")
