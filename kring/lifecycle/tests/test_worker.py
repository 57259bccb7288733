"""Jobs run at least once, also when a worker is killed in the middle of one."""

import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from procrastinate.contrib.django import app

from kring.lifecycle.worker import STALLED_SECONDS, wait_before_attempt
from tests.bed import door

# A worker as `kring worker --until-empty` runs it, with one task that takes long the first time.
WORKER = """
import asyncio, time, django
django.setup()
from pathlib import Path
from procrastinate.contrib.django import app
from kring.lifecycle.worker import work

@app.task(name="tests.long_the_first_time")
def long_the_first_time(path):
    path = Path(path)
    path.write_text(path.read_text() + "begun ")
    if path.read_text() == "begun ":
        time.sleep(60)
    path.write_text(path.read_text() + "done ")

with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
    asyncio.run(work(worker_app, until_empty=True))
"""


def url(name: str) -> str:
    at = settings.DATABASE_ROLES[name]
    server = f"host={quote(at['HOST'])}" + (f"&port={at['PORT']}" if at["PORT"] else "")
    return f"postgresql://{at['USER']}:{quote(at['PASSWORD'])}@/{at['NAME']}?{server}"


def a_worker() -> "subprocess.Popen[bytes]":
    doors = {f"KRING_{name.upper()}_URL": url(name) for name in settings.DATABASE_ROLES}
    environment = os.environ | doors | {"KRING_ROLE": "jobs", "DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.Popen([sys.executable, "-c", WORKER], env=environment, cwd=settings.ROOT)


def wait_for(text: str, path: Path, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while text not in path.read_text() and time.monotonic() < until:
        time.sleep(0.05)
    assert text in path.read_text()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_job_in_which_its_worker_was_killed_is_done_by_the_next_worker(tmp_path):
    notes = tmp_path / "notes"
    notes.touch()
    app.configure_task("tests.long_the_first_time").defer(path=str(notes))

    killed = a_worker()
    wait_for("begun ", notes)
    killed.kill()
    killed.wait(10)
    with door("jobs") as jobs:  # rather than waiting for the heartbeat to grow old
        jobs.execute(
            "update procrastinate_workers set last_heartbeat = now() - make_interval(secs => %s)", [STALLED_SECONDS + 1]
        )

    assert a_worker().wait(30) == 0
    assert notes.read_text() == "begun begun done "
    with door("jobs") as jobs:
        assert jobs.execute("select count(*) from procrastinate_jobs").fetchone() == (0,)


def test_a_job_whose_worker_was_killed_runs_again_at_once():
    assert wait_before_attempt(2) == timedelta(0)


def test_a_job_that_keeps_ending_its_worker_runs_less_and_less_often_but_is_never_given_up():
    waits = [wait_before_attempt(attempt) for attempt in range(2, 40)]
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(minutes=10)
