"""The job that sends what waits in the outbox. At least once: after a crash between sending and marking it goes again,
with the same key and the same sentence, which bears being read twice."""

import uuid

from django.db import connection
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kring.lifecycle.jobs import system_job
from kring.locks.subject import Viewer
from kring.notices.channels import Sign, adapters
from kring.notices.models import Dispatch, DispatchState
from kring.notices.reaching import Reach, reach

AGAIN = RetryStrategy(max_attempts=12, exponential_wait=2)


@app.task(name="notices.send", retry=AGAIN)
@system_job("bericht versturen")
def send(*, by: Viewer, dispatch_id: str) -> None:
    """Send one waiting sign, unless it was sent or read meanwhile."""
    waiting = Dispatch.objects.select_for_update(skip_locked=True).filter(pk=dispatch_id, state=DispatchState.WAITING)
    if not (dispatch := waiting.first()):
        return
    with connection.cursor() as cursor:
        cursor.execute("select to_id, to_kind, family_id, urgent, read from sec.told(%s)", [dispatch.id])
        to_id, to_kind, family_id, urgent, read = cursor.fetchone()
    if read:
        _close(dispatch, DispatchState.NOT_SENT, why="read")
        return
    found = reach(by=by, to_id=to_id, to_kind=to_kind, family_id=family_id, urgent=urgent)
    sent = _send_through(dispatch.id, found)
    _close(dispatch, found.state_when(sent), why=found.why, channels=sent)


def _send_through(key: uuid.UUID, found: Reach) -> list[str]:
    on = adapters()
    sent = []
    for channel, address in found.addresses.items():
        if channel in on:
            on[channel].send(Sign(address, str(key)))
            sent.append(channel)
    return sent


def _close(dispatch: Dispatch, state: str, *, why: str = "", channels: list[str] | None = None) -> None:
    dispatch.state, dispatch.why, dispatch.channels = state, why, " ".join(channels or [])
    dispatch.sent_at, dispatch.version = timezone.now(), dispatch.version + 1
    dispatch.save(update_fields=["state", "why", "channels", "sent_at", "version"])
