"""The job that lets alarms climb. Each alarm in a transaction of its own: killed half-way, the rest is found again by
the next minute's run, and a rung that was called is not called twice."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from kring.duty import queries
from kring.duty.actions import climb
from kring.lifecycle.jobs import as_system

log = logging.getLogger("kring.duty")


@app.periodic(cron="* * * * *")
@app.task(name="duty.climb_all", queueing_lock="duty.climb_all", pass_context=False)
def climb_all(timestamp: int = 0) -> int:
    """Every alarm that nobody answered in time goes one rung up. Returns how many did."""
    now = timezone.now()
    with as_system("alarmen nalopen"):
        due = queries.due_alarms(now)
    climbed = 0
    for alarm_id, family_id in due:
        try:
            with as_system("alarm verder laten gaan") as system:
                climbed += climb(by=system, alarm_id=alarm_id, family_id=family_id, at=now)
        except Exception:  # one alarm that fails must not keep the others silent
            log.exception("an alarm could not climb", extra={"action": "duty.climb", "job": str(alarm_id)})
    return climbed
