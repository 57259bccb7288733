"""People hear what others told about them; the reporter hears what became of it."""

from datetime import date

from django.db import connection
from django.utils import timezone

from kring.circle.access import ensure_open, require
from kring.families.queries import safe_contact_of
from kring.families.rules import may_reach
from kring.intake import rules
from kring.intake.models import ConcernReport, Feedback, FeedbackMoment, Postponement, Telling
from kring.intake.terms import FEEDBACK, TELLING
from kring.lifecycle.action import action, record
from kring.lifecycle.models import Happening
from kring.lifecycle.reasons import demand
from kring.locks.subject import Viewer

IN_PERSON = "in_person"


@action
def tell_person(*, by: Viewer, telling: Telling, channel: str, how: str, words: str = "") -> Telling:
    """This person was told, by a road that is safe for this person. In person, alone, is always a road (harm B6)."""
    report = _guard(by, telling)
    fresh = Telling.objects.select_for_update(of=("self",)).select_related("member").get(pk=telling.pk)
    if channel != IN_PERSON:
        demand(may_reach(safe_contact_of(fresh.member), channel), family_id=fresh.family_id)
    fresh.told_at, fresh.told_by_id, fresh.how, fresh.told_words = timezone.now(), by.id, how, words
    fresh.version += 1
    fresh.save(update_fields=["told_at", "told_by", "how", "told_words", "version"])
    _renew_tell_by(report)
    record(
        "intake.person_told", by=by, family_id=fresh.family_id, audience="duo", report_id=report.id,
        member_id=fresh.member_id,
    )  # fmt: skip
    return fresh


@action
def postpone_telling(*, by: Viewer, telling: Telling, until_on: date, reason: str) -> Telling:
    """Tell somebody later, with the reason; at most two weeks at a time, as often as the reason holds (harm B20)."""
    report = _guard(by, telling)
    fresh = Telling.objects.select_for_update(of=("self",)).get(pk=telling.pk)
    demand(
        rules.may_postpone_telling(fresh.due_on, until_on, reason, fresh.told_at is not None), family_id=fresh.family_id
    )
    Postponement.objects.create(
        family_id=fresh.family_id, report=report, telling=fresh, from_on=fresh.due_on, until_on=until_on, reason=reason,
        decided_by_id=by.id, decided_at=timezone.now(), audience="duo",
    )  # fmt: skip
    fresh.due_on, fresh.times_postponed, fresh.version = until_on, fresh.times_postponed + 1, fresh.version + 1
    fresh.save(update_fields=["due_on", "times_postponed", "version"])
    _renew_tell_by(report)
    record(
        "intake.telling_postponed", by=by, family_id=fresh.family_id, audience="duo", report_id=report.id,
        member_id=fresh.member_id, until=until_on,
    )  # fmt: skip
    return fresh


@action
def give_feedback(
    *, by: Viewer, report: ConcernReport, moment: int, how: str, text: str = "", not_given_reason: str = ""
) -> Feedback:
    """What the reporter heard at one of the two moments, or why nothing could be said."""
    require(by, report.family_id, "intake.give_feedback")
    demand(rules.may_weigh(report, by), family_id=report.family_id)
    ensure_open(by, report.family_id, "terugkoppelen aan de melder")
    fresh = ConcernReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    given = list(Feedback.objects.filter(report=fresh).values_list("moment", flat=True))
    demand(rules.may_give_feedback(fresh, moment, given), family_id=fresh.family_id)
    feedback = Feedback.objects.create(
        family_id=fresh.family_id, report=fresh, moment=moment, how=how, text=text, not_given_reason=not_given_reason,
        given_by_id=by.id, given_at=timezone.now(),
    )  # fmt: skip
    last = moment == FeedbackMoment.AT_THE_END
    fresh.feedback_by = None if last else fresh.conclude_by or FEEDBACK.ends_on(timezone.localdate())
    fresh.version += 1
    fresh.save(update_fields=["feedback_by", "version"])
    record("intake.feedback_given", by=by, family_id=fresh.family_id, audience="duo", report_id=fresh.id, moment=moment)
    return feedback


def _guard(by: Viewer, telling: Telling) -> ConcernReport:
    require(by, telling.family_id, "intake.tell")
    report = ConcernReport.objects.select_related("desk").get(pk=telling.report_id)
    demand(rules.may_weigh(report, by), family_id=telling.family_id)
    ensure_open(by, telling.family_id, "vertellen wat gemeld is")
    return report


def _renew_tell_by(report: ConcernReport) -> None:
    """The desk's list shows the first day on which somebody still must hear it."""
    first = Telling.objects.filter(report=report, told_at__isnull=True).order_by("due_on").first()
    fresh = ConcernReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    fresh.tell_by, fresh.version = first.due_on if first else None, fresh.version + 1
    fresh.save(update_fields=["tell_by", "version"])


def must_hear_too(happening: Happening) -> None:
    """Who joins a family while a report runs hears it too, within the term from now (Wmo 2015 artikel 5.3.1)."""
    changed = happening.payload.get("fields")
    if happening.payload.get("carried") or (changed is not None and "standing" not in changed):
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "select sec.must_hear_too(%s, %s, %s)",
            [happening.family_id, happening.payload["member_id"], TELLING.ends_on(timezone.localdate())],
        )
