"""What is kept of the log outside the database, beside the key that signs it: the leaves, and where it stood.

Whoever owns the database owns every row and hash in it. This folder is what its word is held against; it belongs to
the worker alone, on another disk than the database where that can be.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kring.accountability import notes
from kring.accountability.merkle import Growing

LEAF = 32


class DoesNotFit(Exception):
    """The database and the folder tell different histories: nothing is signed until somebody has looked."""


def make_key(path: Path) -> Ed25519PrivateKey:
    """A new private key in a file that only its owner reads; an existing one is never overwritten."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key.private_bytes_raw())
    return key


def read_key(path: Path) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())


def replace(path: Path, text: str) -> None:
    """Whole or not at all, also when the power fails."""
    fresh = path.with_name(path.name + ".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(path)


class Ledger:
    """`Ledger(folder, origin)`; the folder holds `key`, `leaves` (32 bytes a row) and `state`."""

    def __init__(self, folder: Path, origin: str) -> None:
        self.folder, self.origin = folder, origin
        self._leaves, self._state = folder / "leaves", folder / "state"

    def signer(self) -> notes.Signer:
        return notes.Signer(self.origin, notes.SIGNATURE, read_key(self.folder / "key"))

    def standing(self) -> tuple[Growing, str]:
        """The tree as it was last signed, and that note ('' before the first)."""
        if not self._state.exists():
            return Growing(), ""
        state = json.loads(self._state.read_text(encoding="utf-8"))
        return Growing(state["size"], [bytes.fromhex(peak) for peak in state["peaks"]]), state["note"]

    def leaves(self) -> list[bytes]:
        """Every leaf that was ever signed, in order."""
        tree, _ = self.standing()
        with self._leaves.open("rb") if tree.size else open(os.devnull, "rb") as file:
            raw = file.read(tree.size * LEAF)
        return [raw[at : at + LEAF] for at in range(0, len(raw), LEAF)]

    def sign(self, start: int, leaves: Sequence[bytes]) -> tuple[notes.Checkpoint, str]:
        """Take in the leaves from place `start` on, and sign. Raises DoesNotFit.

        The folder is written before the database commits. A crash in between leaves it ahead; the database then gives
        the same rows the same places, and they must be these.
        """
        tree, _ = self.standing()
        ahead = tree.size - start
        if ahead < 0:
            raise DoesNotFit(f"the folder stands at {tree.size}, the database already at {start}")
        if ahead > len(leaves):
            raise DoesNotFit(f"rows up to {tree.size} were signed, the database ends at {start + len(leaves)}")
        if ahead and self._tail(start, tree.size) != list(leaves[:ahead]):
            raise DoesNotFit(f"the database has other rows than were signed from place {start}")
        self._append(tree.size, leaves[ahead:])
        tree.add(leaves[ahead:])
        checkpoint = notes.Checkpoint(self.origin, tree.size, tree.root())
        note = notes.sign(checkpoint, self.signer())
        state = {"size": tree.size, "peaks": [peak.hex() for peak in tree.peaks], "note": note}
        replace(self._state, json.dumps(state))
        return checkpoint, note

    def _tail(self, start: int, end: int) -> list[bytes]:
        with self._leaves.open("rb") as file:
            file.seek(start * LEAF)
            raw = file.read((end - start) * LEAF)
        return [raw[at : at + LEAF] for at in range(0, len(raw), LEAF)]

    def _append(self, size: int, leaves: Sequence[bytes]) -> None:
        with os.fdopen(os.open(self._leaves, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
            file.truncate(size * LEAF)  # what a crash wrote after the last signed state was never signed
            file.seek(size * LEAF)
            file.write(b"".join(leaves))
            file.flush()
            os.fsync(file.fileno())
