"""Fields that are unreadable in a dump (AES-256-GCM), and keyed hashes to find by without reading."""

import base64
import hashlib
import hmac
import os
import unicodedata
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models


def _key(purpose: str) -> bytes:
    return hashlib.sha256(f"{purpose}:{settings.FIELD_KEY}".encode()).digest()


class Unreadable(Exception):
    """The stored text was moved, changed, or written under another key."""


def seal(text: str, place: str) -> str:
    """Encrypt for one place (`table.column`): the text can't be read after being copied to another column."""
    nonce = os.urandom(12)
    sealed = AESGCM(_key("field")).encrypt(nonce, text.encode(), place.encode())
    return "1:" + base64.b64encode(nonce + sealed).decode()


def unseal(stored: str, place: str) -> str:
    version, _, body = stored.partition(":")
    raw = base64.b64decode(body)
    if version != "1":
        raise Unreadable(f"{place}: unknown key version")
    try:
        return AESGCM(_key("field")).decrypt(raw[:12], raw[12:], place.encode()).decode()
    except InvalidTag as error:
        raise Unreadable(f"{place}: the stored text does not belong here") from error


class SecretText(models.TextField):
    """Text that is encrypted in the database. It can't be searched or sorted, by intent."""

    def _place(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value: Any) -> Any:
        return seal(str(value), self._place()) if value not in (None, "") else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return unseal(value, self._place()) if value else value


def normalised(text: str) -> str:
    """One form for finding and sorting: no accents, case, spaces or punctuation (Yıldız = yildiz, De Vries = devries)."""
    plain = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("ß", "ss").replace("ø", "o").replace("ł", "l"))
    return "".join(letter for letter in plain.casefold() if letter.isalnum())


def lookup_hash(kind: str, *parts: str | date) -> bytes:
    """Keyed hash of an exact identifier; the key is outside the database, so a dump can't be searched by guessing."""
    body = "\x1f".join(part.isoformat() if isinstance(part, date) else normalised(part) for part in parts)
    return hmac.digest(settings.LOOKUP_KEY.encode(), f"{kind}\x1e{body}".encode(), "sha256")
