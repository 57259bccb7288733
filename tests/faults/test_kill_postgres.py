"""PostgreSQL and its writers are killed with -9 in mid-write: what was acknowledged is there, whole, and once."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from kring.locks.embedded import EmbeddedPostgres

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
ROUNDS, WRITERS, SECONDS = 3, 2, 1.5
BUILD = "import django; django.setup(); from kring.demo.cast import build_region; build_region()"
# Founds families as the desk does, and says so only after the commit.
WRITE = """
import django; django.setup()
from datetime import date
from django.db import transaction
from kring.accounts.sign_in import mint
from kring.circle import actions
from kring.demo.cast import Cast
from kring.locks.subject import Subject, acting_as
cast = Cast()
token = mint(cast.tom.id, "professional")
while True:
    with acting_as(Subject(token, "x")), transaction.atomic():
        family = actions.found_family(by=cast.tom, label="x", desk_id=cast.organisation("veilig_thuis"), assessed_before=date(2040, 1, 1))
        actions.take_up_sight(by=cast.tom, family=family)
    print(family.id, flush=True)
"""
HALF = """
select count(*) from circle_family f where
  (select count(*) from circle_circle c where c.family_id = f.id and c.sight_accepted_at is not null) <> 1
  or (select count(*) from circle_membership m where m.family_id = f.id) <> 2
  or (select count(*) from lifecycle_happening h where h.family_id = f.id) < 2
  or (select count(*) from trail.event e where e.family_id = f.id and e.action = 'found') <> 1
"""


@pytest.fixture
def server(tmp_path: Path):  # type: ignore[no-untyped-def]
    server = EmbeddedPostgres(tmp_path / "pg").start()
    yield server
    server.stop()


def environment(server: EmbeddedPostgres) -> dict[str, str]:
    doors = {
        f"KRING_{door.upper()}_URL": server.url(f"kring_{door}", "kring") for door in ("owner", "app", "login", "jobs")
    }
    return (
        os.environ
        | doors
        | {
            "KRING_ADMIN_URL": server.url(),
            "KRING_LOG_LEVEL": "ERROR",
            "KRING_MODE": "test",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
    )


def _writer(env: dict[str, str], heard: Path) -> "subprocess.Popen[bytes]":
    with heard.open("w", encoding="utf-8") as file:
        return subprocess.Popen(
            [sys.executable, "-c", WRITE], cwd=ROOT, env=env, stdout=file, stderr=subprocess.DEVNULL
        )


def test_what_was_acknowledged_survives_whole_and_once(server: EmbeddedPostgres, tmp_path: Path) -> None:
    env = environment(server)
    for command in (["-m", "kring", "prepare_database"], ["-m", "kring", "migrate", "-v0"], ["-c", BUILD]):
        subprocess.run([sys.executable, *command], cwd=ROOT, env=env, check=True, capture_output=True)
    heard = [tmp_path / f"heard-{number}" for number in range(ROUNDS * WRITERS)]
    for number in range(ROUNDS):
        files = heard[number * WRITERS : (number + 1) * WRITERS]
        writers = [_writer(env, file) for file in files]
        while not all(file.read_text(encoding="utf-8") for file in files):
            assert all(writer.poll() is None for writer in writers)
            time.sleep(0.05)
        time.sleep(SECONDS)
        # First the writers, then the database under them.
        for victim in writers if number == 0 else [server]:
            os.kill(victim.pid, signal.SIGKILL)
        for writer in writers:
            writer.wait(30)
        if number:
            server.stop()
            server.start()
    acknowledged = [line for file in heard for line in file.read_text(encoding="utf-8").split("\n")[:-1]]
    with psycopg.connect(server.url("postgres", "kring")) as connection:
        standing = [str(family) for (family,) in connection.execute("select id from circle_family")]
        (half,) = connection.execute(HALF).fetchone() or (None,)
    lost = set(acknowledged) - set(standing)
    unheard = len(standing) - len(acknowledged)
    print(  # noqa: T201 - the counts are what this is for
        f"kill -9: {ROUNDS} rounds, {len(acknowledged)} acknowledged, {len(lost)} lost, {half} half, {unheard} not heard of"
    )
    assert len(acknowledged) > ROUNDS * WRITERS
    assert not lost
    assert len(set(acknowledged)) == len(acknowledged)
    assert half == 0
    assert 0 <= unheard <= ROUNDS * WRITERS
