"""A code to come back with: read out over the phone, written on paper, never a name."""

import secrets

from kring.locks.secret import lookup_hash

# No letters or digits that look or sound alike; twelve of them are 57 bits, more than anybody can try.
LETTERS = "BCDFGHJKLMNPQRSTVWXYZ2345679"


def new_code() -> str:
    code = "".join(secrets.choice(LETTERS) for _ in range(12))
    return "-".join((code[:4], code[4:8], code[8:]))


def hash_of(kind: str, code: str) -> bytes:
    """`kind` keeps the codes of drafts, receipts and advice apart. Spaces, hyphens and case don't matter."""
    return lookup_hash(f"intake_{kind}", code)
