"""The web server is killed with -9 in mid-write; who sends the same form again gets it done once, and nothing is lost."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest

from kring.demo.cast import fixed_id
from kring.locks.embedded import EmbeddedPostgres
from tests.faults.test_kill_postgres import BUILD, ROOT, environment, server

__all__ = ["server"]  # the fixture
pytestmark = pytest.mark.slow
KILLS, FORMS = 4, 60
CSRF = "a" * 32


class Web:
    """Granian as the demo starts it, on a free port of this machine."""

    def __init__(self, env: dict[str, str]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.env, self.process = env, self._start(env)

    def _start(self, env: dict[str, str]) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "config.wsgi:application"]
        command += ["--host", "127.0.0.1", "--port", str(self.port), "--blocking-threads", "2", "--no-ws"]
        process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        until = time.monotonic() + 60
        while self.ask("GET", "/contact/") is None:
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)
        return process

    def ask(self, method: str, path: str, body: str = "", token: str = "") -> int | None:
        """The status, or None when nobody answered: then the one who asks doesn't know whether it was done."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {"Cookie": f"csrf={CSRF}; kring={token}", "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, path, body, headers)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def start_again(self) -> None:
        self.process = self._start(self.env)


def test_a_form_that_was_cut_off_and_sent_again_is_done_once(server: EmbeddedPostgres, tmp_path: Path) -> None:
    env = environment(server)
    for command in (["-m", "kring", "prepare_database"], ["-m", "kring", "migrate", "-v0"], ["-c", BUILD]):
        subprocess.run([sys.executable, *command], cwd=ROOT, env=env, check=True, capture_output=True)
    token = str(uuid.uuid4())
    with psycopg.connect(server.url("kring_login", "kring"), autocommit=True) as login:
        login.execute("select sec.sign_in(%s, %s, 'professional', 1)", [token, fixed_id("ilse")])
    web = Web(env)
    again = 0
    try:
        for number in range(FORMS):
            form = urlencode(
                {
                    "csrfmiddlewaretoken": CSRF, "idempotency_key": str(uuid.uuid4()), "given_name": "Test",
                    "surname": f"Geval{number:03d}", "organisation": str(fixed_id("wijkteam")), "function": "gezinswerker",
                }
            )  # fmt: skip
            if number % (FORMS // KILLS) == FORMS // KILLS - 1:  # cut off on its way, at another moment each time
                sender = subprocess.Popen([sys.executable, "-c", SEND, str(web.port), form, token, CSRF])
                time.sleep(0.15 + 0.02 * number / KILLS)
                web.kill()
                sender.wait(20)
                web.start_again()
                again += 1
            assert web.ask("POST", "/beheer/nieuw/", form, token) == 302
    finally:
        web.kill()
    with psycopg.connect(server.url("postgres", "kring")) as connection:
        standing = connection.execute(
            "select surname, count(*) from accounts_professional where surname like 'Geval%' group by 1"
        ).fetchall()
    lost, doubled = FORMS - len(standing), sum(count > 1 for _, count in standing)
    print(  # noqa: T201 - the counts are what this is for
        f"kill -9 of the web server: {FORMS} forms, {again} cut off and sent again, {lost} lost, {doubled} doubled"
    )
    assert (lost, doubled, again) == (0, 0, KILLS)


SEND = """
import http.client, sys
port, form, token, csrf = sys.argv[1:]
try:
    c = http.client.HTTPConnection("127.0.0.1", int(port), timeout=10)
    c.request("POST", "/beheer/nieuw/", form, {"Cookie": f"csrf={csrf}; kring={token}", "Content-Type": "application/x-www-form-urlencoded"})
    c.getresponse().read()
except Exception:
    pass
"""
