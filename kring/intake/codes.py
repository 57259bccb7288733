"""A code to come back with: read out over the phone, written on paper, never a name."""

import hmac
import secrets
import uuid

from django.conf import settings

from kring.locks.secret import lookup_hash

# No letters or digits that look or sound alike; twelve of them are 57 bits, more than anybody can try.
LETTERS = "BCDFGHJKLMNPQRSTVWXYZ2345679"


def new_code() -> str:
    return _written("".join(secrets.choice(LETTERS) for _ in range(12)))


def code_of(key: uuid.UUID) -> str:
    """The same code for the same form, so that a form sent twice gets one code and nobody has to keep it."""
    number = int.from_bytes(hmac.digest(settings.LOOKUP_KEY.encode(), b"intake_code:" + key.bytes, "sha256"))
    return _written("".join(LETTERS[number // len(LETTERS) ** place % len(LETTERS)] for place in range(12)))


def _written(code: str) -> str:
    return "-".join((code[:4], code[4:8], code[8:]))


def hash_of(kind: str, code: str) -> bytes:
    """`kind` keeps the codes of drafts, receipts and advice apart. Spaces, hyphens and case don't matter."""
    return lookup_hash(f"intake_{kind}", code)
