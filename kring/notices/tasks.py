"""The job that sends what waits in the outbox. At least once: after a crash between sending and marking it goes again,
with the same key and the same sentence, which bears being read twice."""

import uuid
from datetime import timedelta

from django.db import connection
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kring.lifecycle.jobs import system_job
from kring.locks.subject import Viewer
from kring.notices.channels import Sign, adapters
from kring.notices.models import Dispatch, DispatchState
from kring.notices.reaching import Reach, reach

AGAIN = RetryStrategy(max_attempts=10, exponential_wait=2)  # some seventeen minutes in all
GIVEN_UP_AFTER = timedelta(minutes=45)


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


@app.periodic(cron="*/15 * * * *")
@app.task(name="notices.send_what_stayed", queueing_lock="notices.send_what_stayed")
@system_job("blijven liggen berichten opnieuw versturen")
def send_what_stayed(timestamp: int = 0, *, by: Viewer) -> int:
    """After a long outage the jobs have given up, the outbox has not: what stayed is tried again, oldest first."""
    stayed = Dispatch.objects.filter(state=DispatchState.WAITING, recorded_at__lt=timezone.now() - GIVEN_UP_AFTER)
    found = list(stayed.order_by("recorded_at").values_list("id", flat=True)[:500])
    for dispatch_id in found:
        send.defer(dispatch_id=str(dispatch_id))
    return len(found)


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
