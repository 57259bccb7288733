"""A report goes to the family it belongs to: a known one, or the right one after it was filed wrongly."""

import uuid
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.circle.access import ensure_open, require
from kring.circle.actions import admit, found_family, rename
from kring.circle.models import Circle, Family, Membership
from kring.families import actions as families
from kring.families.models import FamilyMember, Household
from kring.intake import rules
from kring.intake.actions.receiving import plain, ring_for
from kring.intake.given import MEMBER_FACTS
from kring.intake.models import BreachNote, ConcernedPerson, ConcernReport, SafetyAssessment, Telling
from kring.intake.models.report import OfReport
from kring.intake.states import ReportState
from kring.intake.terms import BREACH_HOURS
from kring.lifecycle.action import action, record
from kring.lifecycle.reasons import Conflict, demand
from kring.locks.subject import Viewer

# What the receiving desk reads in a family that was already known: enough to assess, no more (harm B27).
DESK_READS = ("intake", "reporter", "family", "contact", "danger", "bsn")
NO_ADDRESS: dict[str, Any] = dict.fromkeys(["street", "house_number", "postcode", "town", "country", "note"], "")
Same = Mapping[uuid.UUID, uuid.UUID]


@action
def attach_report(
    *, by: Viewer, report: ConcernReport, family: Family, same: Same | None = None, how: str = "person"
) -> ConcernReport:
    """This report is about a family we know. The circle hears it at once; the desk keeps the assessment (harm B39).

    `same` says which person of the report is which member of the family; who is not in it is added. It counts as a
    follow-up report when a trajectory runs, as a re-report when it was closed (harm C3).
    """
    require(by, report.family_id, "intake.attach")
    require(by, family.id, "intake.attach")
    demand(rules.may_weigh(report, by), family_id=report.family_id)
    for family_id in (report.family_id, family.id):
        ensure_open(by, family_id, "melding bij het gezin voegen")
    report = _locked(report)
    before = report.family
    _let_the_desk_in(by, family, report.desk_id)
    moved = _move(by, report, family, same or {}, how)
    _leave_empty(by, before)
    ring_for(by, moved)
    return moved


@action
def take_out_report(
    *, by: Viewer, report: ConcernReport, reason: str, family: Family | None = None, same: Same | None = None
) -> ConcernReport:
    """The report was filed at the wrong family: it leaves with everything of it, and only that (harm B15, story 28).

    It goes to the right family when that is known, else to a provisional one of its own, with its own people as they
    were reported and its first receipt date. Who opened the wrong family meanwhile goes into a breach note at the desk.
    """
    require(by, report.family_id, "intake.take_out")
    demand(rules.may_weigh(report, by), family_id=report.family_id)
    wrong = report.family
    ensure_open(by, wrong.id, "een melding weghalen die hier niet hoort")
    family = family or _own_family(by, report)
    require(by, family.id, "intake.attach")
    ensure_open(by, family.id, "melding bij het juiste gezin voegen")
    report = _locked(report)
    _write_breach_note(by, report, reason)
    brought = list(ConcernedPerson.objects.filter(report=report, was_added=True).values_list("member_id", flat=True))
    moved = _move(by, report, family, same or {}, "person")
    for member in FamilyMember.objects.filter(pk__in=brought, family=wrong):
        _forget_facts(by, member)
    # Timeline, notices, plan, portal and letters take out what they hold of it, in this same transaction.
    record("intake.report_taken_out", by=by, family_id=wrong.id, audience="duo", taken_out=report.id)
    return moved


@action
def decide_on_breach(*, by: Viewer, note: BreachNote, authority: str, people: str) -> BreachNote:
    """What was decided: whether the authority hears it within 72 hours, and whether the people it was about do."""
    fresh = BreachNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
    fresh.authority_decision, fresh.people_decision = authority, people
    fresh.decided_by_id, fresh.decided_at, fresh.version = by.id, timezone.now(), fresh.version + 1
    fresh.save()
    return fresh


def _locked(report: ConcernReport) -> ConcernReport:
    """As it stands now: nobody weighs it, moves it or adds somebody to its family meanwhile."""
    fresh = ConcernReport.objects.select_for_update(of=("self",)).select_related("desk", "family")
    found = fresh.filter(pk=report.pk, family_id=report.family_id).first()
    if found is None:
        raise Conflict
    return found


def _let_the_desk_in(by: Viewer, family: Family, desk_id: uuid.UUID) -> None:
    if not Membership.objects.filter(family=family, desk_id=desk_id, until_at__isnull=True).exists():
        # That Veilig Thuis joined would tell the family of the report before anybody was told apart and safely (B20).
        admit(
            by=by, family=family, role="receiving_desk", ground="veilig_thuis", desk_id=desk_id, opens_kinds=DESK_READS,
            audience="professionals",
        )  # fmt: skip


def _own_family(by: Viewer, report: ConcernReport) -> Family:
    label = _("Melding van %(day)s") % {"day": f"{timezone.localtime(report.received_at):%d-%m-%Y %H:%M}"}
    founded: Family = found_family(by=by, label=label, desk_id=report.desk_id, assessed_before=report.assess_by)
    return founded


def _move(by: Viewer, report: ConcernReport, family: Family, same: Same, how: str) -> ConcernReport:
    """Every row of the report, and the record of what happened to it, from its family to this one."""
    wrong_id = report.family_id
    same = _each_once(report.family, same)
    if (
        report.family.provisional
        and not ConcernReport.objects.filter(family_id=wrong_id).exclude(pk=report.pk).exists()
    ):
        came = families.carry_members(by=by, left=report.family, family=family, same=same)
        _name_everybody(report, family, came)
    away = ConcernedPerson.objects.filter(report=report).exclude(member__family=family)
    added = {
        one.member_id: families.add_member(by=by, family=family, **_back(one.given)).id
        for one in away.exclude(member_id__in=same)
    }
    for old, new in (added | same).items():
        for model in (SafetyAssessment, Telling, ConcernedPerson):
            model._default_manager.filter(report=report, member_id=old).update(member_id=new, family_id=family.id)
        ConcernedPerson.objects.filter(report=report, member_id=new).update(was_added=old in added)
    for part in apps.get_app_config("intake").get_models():
        if issubclass(part, OfReport):
            part._default_manager.filter(report=report).exclude(family=family).update(family_id=family.id)
    ConcernReport.objects.filter(pk=report.pk).update(family_id=family.id)
    with connection.cursor() as cursor:
        cursor.execute("select sec.take_out_report(%s, %s, %s, %s)", [report.id, wrong_id, family.id, report.alarm_ids])
    fresh = ConcernReport.objects.select_related("desk", "family").get(pk=report.pk)
    fresh.trajectory, fresh.attached_at, fresh.attached_how = _trajectory(fresh), timezone.now(), how
    fresh.version += 1
    fresh.save(update_fields=["trajectory", "attached_at", "attached_how", "version"])
    record(
        "intake.report_attached", by=by, family_id=family.id, happened_at=fresh.received_at, report_id=fresh.id,
        trajectory=fresh.trajectory,
    )  # fmt: skip
    return fresh


def _each_once(left: Family, same: Same) -> dict[uuid.UUID, uuid.UUID]:
    """Who is whom there, each member there once; who was merged into another is that other."""
    merged = dict(FamilyMember.objects.filter(family=left, merged_into__isnull=False).values_list("id", "merged_into"))
    once: dict[uuid.UUID, uuid.UUID] = {}
    for old, new in same.items():
        if new not in once.values():
            once.setdefault(merged.get(old, old), new)
    return once


def _name_everybody(report: ConcernReport, family: Family, came: Collection[uuid.UUID]) -> None:
    """Who was added by hand belongs to this report from now on, so that it can leave again with everybody (harm B15)."""
    named = ConcernedPerson.objects.filter(report=report).values("member_id")
    for member in FamilyMember.objects.filter(pk__in=came, merged_into__isnull=True).exclude(pk__in=named):
        given = {name: getattr(member, name) for name in MEMBER_FACTS}
        ConcernedPerson.objects.create(family=family, report=report, member=member, given=plain(given))


def _trajectory(report: ConcernReport) -> str:
    """First, follow-up or re-report, by what ran in this family when the report came in."""
    earlier = ConcernReport.objects.filter(family_id=report.family_id).exclude(pk=report.pk)
    circle = Circle.objects.get(family_id=report.family_id)
    runs = circle.fixed_face_id is not None or circle.no_face_reason in ("being_sought", "declined")
    runs = runs or earlier.exclude(state=ReportState.CLOSED).exists()
    return rules.trajectory_of(running=runs, earlier_reports=earlier.count() + (circle.no_face_reason == "ended"))


def _leave_empty(by: Viewer, family: Family) -> None:
    """The provisional family that a report left holds nobody any more, and is found by nothing."""
    if not family.provisional or ConcernReport.objects.filter(family=family).exists():
        return
    for member in FamilyMember.objects.filter(family=family):
        _forget_facts(by, member)
    for household in Household.objects.filter(family=family):
        families.set_secret_address(by=by, household=household, **NO_ADDRESS)
    rename(by=by, family=family, label=_("Melding hoort bij een ander gezin"), provisional=True)


def _forget_facts(by: Viewer, member: FamilyMember) -> None:
    """The row stays as an anchor for the trail; whom it was about is gone, and so are its look-up keys."""
    blank: dict[str, Any] = dict.fromkeys(
        ["given_names", "called", "initials", "prefix", "surname", "born_words", "birth_place", "birth_country",
         "nationality"], "",
    )  # fmt: skip
    families.change_member(
        by=by, member=member, bsn="", gender="unknown", born_on=None, unborn=False, expected_on=None,
        standing="network", **blank,
    )  # fmt: skip


def _write_breach_note(by: Viewer, report: ConcernReport, reason: str) -> BreachNote:
    filed_at, now = report.attached_at or report.recorded_at, timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("select * from sec.who_opened(%s, %s)", [report.family_id, filed_at])
        columns = [column.name for column in cursor.description]
        seen = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return BreachNote.objects.create(
        organisation_id=report.desk_id, report_id=report.id, wrong_family_id=report.family_id, filed_at=filed_at,
        found_at=now, reason=reason, notify_by=now + timedelta(hours=BREACH_HOURS),
        seen_by=[{name: None if value is None else str(value) for name, value in row.items()} for row in seen],
    )  # fmt: skip


def _back(given: Mapping[str, Any]) -> dict[str, Any]:
    """The reported facts as they were before they were stored as JSON."""
    dates = ("born_on", "expected_on")
    return {name: date.fromisoformat(value) if name in dates and value else value for name, value in given.items()}
