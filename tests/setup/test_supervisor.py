"""Database, worker and server start and end together, whatever ends them."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from kring.demo.supervisor import HALF_BUILT, RunsAlreadyError, Supervisor, SupervisorError

ROOT = Path(__file__).resolve().parents[2]
# A part that needs a moment to stop, as the web server does.
PART = "import signal, time; signal.signal(signal.SIGTERM, lambda *a: (time.sleep(0.2), exit(0))); time.sleep(60)"
DEMO = f"""
import sys
from pathlib import Path
from kring.demo.supervisor import Supervisor
try:
    with Supervisor(Path(sys.argv[1]), int(sys.argv[2])).running() as supervisor:
        supervisor.start("worker", sys.executable, "-c", {PART!r})
        supervisor.start("web", sys.executable, "-c", {PART!r})
        print(supervisor._postgres.pid, *(part.pid for part in supervisor._parts.values()), flush=True)
        supervisor.watch()
except KeyboardInterrupt:
    pass
"""


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def demo(tmp_path):
    """A running supervisor with a database and two parts: (process, pids of the three)."""
    process = subprocess.Popen(
        [sys.executable, "-c", DEMO, str(tmp_path / "k"), str(a_free_port())],
        stdout=subprocess.PIPE, text=True, cwd=ROOT, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    yield process, [int(pid) for pid in process.stdout.readline().split()]
    process.kill()
    process.wait(10)
    process.stdout.close()


@pytest.fixture
def supervisor(tmp_path):
    return Supervisor(tmp_path / "k", a_free_port())


def alive(pids: list[int]) -> list[int]:
    return [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def all_ended(pids: list[int], seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while alive(pids) and time.monotonic() < until:
        time.sleep(0.05)
    return not alive(pids)


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_every_part_ends_with_the_supervisor(demo, how):
    process, pids = demo
    assert alive(pids) == pids
    assert len(pids) == 3
    process.send_signal(how)
    process.wait(20)
    assert all_ended(pids)


@pytest.mark.slow
def test_ctrl_c_pressed_three_times_still_clears_up(demo):
    process, pids = demo
    for _ in range(3):
        process.send_signal(signal.SIGINT)
        time.sleep(0.05)
    process.wait(20)
    assert all_ended(pids)


@pytest.mark.slow
@pytest.mark.parametrize("which", [0, 1, 2], ids=["database", "worker", "web"])
def test_a_part_that_ends_by_itself_ends_the_rest(demo, which):
    process, pids = demo
    os.kill(pids[which], signal.SIGKILL)
    assert process.wait(20) != 0
    assert all_ended(pids)


def test_a_second_start_says_where_the_first_runs(supervisor):
    with (
        supervisor.running(),
        pytest.raises(RunsAlreadyError, match=rf"already runs here: {supervisor.address} \(process {os.getpid()}\)"),
        Supervisor(supervisor.folder, supervisor.port).running(),
    ):
        pass


def test_a_port_that_is_taken_gets_a_sentence_with_the_next_one(supervisor):
    with (
        socket.create_server(("127.0.0.1", supervisor.port)),
        pytest.raises(SupervisorError, match=f"Port {supervisor.port} is taken .* PORT={supervisor.port + 1}"),
        supervisor.running(),
    ):
        pass


def test_secrets_are_made_once_and_only_their_owner_reads_them(supervisor, monkeypatch):
    monkeypatch.delenv("KRING_SECRET_KEY", raising=False)
    with supervisor.running():
        pass
    files = sorted((supervisor.folder / "secrets").iterdir())
    first = [path.read_text() for path in files]
    assert len(set(first)) == 3
    assert all(len(secret) >= 50 for secret in first)
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    with supervisor.running():
        pass
    assert [path.read_text() for path in files] == first


def test_reset_begins_anew_and_without_it_the_data_stays(supervisor):
    def write_and_count() -> int:
        with psycopg.connect(supervisor._postgres.url(), autocommit=True) as connection:
            connection.execute("create table if not exists kept ()")
            connection.execute("insert into kept default values")
            return int(connection.execute("select count(*) from kept").fetchone()[0])

    with supervisor.running():
        write_and_count()
    with supervisor.running():
        assert write_and_count() == 2
    with supervisor.running(reset=True):
        assert write_and_count() == 1


def test_a_region_that_was_half_built_is_built_anew(supervisor):
    with supervisor.running():
        pass
    (supervisor.folder / HALF_BUILT).touch()
    (supervisor.folder / "postgres" / "of the half region").touch()
    with supervisor.running():
        assert not (supervisor.folder / HALF_BUILT).exists()
        assert not (supervisor.folder / "postgres" / "of the half region").exists()


def test_reset_never_touches_a_server_of_your_own(supervisor, monkeypatch):
    for role in ("OWNER", "APP", "LOGIN", "JOBS"):
        monkeypatch.setenv(f"KRING_{role}_URL", "postgresql://somebody@db.example/kring")
    with (
        pytest.raises(SupervisorError, match="yours, named by KRING_OWNER_URL, you empty yourself"),
        supervisor.running(reset=True),
    ):
        pass


def test_half_the_urls_of_a_server_of_your_own_are_refused_by_name(supervisor, monkeypatch):
    for name in ("KRING_APP_URL", "KRING_LOGIN_URL", "KRING_JOBS_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KRING_OWNER_URL", "postgresql://somebody@db.example/kring")
    with (
        pytest.raises(SupervisorError, match="missing: KRING_APP_URL, KRING_JOBS_URL, KRING_LOGIN_URL"),
        supervisor.running(),
    ):
        pass


def test_a_step_of_the_start_that_fails_stops_the_start(supervisor):
    with pytest.raises(SupervisorError, match="`kring no_such_command` failed"), supervisor.running():
        supervisor.run("no_such_command")
