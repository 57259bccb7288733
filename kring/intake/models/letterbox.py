"""What lies behind a code: a draft that somebody asked us to keep, and the receipt of a report (harm B8).

No door reads these tables. Who has the code is let through by a definer function (functions.sql); the database holds
only the code's keyed hash, and a draft is unreadable without our field key.
"""

from django.db import models

from kring.locks.models import Model, Privacy, System
from kring.locks.secret import SecretText


class Draft(Model):
    """A half-filled public form, kept on the server only when the reporter asks, for a week."""

    lock = System(definer="select, insert, update, delete")
    privacy = {Privacy.SECRET: "code_hash body", Privacy.ORGANISATION: "form expires_at"}

    form = models.CharField(max_length=12)
    code_hash = models.BinaryField(unique=True)
    body = SecretText()
    expires_at = models.DateTimeField(db_index=True)


class Receipt(Model):
    """The code that a reporter comes back with, and the report it is of. Knows no name."""

    lock = System(definer="select, insert, update")
    privacy = {Privacy.SECRET: "code_hash", Privacy.FAMILY: "report_id"}

    code_hash = models.BinaryField(unique=True)
    report_id = models.UUIDField()
