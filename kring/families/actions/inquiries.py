"""Known elsewhere? (check op bekendheid): asking with a power, and answering in time (harm B40)."""

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.accounts.queries import powers_held
from kring.circle.access import ensure_open, require
from kring.circle.models import Audience
from kring.families import lookup
from kring.families.models import CitizenNumber, FamilyMember, Inquiry, LookupKind
from kring.families.rules import may_ask_elsewhere
from kring.lifecycle.action import action, record
from kring.lifecycle.reasons import NotAllowed, Reason, demand
from kring.lifecycle.terms import add_working_days
from kring.locks.subject import Viewer

WORKING_DAYS_TO_ANSWER = 5


@action
def ask_elsewhere(*, by: Viewer, member: FamilyMember, reason: str) -> bool:
    """Is this person known in another family's circle? Yes or no, nothing more; who holds a file is told and answers.

    By number and birth date where the number is held, else by exact surname and birth date.
    """
    require(by, member.family_id, "families.ask_elsewhere")
    ensure_open(by, member.family_id, "gezinslid bijwerken")
    number = CitizenNumber.objects.filter(member=member).first()
    demand(may_ask_elsewhere(powers_held(by.organisation_id, timezone.localdate()), member), family_id=member.family_id)
    born_on = member.birth.exact
    assert born_on is not None
    kind, exact = LookupKind.SURNAME_BIRTH, lookup.of_surname_and_birth(f"{member.prefix} {member.surname}", born_on)
    if number:
        kind, exact = LookupKind.BSN_BIRTH, lookup.of_bsn_and_birth(number.bsn, born_on)
    before = add_working_days(timezone.localdate(), WORKING_DAYS_TO_ANSWER)
    with connection.cursor() as cursor:
        cursor.execute(
            "select sec.known_elsewhere(%s, %s, %s, %s, %s)", [member.family_id, kind, exact, reason[:200], before]
        )
        known: bool = cursor.fetchone()[0]
    record(
        "families.asked_elsewhere", by=by, family_id=member.family_id, audience=Audience.DUO, member_id=member.id,
        known=known,
    )  # fmt: skip
    return known


@action
def answer_inquiry(*, by: Viewer, inquiry: Inquiry, answer: str) -> Inquiry:
    """The holder writes down what was answered to the asker, by phone or in person."""
    require(by, inquiry.family_id, "families.answer_inquiry")
    fresh = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    if fresh.answered_at:
        raise NotAllowed([Reason("answered", _("Deze vraag is al beantwoord."), "B40")], fresh.family_id)
    fresh.answer, fresh.answered_at, fresh.answered_by_id = answer, timezone.now(), by.id
    fresh.version += 1
    fresh.save(update_fields=["answer", "answered_at", "answered_by_id", "version"])
    record("families.inquiry_answered", by=by, family_id=fresh.family_id, inquiry_id=fresh.id)
    return fresh
