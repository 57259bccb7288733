"""Everything that Kring runs, as our own children: database, worker and web server start and end together."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from kring.locks.children import start_child, stop_child
from kring.locks.claim import Claim, TakenError
from kring.locks.embedded import EmbeddedPostgres

DATABASE = "kring"
GRANIAN_LOGS = Path(__file__).resolve().parents[2] / "config" / "granian-logs.json"
URLS = {role: f"KRING_{role.upper()}_URL" for role in ("owner", "app", "login", "jobs")}
HALF_BUILT = "region-being-built"  # there while the region is built: a start that was killed begins anew
SECRETS = ("KRING_SECRET_KEY", "KRING_FIELD_KEY", "KRING_LOOKUP_KEY")
_ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class SupervisorError(Exception):
    """It can't start, or can't go on; the message is a sentence that says what to do."""


class RunsAlreadyError(SupervisorError):
    """Another process has this folder: it says where."""


class Supervisor:
    """Holds a folder and a port, and runs what it is asked to until it is told to stop or a part ends by itself."""

    def __init__(self, folder: Path, port: int):
        self.folder = folder
        self.port = port
        self.address = f"http://localhost:{port}/"
        self._environment = {"KRING_LOG_LEVEL": "WARNING", **os.environ}  # a terminal is for people
        self._parts: dict[str, subprocess.Popen[bytes]] = {}
        self._postgres: EmbeddedPostgres | None = None

    @contextmanager
    def running(self, *, reset: bool = False) -> Iterator["Supervisor"]:
        """Take folder and port, and stop every part at the end, whatever ends it."""
        with ExitStack() as stack:
            self._take_folder(stack)
            with _ends_raise():
                try:
                    self._refuse_taken_port()
                    if reset or (self.folder / HALF_BUILT).exists():
                        self._reset()
                    self._environment |= self._secret_files() | self._database_urls(stack)
                    yield self
                finally:
                    _ignore_ends()
                    self._stop_parts()
                    stack.close()

    def run(self, *command: str) -> None:
        """A part of the start: `kring COMMAND` to its end."""
        self.start(command[0], *_kring(*command))
        if self._parts.pop(command[0]).wait() != 0:
            raise SupervisorError(f"`kring {command[0]}` failed: what it said stands above.")

    def start(self, name: str, *command: str, **environment: str) -> None:
        self._parts[name] = start_child(
            list(command), when_parent_dies=signal.SIGTERM, env=self._environment | environment
        )

    def start_worker(self) -> None:
        self.start("worker", *_kring("worker"), KRING_ROLE="jobs")

    def start_web(self, static_root: Path, *, reload: bool = False) -> None:
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "config.wsgi:application"]
        command += ["--host", "127.0.0.1", "--port", str(self.port), "--blocking-threads", "4", "--no-ws"]
        command += ["--static-path-mount", str(static_root), "--static-path-expires", "60"]
        command += ["--log-config", str(GRANIAN_LOGS), "--log-level", "warning"]
        if reload:
            command += ["--reload", "--reload-paths", "kring", "--reload-paths", "config"]
        self.start("web", *command)

    def wait_until_it_answers(self, path: str = "/", seconds: float = 90) -> None:
        until = time.monotonic() + seconds
        while (status := self._status(path)) is None:
            self._refuse_ended_part()
            if time.monotonic() > until:
                raise SupervisorError(f"{self.address} does not answer within {seconds:.0f} seconds.")
            time.sleep(0.05)
        if status >= 500:
            raise SupervisorError(f"{self.address} answers with an error ({status}); what went wrong stands above.")

    def watch(self) -> None:
        """Until a signal ends us, or a part ends by itself: half a Kring is worse than none."""
        while True:
            self._refuse_ended_part()
            time.sleep(0.5)

    # --- how ---------------------------------------------------------------------------------------------------------

    def _take_folder(self, stack: ExitStack) -> None:
        self._claim = Claim(self.folder / "lock")
        try:
            self._claim.take()
        except TakenError as taken:
            where = taken.holder.get("address", "starting")
            raise RunsAlreadyError(f"Kring already runs here: {where} (process {taken.holder.get('pid')}).") from None
        self._claim.note(address=self.address)
        stack.callback(self._claim.release)

    def _refuse_taken_port(self) -> None:
        """Parts of a supervisor that was killed may need a moment to let go of it."""
        for last_try in (False,) * 20 + (True,):
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    return probe.bind(("127.0.0.1", self.port))
                except OSError as error:
                    if last_try:
                        raise SupervisorError(
                            f"Port {self.port} is taken by another program: PORT={self.port + 1} takes the next."
                        ) from error
            time.sleep(0.1)
        return None

    def _reset(self) -> None:
        if self._own_server():
            raise SupervisorError(
                "Beginning anew clears the database that Kring runs itself; yours, named by KRING_OWNER_URL, "
                "you empty yourself."
            )
        for path in self.folder.iterdir():
            if path != self._claim.path:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def _secret_files(self) -> dict[str, str]:
        """Made at the first start, readable by us only, and passed by name, so that no process list shows them."""
        folder = self.folder / "secrets"
        folder.mkdir(mode=0o700, exist_ok=True)
        files = {f"{name}_FILE": folder / name for name in SECRETS if name not in os.environ}
        for path in files.values():
            if not path.exists():
                with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
                    file.write(secrets.token_urlsafe(50))
        return {name: str(path) for name, path in files.items() if name not in os.environ}

    def _own_server(self) -> bool:
        """Somebody's own PostgreSQL, named in the environment, all four doors or none."""
        named = [name for name in URLS.values() if name in os.environ or f"{name}_FILE" in os.environ]
        if named and len(named) < len(URLS):
            missing = ", ".join(sorted(set(URLS.values()) - set(named)))
            raise SupervisorError(f"A PostgreSQL server of your own needs all four URLs; missing: {missing}.")
        return bool(named)

    def _database_urls(self, stack: ExitStack) -> dict[str, str]:
        if self._own_server():
            return {}
        self._postgres = postgres = stack.enter_context(EmbeddedPostgres(self.folder / "postgres"))
        urls = {name: postgres.url(f"kring_{role}", DATABASE) for role, name in URLS.items()}
        return urls | {"KRING_ADMIN_URL": postgres.url()}

    def _status(self, path: str) -> int | None:
        """What it answers, or None while nobody listens."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path, headers={"Host": f"localhost:{self.port}"})
            return connection.getresponse().status
        except (OSError, HTTPException):
            return None
        finally:
            connection.close()

    def _refuse_ended_part(self) -> None:
        if self._postgres and not self._postgres.running:
            raise SupervisorError(f"The database has ended by itself; its log is {self._postgres.folder / 'log'}.")
        for name, part in self._parts.items():
            if part.poll() is not None:
                raise SupervisorError(f"The {name} has ended by itself (code {part.returncode}).")

    def _stop_parts(self) -> None:
        """What asks before what answers: web, worker, and PostgreSQL last."""
        for part in reversed(self._parts.values()):
            stop_child(part, (signal.SIGTERM, 10))
        self._parts.clear()


def _kring(*command: str) -> list[str]:
    return [sys.executable, "-m", "kring", *command]


@contextmanager
def _ends_raise() -> Iterator[None]:
    """Also what a shell's `&` has set to be ignored ends us, and each end clears up."""

    def end(number: int, frame: object) -> None:
        _ignore_ends()  # a second one would break off the clearing up
        raise KeyboardInterrupt

    before = {number: signal.signal(number, end) for number in _ENDS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _ignore_ends() -> None:
    for number in _ENDS:
        signal.signal(number, signal.SIG_IGN)
