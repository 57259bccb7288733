"""What happened, from which state to which, and which form was already sent."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kring.locks.models import Index, Model, Own, Privacy


class Happening(Model):
    """Happening (gebeurtenis): the record that an action took place (architecture, decision 4).

    Without text: `payload` holds only ids, codes and dates. `happened_at` is when it took place, `recorded_at` when it
    was written down. Timeline, notices, desk, exchange and indicators read happenings.
    """

    lock = Index(writes=("insert",), trail=False, definer="select, update")
    privacy = {Privacy.FAMILY: "family_id kind by_id by_kind organisation_id happened_at payload audience audience_ids"}

    family_id = models.UUIDField()
    kind = models.CharField(max_length=80)
    by_id = models.UUIDField()
    by_kind = models.CharField(max_length=12)
    organisation_id = models.UUIDField(null=True)
    happened_at = models.DateTimeField()
    payload = models.JSONField(default=dict)
    audience = models.CharField(max_length=16, default="professionals")
    audience_ids = ArrayField(models.UUIDField(), default=list)

    class Meta:
        indexes = [
            models.Index(fields=["family_id", "-happened_at"], name="happening_family"),
            models.Index(fields=["kind", "-happened_at"], name="happening_kind"),
        ]


class Transition(Model):
    """One move of one thing from state to state: append-only, so a state can always be told from its history."""

    lock = Index(writes=("insert",), trail=False, definer="select, update")
    privacy = {Privacy.FAMILY: "family_id thing thing_id verb from_state to_state by_id happened_at"}

    family_id = models.UUIDField()
    thing = models.CharField(max_length=60)
    thing_id = models.UUIDField(db_index=True)
    verb = models.CharField(max_length=40)
    from_state = models.CharField(max_length=40)
    to_state = models.CharField(max_length=40)
    by_id = models.UUIDField()
    happened_at = models.DateTimeField()


class SentForm(Model):
    """A form that was accepted: sent twice it is done once (decision 15).

    `fingerprint` is a keyed hash of what was sent: the same key with other content is refused, not repeated.
    """

    lock = Own(writes=("insert", "update"))
    privacy = {Privacy.ORGANISATION: "subject_id key fingerprint answer"}

    subject_id = models.UUIDField()
    key = models.UUIDField()
    fingerprint = models.BinaryField()
    answer = models.CharField(max_length=200, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject_id", "key"], name="sent_once")]
