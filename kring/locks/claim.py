"""One process has a folder at a time, and a second one is told who has it."""

import fcntl
import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Any


class TakenError(Exception):
    """Somebody else has it; `holder` is what that process noted."""

    def __init__(self, holder: dict[str, Any]):
        self.holder = holder
        super().__init__("taken")


class Claim:
    """A lock on a file that the kernel releases when its last holder ends, however it ends."""

    def __init__(self, path: Path):
        self.path = path
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)

    def take(self, *, patience: float = 10) -> dict[str, Any]:
        """Take it and return what the last holder noted.

        The lock may be inherited: when the process that noted itself is dead and its children are still shutting
        down, the lock comes free within `patience` seconds.
        """
        self._file = open(self.path, "a+", encoding="utf-8")  # noqa: SIM115 - held until release()
        until = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                holder = self._noted()
                if _lives(holder.get("pid")) or time.monotonic() > until:
                    self._file.close()
                    raise TakenError(holder) from None
                time.sleep(0.05)
        last = self._noted()
        self.note()
        return last

    def note(self, **facts: str) -> None:
        self._file.seek(0)
        self._file.truncate()
        json.dump({"pid": os.getpid(), **facts}, self._file)
        self._file.flush()

    def release(self, *, patience: float = 0) -> None:
        """Let go, and wait `patience` seconds at most for children that inherited it to end too."""
        self._file.close()
        until = time.monotonic() + patience
        while time.monotonic() < until and self._taken():
            time.sleep(0.05)

    def _taken(self) -> bool:
        with open(self.path, "a", encoding="utf-8") as probe:
            try:
                fcntl.flock(probe, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            return False

    def fileno(self) -> int:
        return self._file.fileno()

    def _noted(self) -> dict[str, Any]:
        self._file.seek(0)
        with suppress(ValueError, TypeError):
            return dict(json.loads(self._file.read()))
        return {}


def _lives(pid: int | None) -> bool:
    """A holder that has not noted itself yet is only just starting: it lives."""
    if pid is None:
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
