"""Advice questions: somebody thinks aloud with us, without a family."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.accounts.models import Organisation, Professional
from kring.locks.models import Desk, Model, Privacy


class Road(models.TextChoices):
    """By which road a question or report came in."""

    PHONE = "phone", _("telefoon")
    PUBLIC = "public", _("website")
    MESSAGE = "message", _("elektronisch bericht")


class AdviceQuestion(Model):
    """Advice question (adviesvraag): a question without a named family (Wmo 2015 artikel 5.1.6 lid 3).

    It belongs to the desk and to no family: it has no family column, and never gets one. When the asker reports later
    and says that this question becomes part of it, its text is copied into the report; `joined_at` keeps only that it
    happened, not to which family.
    """

    lock = Desk(definer="select, insert, update, delete")
    privacy = {
        Privacy.ORGANISATION: "organisation road asker asked_at due_on answered_by answered_at joined_at",
        Privacy.SPECIAL: "question answer",
        Privacy.SECRET: "code_hash",
    }

    ASKERS = [
        ("professional", _("Ik vraag dit voor mijn werk")),
        ("citizen", _("Ik maak me zorgen om een ander")),
        ("self", _("Het gaat over mijzelf")),
    ]
    organisation = models.ForeignKey(Organisation, on_delete=models.RESTRICT, related_name="+")
    road = models.CharField(max_length=8, choices=Road.choices)
    asker = models.CharField(max_length=12, choices=ASKERS)
    question = models.TextField(max_length=4000)
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    answer = models.TextField(max_length=6000, blank=True)
    answered_by = models.ForeignKey(Professional, null=True, on_delete=models.RESTRICT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    joined_at = models.DateTimeField(null=True)
    code_hash = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "due_on"], name="advice_waiting", condition=models.Q(answered_at=None)
            ),
            models.Index(fields=["code_hash"], name="advice_code"),
        ]
        constraints = [
            models.CheckConstraint(
                name="advice_answered_by_whom_and_when",
                condition=models.Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | models.Q(answered_at__isnull=False, answered_by__isnull=False) & ~models.Q(answer=""),
            )
        ]
