"""The embedded PostgreSQL: one in a folder, never an orphan, nothing half."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from kring.locks import embedded
from kring.locks.embedded import AlreadyRunningError, EmbeddedPostgres, EmbeddedPostgresError

HOLDER = """
import sys, time
from kring.locks.embedded import EmbeddedPostgres
pg = EmbeddedPostgres(sys.argv[1]).start()
print(pg.pid, pg.url(), flush=True)
time.sleep(60)
"""


@pytest.fixture
def in_another_process(tmp_path):
    """A process that runs the database of `tmp_path/pg`: (process, pid of PostgreSQL, url)."""
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path / "pg")], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    pid, url = process.stdout.readline().split()
    yield process, int(pid), url
    process.kill()
    process.wait(10)
    process.stdout.close()


def write(url: str, number: int) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create table if not exists kept (number int)")
        connection.execute("insert into kept values (%s)", [number])


def numbers(url: str) -> list[int]:
    with psycopg.connect(url) as connection:
        return [number for (number,) in connection.execute("select number from kept order by number")]


def ended_within(seconds: float, pid: int) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.05)
    return False


def test_what_was_written_is_there_at_the_next_start(tmp_path):
    with EmbeddedPostgres(tmp_path / "pg") as pg:
        write(pg.url(), 1)
    with EmbeddedPostgres(tmp_path / "pg") as pg:
        assert numbers(pg.url()) == [1]


def test_it_listens_on_a_socket_that_only_its_owner_reaches(tmp_path):
    with EmbeddedPostgres(tmp_path / "pg", durable=False) as pg, psycopg.connect(pg.url()) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)
        assert (tmp_path / "pg" / "s").stat().st_mode & 0o777 == 0o700
        assert (tmp_path / "pg").stat().st_mode & 0o777 == 0o700


def test_only_tests_give_up_durability(tmp_path):
    with EmbeddedPostgres(tmp_path / "a") as pg, psycopg.connect(pg.url()) as connection:
        assert connection.execute("show fsync").fetchone() == ("on",)
    with EmbeddedPostgres(tmp_path / "b", durable=False) as pg, psycopg.connect(pg.url()) as connection:
        assert connection.execute("show fsync").fetchone() == ("off",)


def test_a_second_start_says_which_process_has_the_folder(tmp_path, in_another_process):
    process, _, url = in_another_process
    with pytest.raises(AlreadyRunningError, match=f"process {process.pid} has it") as refused:
        EmbeddedPostgres(tmp_path / "pg").start()
    assert refused.value.pid == process.pid
    assert psycopg.connect(url).close() is None, "the first goes on"


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_postgresql_ends_with_the_process_that_started_it(in_another_process, how):
    process, pid, _ = in_another_process
    process.send_signal(how)
    process.wait(10)
    assert ended_within(10, pid)


def test_a_start_right_after_the_owner_was_killed_waits_for_the_shutdown_and_finds_everything(
    tmp_path, in_another_process
):
    process, _, url = in_another_process
    write(url, 1)
    process.kill()
    process.wait(10)
    with EmbeddedPostgres(tmp_path / "pg") as pg:
        assert numbers(pg.url()) == [1]


def test_after_kill_of_postgresql_itself_the_next_start_recovers_what_was_acknowledged(tmp_path):
    first = EmbeddedPostgres(tmp_path / "pg").start()
    write(first.url(), 1)
    os.kill(first.pid, signal.SIGKILL)
    first.stop()
    with EmbeddedPostgres(tmp_path / "pg") as pg:
        assert numbers(pg.url()) == [1]


def test_a_half_made_database_is_begun_again(tmp_path):
    (tmp_path / "pg" / "data.new").mkdir(parents=True)
    (tmp_path / "pg" / "data.new" / "half").touch()
    with EmbeddedPostgres(tmp_path / "pg", durable=False) as pg:
        assert pg.running
    assert not (tmp_path / "pg" / "data.new").exists()


def test_a_long_project_path_gets_a_short_socket_folder_that_is_cleared(tmp_path):
    folder = tmp_path / ("a" * 100) / "pg"
    with EmbeddedPostgres(folder, durable=False) as pg, psycopg.connect(pg.url()) as connection:
        sockets = Path(str(connection.info.host))
        assert sockets.stat().st_mode & 0o777 == 0o700
    assert not sockets.exists()


def test_a_database_of_another_version_is_left_alone_with_a_sentence(tmp_path):
    with EmbeddedPostgres(tmp_path / "pg", durable=False):
        pass
    (tmp_path / "pg" / "data" / "PG_VERSION").write_text("17\n")
    with pytest.raises(EmbeddedPostgresError, match=r"made by PostgreSQL 17, this is 18: begin anew \(RESET=1\)"):
        EmbeddedPostgres(tmp_path / "pg").start()


def test_without_the_package_one_sentence_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(EmbeddedPostgresError, match="install the requirements, or give the URLs"):
        EmbeddedPostgres(tmp_path / "pg").start()


def test_where_root_may_not_become_an_ordinary_user_one_sentence_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded, "start_child", lambda *a, **k: subprocess.Popen(["/bin/sh", "-c", "exit 77"]))
    with pytest.raises(EmbeddedPostgresError, match="start Kring as an ordinary user, or give the URLs"):
        EmbeddedPostgres(tmp_path / "pg").start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can get this wrong")
def test_as_root_no_folder_above_is_opened_to_others(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with EmbeddedPostgres(closed / "pg", durable=False) as pg:
        assert Path(f"/proc/{pg.pid}/status").exists()
    assert closed.stat().st_mode & 0o777 == 0o700
