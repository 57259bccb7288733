"""Emergency look-up, its judgement afterwards, and the cards that it shows."""

import json
import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from kring.circle.access import open_family
from kring.duty import rules
from kring.duty.cards import card_of
from kring.duty.models import EmergencyCard, LookUpReview, Outcome
from kring.duty.queries import why_no_look_up
from kring.duty.tasks import tell_of_look_up
from kring.families.lookup import Key
from kring.lifecycle.action import action
from kring.lifecycle.reasons import Conflict, demand
from kring.locks.secret import seal, unseal
from kring.locks.subject import Viewer

BODY, REASON = "duty_emergencycard.body", "duty_lookupreview.reason"


@dataclass(frozen=True)
class Found:
    """What a look-up answers: one card, or that there is none, or that more must be given. Never a list."""

    outcome: str
    card: list[tuple[str, list[str]]]
    built_at: datetime | None


@action
def emergency_look_up(*, by: Viewer, keys: list[Key], reason: str) -> Found:
    """Look up one family by exact identifiers, with the reason first (harm B2). Whatever comes out, it stands on the
    trail and is judged afterwards; nobody becomes a member by it."""
    demand(why_no_look_up(by, timezone.now()))
    review_id = uuid.uuid4()
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from sec.emergency_look_up(%s, %s::text[], %s::bytea[], %s)",
            [review_id, [kind for kind, _ in keys], [exact for _, exact in keys], seal(reason, REASON)],
        )
        outcome, body, built_at = cursor.fetchone()
    tell_of_look_up.defer(review_id=str(review_id))
    card = json.loads(unseal(body, BODY)) if body else []
    return Found(outcome, [(heading, lines) for heading, lines in card], built_at)


@action
def judge_look_up(
    *, by: Viewer, review: LookUpReview, justified: bool, why: str, shown_from: date, shown_why: str = "",
    version: int | None = None,
) -> LookUpReview:  # fmt: skip
    """A reviewer outside the team says whether this look-up was right, and from when the family sees it (harm C25)."""
    fresh = LookUpReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
    demand(rules.may_judge(fresh, by.id), rules.may_show(shown_from, shown_why, timezone.localdate()))
    if version is not None and version != fresh.version:
        raise Conflict
    fresh.judged_by_id, fresh.judged_at, fresh.justified, fresh.why = by.id, timezone.now(), justified, why
    fresh.shown_from, fresh.shown_why, fresh.version = shown_from, shown_why, fresh.version + 1
    fresh.save(update_fields=["judged_by", "judged_at", "justified", "why", "shown_from", "shown_why", "version"])
    return fresh


@action
def build_card(*, by: Viewer, family_id: uuid.UUID) -> None:
    """Make a family's emergency card anew from what every room says of it now."""
    opened = open_family(by, family_id, "noodkaart bijwerken")
    body = json.dumps(card_of(opened), ensure_ascii=False)
    EmergencyCard.objects.update_or_create(family_id=family_id, defaults={"body": body, "built_at": timezone.now()})


__all__ = ["Found", "Outcome", "build_card", "emergency_look_up", "judge_look_up"]
