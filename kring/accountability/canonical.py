"""The leaf of a trail row, worked out from the row alone and independent of the database that made it.

Canonical form of a header: version byte 1, then each field with its length in four bytes (null: ff ff ff ff), so that
no two different rows have one form. A leaf is the RFC 6962 hash of that form.
"""

import hashlib
import hmac
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

NULL = b"\xff\xff\xff\xff"


@dataclass(frozen=True)
class Row:
    """One row of the trail as it stands now, with its place in the log (None: not there yet)."""

    id: int
    xid: int
    at: datetime
    subject_id: uuid.UUID | None
    subject_kind: str | None
    organisation_id: uuid.UUID | None
    purpose: str | None
    request: str | None
    action: str
    outcome: str
    family_id: uuid.UUID | None
    object_type: str | None
    object_id: uuid.UUID | None
    audience: str
    audience_ids: list[uuid.UUID]
    payload_digest: bytes | None
    leaf: bytes
    place: int | None = None
    salt: bytes | None = None
    body: str | None = None


def _field(value: object) -> bytes:
    if value is None:
        return NULL
    text = str(value).encode()
    return len(text).to_bytes(4, "big") + text


def entry_of(row: Row) -> bytes:
    """What is logged of a row: its header. The payload is only there as a digest, so that it may be destroyed."""
    fields = (
        row.id,
        row.xid,
        row.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f"),
        row.subject_id,
        row.subject_kind,
        row.organisation_id,
        row.purpose,
        row.request,
        row.action,
        row.outcome,
        row.family_id,
        row.object_type,
        row.object_id,
        row.audience,
        ",".join(map(str, row.audience_ids)),
        row.payload_digest.hex() if row.payload_digest is not None else None,
    )
    return b"\x01" + b"".join(map(_field, fields))


def leaf_of(row: Row) -> bytes:
    return hashlib.sha256(b"\x00" + entry_of(row)).digest()


def payload_fits(row: Row) -> bool:
    """The payload is the one that was written, or was destroyed; anything else is not it."""
    if row.body is None:
        return True
    if row.payload_digest is None or row.salt is None:
        return False
    return hmac.compare_digest(hashlib.sha256(row.salt + row.body.encode()).digest(), row.payload_digest)
