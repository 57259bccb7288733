"""What somebody is told inside Kring, and the sign outside it that something waits."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.locks.models import Model, Own, Privacy, System


class Recipient(models.TextChoices):
    PROFESSIONAL = "professional", _("professional")
    PERSON = "person", _("gezinslid of steunfiguur")


class Notice(Model):
    """Notice (bericht): one thing that one person is told. No text: `kind` has its sentence (kinds.py), `path` leads
    to where it is read behind the two locks. Only the receiver sees it; written by `sec.tell` only."""

    lock = Own(subject="to_id", writes=("update",), definer="select, insert")
    privacy = {Privacy.PERSONAL: "to_id to_kind from_id kind path urgent read_at", Privacy.FAMILY: "family_id"}

    to_id = models.UUIDField()
    to_kind = models.CharField(max_length=12, choices=Recipient.choices)
    from_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    family_id = models.UUIDField(null=True)
    path = models.CharField(max_length=200, blank=True)
    urgent = models.BooleanField(default=False)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["to_id", "-recorded_at"], name="notice_newest"),
            models.Index(fields=["to_id"], name="notice_unread", condition=Q(read_at__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(
                name="notice_leads_inside", condition=Q(path="") | Q(path__startswith="/") & ~Q(path__startswith="//")
            )
        ]


class Channel(models.TextChoices):
    MAIL = "mail", _("E-mail")
    SMS = "sms", _("SMS")
    PUSH = "push", _("Pushbericht")


class DispatchState(models.TextChoices):
    WAITING = "waiting", _("Wacht")
    SENT = "sent", _("Verstuurd")
    HANDED_OVER = "handed_over", _("Aan het duo overgelaten")
    NOT_SENT = "not_sent", _("Niet verstuurd")


class Dispatch(Model):
    """The outbox: that a notice has to get a sign outside, committed with the notice itself. Jobs alone see it.

    It holds no address: where somebody is reached is looked up when it is sent, so that a safe contact that changed a
    minute ago is obeyed.
    """

    lock = System(grants={"kring_jobs": "select, update"}, definer="select, insert")
    privacy = {Privacy.ORGANISATION: "notice state channels why sent_at"}

    notice = models.OneToOneField(Notice, on_delete=models.RESTRICT, related_name="+")
    state = models.CharField(max_length=12, choices=DispatchState.choices, default=DispatchState.WAITING)
    channels = models.CharField(max_length=40, blank=True)
    why = models.CharField(max_length=60, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["recorded_at"], name="dispatch_waiting", condition=Q(state="waiting"))]
