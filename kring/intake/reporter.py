"""Acting for somebody without an account: founds, and sees nothing afterwards. And how often one address may try."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.db import connections, transaction
from django.http import HttpRequest

from kring.accounts.sign_in import REPORTER_ID, mint
from kring.locks.subject import Subject, Viewer, acting_as


@contextmanager
def as_reporter(purpose: str) -> Iterator[Viewer]:
    """One transaction as the anonymous reporter; the token ends with it."""
    token = mint(REPORTER_ID, "reporter", hours=1)
    try:
        with acting_as(Subject(token, purpose)), transaction.atomic():
            yield Viewer(REPORTER_ID, "reporter", "")
    finally:
        with connections["login"].cursor() as cursor:
            cursor.execute("select sec.sign_out(%s)", [token])


def too_often(request: HttpRequest, what: str, *, most: int, minutes: int) -> bool:
    """Count this try of one address; only a hash of the address is kept, and only so long."""
    address = f"{settings.SECRET_KEY}:{get_adapter(request).get_client_ip(request)}"
    key = f"intake:{what}:{hashlib.sha256(address.encode()).hexdigest()}"
    if cache.add(key, 1, minutes * 60):
        return False
    return int(cache.incr(key)) > most
