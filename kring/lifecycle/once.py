"""A form sent twice is done once; a form with other content under the same key is refused."""

import hmac
import json
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from kring.lifecycle.models import SentForm
from kring.lifecycle.reasons import Conflict
from kring.locks.subject import Viewer


def once(*, by: Viewer, key: uuid.UUID, sent: Any, act: Callable[[], str]) -> str:
    """Run `act` unless this subject sent this key before; returns its answer (where to go next), old or new.

    Two at once: the second waits for the first's commit and gets its answer. Raises Conflict for another body.
    """
    body = json.dumps(sent, sort_keys=True, default=str)
    fingerprint = hmac.digest(settings.LOOKUP_KEY.encode(), f"{key}:{body}".encode(), "sha256")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into lifecycle_sentform (id, version, subject_id, key, fingerprint, answer)"
                " values (%s, 1, %s, %s, %s, '') on conflict (subject_id, key) do nothing",
                [uuid.uuid4(), by.id, key, fingerprint],
            )
            first = cursor.rowcount == 1
        if not first:
            earlier = SentForm.objects.get(subject_id=by.id, key=key)
            if bytes(earlier.fingerprint) != fingerprint:
                raise Conflict
            return earlier.answer
        answer = act()
        SentForm.objects.filter(subject_id=by.id, key=key).update(answer=answer)
        return answer
