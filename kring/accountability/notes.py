"""Checkpoints of the log as signed notes: text that a person can read and any C2SP tool can check.

Formats: c2sp.org/signed-note, /tlog-checkpoint and /tlog-cosignature (Ed25519).
"""

import base64
import hashlib
import re
import time
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SIGNATURE, COSIGNATURE = 1, 4
_LINE = re.compile(r"^— (\S+) (\S+)$")


class NotValid(Exception):
    """This is not a note, or not signed by whom it should be."""


def _number(name: str, kind: int, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


@dataclass(frozen=True)
class Checkpoint:
    """The log as it was: how many rows, and the root over them."""

    origin: str
    size: int
    root: bytes

    def body(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True)
class Verifier:
    """Somebody's public key, with the name that stands in the note."""

    name: str
    kind: int
    public: bytes

    @classmethod
    def read(cls, text: str) -> "Verifier":
        """`name+number+base64`, as `kring make_trail_key` and `kring witness` print it."""
        try:
            name, number, body = text.split("+", 2)
            raw = base64.b64decode(body, validate=True)
            found = cls(name, raw[0], raw[1:])
        except (ValueError, IndexError) as error:
            raise NotValid("a public key looks like name+1a2b3c4d+base64") from error
        if len(found.public) != 32 or found.number.hex() != number:
            raise NotValid(f"the public key of {name} is damaged")
        return found

    @property
    def number(self) -> bytes:
        return _number(self.name, self.kind, self.public)

    def __str__(self) -> str:
        return f"{self.name}+{self.number.hex()}+{base64.b64encode(bytes([self.kind]) + self.public).decode()}"

    def signed(self, note: str) -> bool:
        """Does this note carry a valid signature (or cosignature) of mine?"""
        body, lines = split(note)
        return any(self._valid(body, name, raw) for name, raw in lines)

    def _valid(self, body: str, name: str, raw: bytes) -> bool:
        if name != self.name or raw[:4] != self.number:
            return False
        if self.kind == COSIGNATURE:
            text, signature = _cosigned(int.from_bytes(raw[4:12], "big"), body), raw[12:]
        else:
            text, signature = body, raw[4:]
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


def _cosigned(seconds: int, body: str) -> str:
    return f"cosignature/v1\ntime {seconds}\n{body}"


@dataclass(frozen=True)
class Signer:
    """A private key and the name that it signs as."""

    name: str
    kind: int
    private: Ed25519PrivateKey

    @property
    def verifier(self) -> Verifier:
        return Verifier(self.name, self.kind, self.private.public_key().public_bytes_raw())

    def line(self, body: str) -> str:
        """The signature line that goes under a note with this body."""
        if self.kind == COSIGNATURE:
            seconds = int(time.time())
            raw = seconds.to_bytes(8, "big") + self.private.sign(_cosigned(seconds, body).encode())
        else:
            raw = self.private.sign(body.encode())
        return f"— {self.name} {base64.b64encode(self.verifier.number + raw).decode()}\n"


def sign(checkpoint: Checkpoint, signer: Signer) -> str:
    return f"{checkpoint.body()}\n{signer.line(checkpoint.body())}"


def split(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    """A note's body, and its signature lines as (name, bytes)."""
    body, empty, rest = note.partition("\n\n")
    lines = []
    for line in rest.splitlines():
        found = _LINE.match(line)
        if not found:
            raise NotValid("a line under the note is no signature")
        try:
            lines.append((found[1], base64.b64decode(found[2], validate=True)))
        except ValueError as error:
            raise NotValid("a signature is not base64") from error
    if not empty or not lines:
        raise NotValid("a note has a text, an empty line and signatures")
    return body + "\n", lines


def read(note: str, by: Verifier) -> Checkpoint:
    """The checkpoint in a note, which must be signed by this log. Raises NotValid."""
    body, _ = split(note)
    try:
        origin, size, root = body.split("\n")[:3]
        found = Checkpoint(origin, int(size), base64.b64decode(root, validate=True))
    except ValueError as error:
        raise NotValid("a checkpoint has an origin, a size and a root") from error
    if not by.signed(note) or found.origin != by.name:
        raise NotValid(f"the checkpoint is not signed by {by.name}")
    return found
