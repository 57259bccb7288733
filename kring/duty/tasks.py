"""The jobs of duty. Alarms that climb: each alarm in a transaction of its own: killed half-way, the rest is found again by
the next minute's run, and a rung that was called is not called twice."""

import logging
import uuid

from django.db import connection
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kring.circle.access import open_family
from kring.circle.models import Membership
from kring.duty import queries
from kring.lifecycle.jobs import as_system, system_job
from kring.locks.subject import Viewer
from kring.notices.actions import tell

log = logging.getLogger("kring.duty")


@app.periodic(cron="* * * * *")
@app.task(name="duty.climb_all", queueing_lock="duty.climb_all", pass_context=False)
def climb_all(timestamp: int = 0) -> int:
    """Every alarm that nobody answered in time goes one rung up. Returns how many did."""
    from kring.duty import actions

    now = timezone.now()
    with as_system("alarmen nalopen"):
        due = queries.due_alarms(now)
    climbed = 0
    for alarm_id, family_id in due:
        try:
            with as_system("alarm verder laten gaan") as system:
                climbed += actions.climb(by=system, alarm_id=alarm_id, family_id=family_id, at=now)
        except Exception:  # one alarm that fails must not keep the others silent
            log.exception("an alarm could not climb", extra={"action": "duty.climb", "job": str(alarm_id)})
    return climbed


@app.task(name="duty.build_card", retry=RetryStrategy(max_attempts=8, exponential_wait=2))
@system_job("noodkaart bijwerken")
def build_card(*, by: Viewer, family_id: str) -> None:
    """Something happened: the card of this family is made anew. Twice makes the same card."""
    from kring.duty import actions

    actions.build_card(by=by, family_id=uuid.UUID(family_id))


@app.task(name="duty.tell_of_look_up", retry=RetryStrategy(max_attempts=8, exponential_wait=2))
@system_job("laten weten dat er is opgezocht")
def tell_of_look_up(*, by: Viewer, review_id: str) -> None:
    """The duo hears that somebody on duty needed their family's card; the family hears it when the reviewer says so."""
    with connection.cursor() as cursor:
        cursor.execute("select sec.looked_up(%s)", [review_id])
        family_id = cursor.fetchone()[0]
    if not family_id:
        return
    circle = open_family(by, family_id, "laten weten dat er is opgezocht").circle
    holders = [one for one in (circle.fixed_face_id, circle.deputy_id, circle.sight_owner_id) if one]
    members = Membership.objects.filter(pk__in=holders, professional__isnull=False)
    for professional_id in sorted(set(members.values_list("professional_id", flat=True))):
        tell(by=by, to_id=professional_id, to_kind="professional", kind="duty.looked_up", family_id=family_id)
