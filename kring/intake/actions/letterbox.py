"""Drafts of the public form, kept only because somebody asked."""

import json
import uuid
from collections.abc import Mapping
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from kring.intake.codes import hash_of, new_code
from kring.intake.terms import DRAFT_DAYS
from kring.locks.secret import seal, unseal

PLACE = "intake_draft.body"


def keep_draft(form: str, answers: Mapping[str, str]) -> str:
    """Keep these answers for a week under a new code. Nobody acts here and nobody's file changes: it is no action."""
    code = new_code()
    until = timezone.now() + timedelta(days=DRAFT_DAYS)
    with connection.cursor() as cursor:
        cursor.execute(
            "select sec.keep_draft(%s, %s, %s, %s, %s)",
            [uuid.uuid4(), form, hash_of("draft", code), seal(json.dumps(dict(answers)), PLACE), until],
        )
    return code


def draft_behind(code: str) -> tuple[str, dict[str, str]] | None:
    """The form and the answers kept under this code, or None."""
    with connection.cursor() as cursor:
        cursor.execute("select form, body from sec.draft_behind(%s)", [hash_of("draft", code)])
        found = cursor.fetchone()
    return (found[0], json.loads(unseal(found[1], PLACE))) if found else None


def drop_draft(code: str) -> None:
    """Sent, or thrown away by who has the code."""
    with connection.cursor() as cursor:
        cursor.execute("select sec.drop_draft(%s)", [hash_of("draft", code)])
