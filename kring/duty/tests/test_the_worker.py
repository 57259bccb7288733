"""The real worker, as its own process under the jobs role: what waits in the queue is done, and alarms climb."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings

from kring.demo.cast import Cast
from kring.duty import actions
from kring.duty.tasks import climb_all
from kring.duty.tests.night import called, with_a_circle
from tests.bed import acting, door

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def run_the_worker(folder: Path) -> None:
    role = settings.DATABASE_ROLES["jobs"]
    address = (
        f"postgresql://{role['USER']}:{role['PASSWORD']}@/{role['NAME']}?host={quote(role['HOST'])}&port={role['PORT']}"
    )
    env = os.environ | {
        "KRING_ROLE": "jobs",
        "KRING_JOBS_URL": address,
        "KRING_MODE": "test",
        "KRING_DATA": str(folder),
    }
    subprocess.run([sys.executable, "-m", "kring", "worker", "--until-empty"], env=env, check=True, timeout=60)


def test_the_worker_sends_makes_the_card_and_lets_an_alarm_climb(cast: Cast, tmp_path: Path) -> None:
    family = with_a_circle(cast)
    with acting(cast.joost) as joost:
        alarm = actions.raise_alarm(by=joost, family=family, kind="condition_broken", urgency="now")
    with door("owner") as owner:
        owner.execute("update duty_alarm set climbs_at = now() - interval '1 second'")
    climb_all.defer(timestamp=0)
    run_the_worker(tmp_path)
    run_the_worker(tmp_path)  # what the climbing itself put in the queue
    assert called(alarm, cast.joost) == ["Koen"]
    with door("owner") as owner:
        left = owner.execute(
            "select task_name, status from procrastinate_jobs where task_name in ('notices.send', 'duty.build_card')"
        ).fetchall()
        sent = owner.execute("select distinct state from notices_dispatch").fetchall()
        cards = owner.execute("select count(*) from duty_emergencycard").fetchone()
    assert left == []
    assert sent == [("sent",)]
    assert cards == (1,)
