"""What the tests of this room begin with: a report about Daan, Lisa and their mother, told by a neighbour."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kring.accounts.sign_in import REPORTER_ID
from kring.circle.access import open_family
from kring.demo.cast import Cast
from kring.families.models import FamilyMember
from kring.intake import actions
from kring.intake.given import AddressGiven, ConcernGiven, PersonGiven, ReporterGiven
from kring.intake.models import ConcernReport
from kring.locks.subject import Subject, Viewer, acting_as
from tests.bed import acting, mint

HOME = AddressGiven(street="Havenstraat", house_number="12", postcode="9901 AB", town="Havenwijk")
DAAN = PersonGiven(
    role="child", given_names="Daan", surname="Vries", prefix="de", born_on=date(2017, 3, 2), address=HOME
)
LISA = PersonGiven(
    role="child", given_names="Lisa", surname="Vries", prefix="de", born_on=date(2020, 8, 19), address=HOME
)
FATMA = PersonGiven(
    role="parent", given_names="Fatma", surname="Demir", born_on=date(1988, 1, 5), phone="06 12345678", address=HOME
)
NEIGHBOUR = ReporterGiven(
    kind="citizen", name="Bea Mulder", relation="buurvrouw", phone="06 87654321", anonymous_to="family"
)
SHOUTING = ConcernGiven(
    what_happened="Vader sloeg moeder met een stoel terwijl de kinderen erbij stonden.",
    how_often="Twee keer deze maand.",
    how_serious="Moeder had een blauw oog; Lisa zat onder de tafel.",
    since_when="Sinds de zomer.",
    seen_by="Ik zag het door het raam.",
)
UNSAFE = {
    "judgement": "unsafe",
    "nature": "Ziet dat vader moeder slaat.",
    "frequency": "twee keer in november",
    "severity": "zat onder de tafel, slaapt slecht",
    "since": "de zomer",
    "source_kind": "network",
    "source": "buurvrouw",
}
SAFE = {"judgement": "safe", "reason": "Is elk weekend bij oma en vertelt daar vrij."}
BECAUSE = "De kinderen zien geweld en er is nog niemand die meekijkt."


def a_report(
    by: Viewer, cast: Cast, *, at: datetime | None = None, urgency: str = "ordinary", **changes: Any
) -> ConcernReport:
    """Tom takes it in by phone, unless the story says otherwise; call inside `acting`."""
    values: dict[str, Any] = {
        "desk_id": cast.organisation("veilig_thuis"), "arrived": "phone", "reporter": NEIGHBOUR,
        "people": [DAAN, LISA, FATMA], "concern": replace(SHOUTING, urgency=urgency), "received_at": at,
    }  # fmt: skip
    return actions.receive_report(by=by, **(values | changes))


def reported(cast: Cast, **changes: Any) -> ConcernReport:
    with acting(cast.tom) as tom:
        return a_report(tom, cast, **changes)


def by_a_stranger(cast: Cast, **changes: Any) -> tuple[ConcernReport, str]:
    """A report on the public page, with the receipt's code."""
    stranger = Viewer(REPORTER_ID, "reporter", "")
    with acting_as(Subject(mint(REPORTER_ID, "reporter"), "melding")), transaction.atomic():
        report = a_report(stranger, cast, arrived="public", **changes)
        return report, actions.write_receipt(by=stranger, report=report)


def taken_up(cast: Cast, **changes: Any) -> ConcernReport:
    with acting(cast.tom) as tom:
        return actions.take_up(by=tom, report=a_report(tom, cast, **changes))


def members(by: Viewer, report: ConcernReport) -> dict[str, FamilyMember]:
    """First name to member, inside `acting`; opens the family."""
    open_family(by, report.family_id, "test")
    return {member.given_names: member for member in FamilyMember.objects.filter(family_id=report.family_id)}


def assess_everybody(by: Viewer, report: ConcernReport) -> None:
    for name, member in members(by, report).items():
        actions.assess(by=by, report=report, member=member, **(SAFE if name == "Fatma" else UNSAFE))


def decided(cast: Cast, outcome: str = "VT-01-02", **changes: Any) -> ConcernReport:
    report = taken_up(cast, **changes)
    with acting(cast.tom) as tom:
        assess_everybody(tom, report)
        return actions.decide(by=tom, report=report, outcome=outcome, reasons=BECAUSE)
