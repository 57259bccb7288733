"""Minting the token that the database knows somebody by: through the login door, and nowhere else."""

import uuid

from django.conf import settings
from django.db import connections
from django.http import HttpResponse

# One id for everybody who reports without an account: it founds, and sees nothing afterwards.
REPORTER_ID = uuid.UUID("00000000-0000-4000-8000-00000000a001")


def mint(subject_id: uuid.UUID, kind: str, hours: int | None = None) -> str:
    """A new secret token for this subject; the database keeps only its hash."""
    token = str(uuid.uuid4())
    with connections["login"].cursor() as cursor:
        cursor.execute("select sec.sign_in(%s, %s, %s, %s)", [token, subject_id, kind, hours or settings.SESSION_HOURS])
    return token


def remember(response: HttpResponse, token: str) -> None:
    response.set_cookie(
        settings.SUBJECT_COOKIE,
        token,
        max_age=None,  # ends with the browser
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse, token: str | None) -> None:
    """End the session here and in the database."""
    if token:
        try:
            uuid.UUID(token)
        except ValueError:
            token = None
    if token:
        with connections["login"].cursor() as cursor:
            cursor.execute("select sec.sign_out(%s)", [token])
    response.delete_cookie(settings.SUBJECT_COOKIE)
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
