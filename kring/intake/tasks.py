"""After a report came in: does its family exist already? Only an exact match attaches by itself (harm B15)."""

import uuid

from django.db import connection
from procrastinate.contrib.django import app

from kring.circle.access import open_family
from kring.circle.models import Family
from kring.families.lookup import of_bsn_and_birth
from kring.families.models import CitizenNumber, FamilyMember
from kring.intake import rules
from kring.intake.actions.moving import attach_report
from kring.intake.models import ConcernReport
from kring.lifecycle.jobs import system_job
from kring.locks.subject import Viewer

WHY = "nagaan of dit gezin al bekend is"


@app.task(name="intake.find_known_family")
@system_job(WHY)
def find_known_family(*, by: Viewer, report_id: str, family_id: str) -> None:
    """Attach the report when exactly one other family holds one of its people by number and birth date."""
    open_family(by, uuid.UUID(family_id), WHY)
    report = ConcernReport.objects.select_related("desk", "family").filter(pk=report_id, family_id=family_id).first()
    if report is None or report.attached_at:
        return
    keys = _exact_keys(report)
    matches = {found for key in keys for found in _families_with(key)} - {report.family_id}
    if rules.may_attach_itself(matches):
        return
    known = open_family(by, matches.pop(), WHY).family
    attach_report(by=by, report=report, family=known, same=_same_people(keys, known), how="exact")


def _exact_keys(report: ConcernReport) -> dict[bytes, uuid.UUID]:
    """Of everybody in the report with a number and a birth date to the day."""
    held = CitizenNumber.objects.filter(family_id=report.family_id).select_related("member")
    return {
        of_bsn_and_birth(number.bsn, number.member.birth.exact): number.member_id
        for number in held
        if number.member.birth.exact
    }


def _families_with(key: bytes) -> list[uuid.UUID]:
    with connection.cursor() as cursor:
        cursor.execute("select sec.find_families('bsn_birth', %s)", [key])
        return list(cursor.fetchone()[0])


def _same_people(keys: dict[bytes, uuid.UUID], known: Family) -> dict[uuid.UUID, uuid.UUID]:
    """Who of the report is which member there, as exactly."""
    same = {}
    for number in CitizenNumber.objects.filter(family=known).select_related("member"):
        born = number.member.birth.exact
        if born and (reported := keys.get(of_bsn_and_birth(number.bsn, born))):
            same[reported] = _kept(number.member)
    return same


def _kept(member: FamilyMember) -> uuid.UUID:
    return member.merged_into_id or member.id
