"""A report comes in: somebody is called first, then it is written down."""

import dataclasses
import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.circle.actions import found_family
from kring.circle.models import Family
from kring.duty.actions import raise_alarm
from kring.families import actions as families
from kring.families.models import FamilyMember
from kring.intake.actions.advice import joined
from kring.intake.codes import hash_of, new_code
from kring.intake.given import AddressGiven, ConcernGiven, PersonGiven, ReporterGiven
from kring.intake.models import (
    Anonymity,
    ConcernedPerson,
    ConcernReport,
    MeldcodeSteps,
    ReportContent,
    Reporter,
    Telling,
)
from kring.intake.terms import ASSESSMENT, TELLING
from kring.lifecycle.action import action, record
from kring.locks.subject import Viewer

# What a concern brings straight into a column of the same name.
CONTENT = [
    "what_happened", "how_often", "how_serious", "since_when", "seen_by", "first_hand", "happened_at", "happened_where",
    "effect_on_children", "children_now", "help_there_is", "danger_for_worker",
]  # fmt: skip
PERSON = ["role", "role_words", "told", "told_how", "told_reaction", "not_told_reason", "remarks"]


@action
def receive_report(
    *,
    by: Viewer,
    desk_id: uuid.UUID,
    arrived: str,
    reporter: ReporterGiven,
    people: Sequence[PersonGiven],
    concern: ConcernGiven,
    received_at: datetime | None = None,
    reference: str = "",
) -> ConcernReport:
    """Take in a concern report by phone, message or the public page: it is never refused (decision 17).

    In this order: a provisional family with the desk in its circle; the alarm, so that somebody has it by name whatever
    follows (harm B1); the people; the text; who must be told and by when. An exact match is looked for afterwards.
    """
    at = received_at or timezone.now()
    assess_by = ASSESSMENT.ends_on(at)
    family = found_family(by=by, label=_label(concern, people, at), desk_id=desk_id, assessed_before=assess_by)
    report = ConcernReport.objects.create(
        family=family, desk_id=desk_id, road=arrived, reference=reference[:60], received_at=at, urgency=concern.urgency,
        double_anonymous=reporter.anonymous_to == Anonymity.EVERYBODY, assess_by=assess_by,
        tell_by=TELLING.ends_on(at) if people else None,
    )  # fmt: skip
    ring_for(by, report)
    add_people(by, family, report, people)
    Telling.objects.filter(report=report).update(due_on=TELLING.ends_on(at))
    _write_content(report, reporter, concern)
    record(
        "intake.report_received", by=by, family_id=family.id, happened_at=at, report_id=report.id, desk_id=desk_id,
        road=arrived, urgency=concern.urgency,
    )  # fmt: skip
    _look_for_this_family(report)
    return report


@action
def write_receipt(*, by: Viewer, report: ConcernReport, code: str = "") -> str:
    """A code for the reporter to come back with. Shown once; we keep only its hash."""
    code = code or new_code()
    with connection.cursor() as cursor:
        cursor.execute("select sec.write_receipt(%s, %s, %s)", [uuid.uuid4(), report.id, hash_of("receipt", code)])
    return code


def ring_for(by: Viewer, report: ConcernReport) -> None:
    """Somebody is called: at once when there is danger, else today. Whose turn it is, duty knows."""
    urgency = "now" if report.urgency == "now" else "today"
    alarm = raise_alarm(by=by, family=report.family, kind="concern_report", urgency=urgency, desk_id=report.desk_id)
    report.alarm_ids = [*report.alarm_ids, alarm.id]
    report.save(update_fields=["alarm_ids"])


def add_people(by: Viewer, family: Family, report: ConcernReport, people: Iterable[PersonGiven]) -> list[FamilyMember]:
    """Everybody in the report becomes a member with an own row, at the addresses that were given."""
    members: list[FamilyMember] = []
    homes: dict[tuple[AddressGiven, bool], list[FamilyMember]] = {}
    for person in people:
        member = families.add_member(by=by, family=family, bsn=person.bsn, **person.facts())
        ConcernedPerson.objects.create(
            family=family, report=report, member=member, authority_said=person.authority, given=plain(person.facts()),
            **_cut({name: getattr(person, name) for name in PERSON}),
        )  # fmt: skip
        members.append(member)
        if person.address:
            homes.setdefault((person.address, person.is_secret), []).append(member)
        _how_to_reach(by, member, person)
    for (address, is_secret), living in homes.items():
        household = families.start_household(by=by, family=family, members=living)
        write = families.set_secret_address if is_secret else families.set_address
        write(by=by, household=household, **dataclasses.asdict(address))
    return members


def _how_to_reach(by: Viewer, member: FamilyMember, person: PersonGiven) -> None:
    """A number in a report is a clue to a place, not a safe way to call: that is asked of the person (harm B6)."""
    for kind, text in (("phone", person.phone), ("email", person.email)):
        if text:
            families.add_place_clue(by=by, member=member, kind=kind, text=text, secret=person.is_secret or None)


def _write_content(report: ConcernReport, reporter: ReporterGiven, concern: ConcernGiven) -> None:
    of = {"family_id": report.family_id, "report": report}
    ReportContent.objects.create(
        **of,
        **{name: getattr(concern, name) for name in CONTENT},
        answers=[list(pair) for pair in concern.answers],
        unmapped=[list(pair) for pair in concern.unmapped],
        life_domains=list(concern.life_domains),
        advice=joined(concern.advice_code) if concern.advice_code else "",
    )
    Reporter.objects.create(**of, **_cut(dataclasses.asdict(reporter)))
    if concern.meldcode:
        MeldcodeSteps.objects.create(**of, **_cut(dataclasses.asdict(concern.meldcode)))


def _label(concern: ConcernGiven, people: Sequence[PersonGiven], at: datetime) -> str:
    """What the desk sees before it opens anything: a surname, or when it came in."""
    if concern.label:
        return concern.label
    named = next((person for person in people if person.surname), None)
    if named:
        return _("Gezin %(name)s") % {"name": f"{named.prefix} {named.surname}".strip()}
    return _("Melding van %(day)s") % {"day": f"{timezone.localtime(at):%d-%m-%Y %H:%M}"}


def _look_for_this_family(report: ConcernReport) -> None:
    """The job is committed with the report, and begins after it."""
    from kring.intake.tasks import find_known_family

    with transaction.atomic():
        find_known_family.defer(report_id=str(report.id), family_id=str(report.family_id))


def plain(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}


SHORT = {
    "role_words": 160,
    "told_how": 300,
    "function": 120,
    "organisation": 160,
    "relation": 120,
    "consulted_whom": 200,
}


def _cut(values: dict[str, Any]) -> dict[str, Any]:
    """Short columns take the beginning of what is too long; the original is kept where it came in."""
    return {name: value[: SHORT[name]] if name in SHORT else value for name, value in values.items()}
