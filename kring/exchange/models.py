"""Who may send us messages, what came in, and what we answer later."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.circle.models import Audience, OfFamily
from kring.locks.models import Content, Desk, Model, Privacy, Public, System
from kring.locks.secret import SecretText


class KnownSender(Model):
    """A system that may send us messages (harm B35): by its certificate's OIN, the kinds on its list, from when.

    `speaks_for`: the organisation numbers that it may name as sender. An intermediary (CORV, JUBES) names those it
    carries for; empty means itself only. `answer_url`: where answers go that take longer; without one they are given
    at once, as there would be nobody to hear them.
    """

    lock = Public(staff=True)
    privacy = {Privacy.ORGANISATION: "name oin speaks_for kinds answer_url from_on until_on"}

    name = models.CharField(max_length=120)
    oin = models.CharField(max_length=20)
    speaks_for = ArrayField(models.CharField(max_length=200), default=list)
    kinds = ArrayField(models.CharField(max_length=40), default=list)
    answer_url = models.URLField(blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["oin"], condition=models.Q(until_on__isnull=True), name="one_open_sender_for_an_oin"
            ),
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("from_on")),
                name="sender_ends_after_it_begins",
            ),
        ]


class Outcome(models.TextChoices):
    ACCEPTED = "accepted", _("Aangenomen")
    REFUSED = "refused", _("Geweigerd")


class Receipt(Model):
    """That a message came in, without what it says. Sender and reference are there once (StUF016).

    `system` is what the standard calls the sender: organisation, application and administration.
    """

    lock = System(grants={"kring_app": "select, insert, update", "kring_jobs": "select, insert, update"})
    privacy = {Privacy.ORGANISATION: "sender_id system reference kind outcome code details"}

    sender_id = models.UUIDField()
    system = models.CharField(max_length=310)
    reference = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    code = models.CharField(max_length=8, blank=True)
    details = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "reference"], name="message_received_once")]


class OutgoingMessage(Model):
    """What goes out after the exchange itself: Bv01, Fo01, and what became of a report. Committed with its cause.

    It holds the sender's own number and who watches now, and nothing about a family that the sender did not write.
    """

    lock = System(grants={"kring_app": "select, insert", "kring_jobs": "select, insert, update"})
    privacy = {
        Privacy.ORGANISATION: "sender_id receipt_id kind url sent_at attempts last_status",
        Privacy.SECRET: "body",
    }

    sender_id = models.UUIDField()
    receipt_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    url = models.URLField()
    body = SecretText()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_status = models.CharField(max_length=40, blank=True)


class ReceivedMessage(OfFamily):
    """The message that founded a report, as it was sent, with what we had no place for.

    It names every address and number in one text, so it is for the duo only (harm B4), and sealed in the database.
    `original` is base64 of the bytes; `unmapped` is JSON of [path, text] pairs.
    """

    lock = Content(kind="reporter")
    privacy = {
        Privacy.FAMILY: "receipt_id report_id sender_name kind sent_words audience audience_ids",
        Privacy.SECRET: "original unmapped",
    }

    receipt_id = models.UUIDField()
    report_id = models.UUIDField()
    sender_name = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    sent_words = models.CharField(max_length=17, blank=True)
    original = SecretText()
    unmapped = SecretText(blank=True)
    audience = models.CharField(max_length=16, choices=Audience.choices, default=Audience.DUO)
    audience_ids = ArrayField(models.UUIDField(), default=list)

    class Meta:
        indexes = [models.Index(fields=["family", "report_id"], name="received_for_report")]


class RefusedMessage(Model):
    """A message that we could not take in. The sender was told; the desk is told too, as it may be about a child."""

    lock = Desk(writes=("update",), definer="select, insert")
    privacy = {
        Privacy.ORGANISATION: "organisation sender_name reference kind code details seen_by seen_at",
        Privacy.SECRET: "original",
    }

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.RESTRICT, related_name="+")
    sender_name = models.CharField(max_length=120)
    reference = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    code = models.CharField(max_length=8)
    details = models.TextField(blank=True)
    original = SecretText()
    seen_by = models.UUIDField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "seen_at"], name="refused_for_desk")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(seen_by__isnull=True, seen_at__isnull=True)
                | models.Q(seen_by__isnull=False, seen_at__isnull=False),
                name="refused_seen_by_and_at",
            )
        ]
