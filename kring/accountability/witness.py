"""A witness of the log, run by another organisation: `python -m kring.accountability.witness` (or `kring witness`).

It remembers what it saw last, asks for the proof that the log only grew since, and cosigns nothing else. So one
history is shown to everybody, and an owner of the database who rewrites it is found out. Needs no database, no
Django, and no connection inwards; only this file, its three neighbours and the package `cryptography`.
"""

import argparse
import base64
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from kring.accountability import notes
from kring.accountability.ledger import make_key, read_key, replace
from kring.accountability.merkle import is_consistent

# (address, what to post or None) -> the answer's text
Ask = Callable[[str, str | None], str]
SECONDS = 20


class Alarm(Exception):
    """The log is not what it was. Call the people whose numbers you agreed on; keep the folder as it is."""


class Witness:
    """`folder` holds `key` and `last` (the note that was cosigned last)."""

    def __init__(self, folder: Path, name: str, log: notes.Verifier, ask: Ask) -> None:
        self.folder, self.name, self.log, self.ask = folder, name, log, ask
        if not (folder / "key").exists():
            make_key(folder / "key")

    @property
    def signer(self) -> notes.Signer:
        return notes.Signer(self.name, notes.COSIGNATURE, read_key(self.folder / "key"))

    @property
    def last(self) -> notes.Checkpoint | None:
        path = self.folder / "last"
        return notes.read(path.read_text(encoding="utf-8"), self.log) if path.exists() else None

    def look(self) -> notes.Checkpoint:
        """Look once: cosign what is consistent with the last look. Raises Alarm, and keeps the note that lied."""
        note = self.ask("trail/checkpoint", None)
        try:
            now = notes.read(note, self.log)
        except notes.NotValid as error:
            raise Alarm(str(error)) from error
        if last := self.last:
            self._compare(last, now, note)
        line = self.signer.line(now.body())
        # Remembered before it is sent: a crash may lose a cosignature, never the memory of one.
        replace(self.folder / "last", f"{now.body()}\n{note.partition(chr(10) * 2)[2]}{line}")
        self.ask(f"trail/cosignature?size={now.size}", line)
        return now

    def _compare(self, last: notes.Checkpoint, now: notes.Checkpoint, note: str) -> None:
        proof = []
        if last.size < now.size:
            answer = self.ask(f"trail/consistency?old={last.size}&new={now.size}", None)
            try:
                proof = [base64.b64decode(line, validate=True) for line in answer.split()]
            except ValueError:
                proof = [b"no hash"]
        if now.size < last.size or not is_consistent(last.size, last.root, now.size, now.root, proof):
            replace(self.folder / f"alarm-{int(time.time())}", note)
            raise Alarm(f"{self.log.name}: what stands at {now.size} does not go on from {last.size} as it was signed")


def over_https(address: str) -> Ask:
    where = urlsplit(address)
    if where.scheme != "https" and where.hostname not in ("localhost", "127.0.0.1"):
        raise SystemExit("The address of the log begins with https://")

    def ask(path: str, post: str | None) -> str:
        request = urllib.request.Request(  # noqa: S310 - checked above
            f"{address.rstrip('/')}/{path}", data=None if post is None else post.encode()
        )
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            return str(answer.read(1_000_000).decode())

    return ask


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--log", required=True, help="address of the Kring whose trail you witness")
    parser.add_argument("--log-key", required=True, help="its public key, given to you on paper: name+number+base64")
    parser.add_argument("--name", required=True, help="the name you sign as, such as board.example/kring")
    parser.add_argument("--folder", required=True, type=Path, help="where your key and what you saw last are kept")
    parser.add_argument("--every", type=int, default=0, help="look again every so many seconds; 0: once")


def run(log: str, log_key: str, name: str, folder: Path, every: int, say: Callable[[str], object]) -> int:
    """Until stopped, or once. 0: all is well; 2: the log could not be reached; 1: alarm."""
    try:
        witness = Witness(folder, name, notes.Verifier.read(log_key), over_https(log))
    except notes.NotValid as error:
        say(f"--log-key: {error}")
        return 2
    say(f"I sign as {witness.signer.verifier}")
    while True:
        code = _look(witness, say)
        if code == 1 or not every:
            return code
        time.sleep(every)


def _look(witness: Witness, say: Callable[[str], object]) -> int:
    try:
        seen = witness.look()
    except Alarm as alarm:
        say(f"ALARM: {alarm}")
        return 1
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        say(f"not reached: {error}")
        return 2
    say(f"cosigned {seen.size} rows")
    return 0


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="Witness the trail of a Kring.")
    add_arguments(arguments)
    sys.exit(run(**vars(arguments.parse_args()), say=print))
