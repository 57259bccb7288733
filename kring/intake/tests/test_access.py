"""Who finds a report, who reads what of it, and who may act on it."""

import uuid
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from kring.accounts.models import Professional
from kring.circle.access import NotThere, open_family
from kring.circle.actions import admit
from kring.circle.models import Family
from kring.demo.cast import Cast
from kring.intake import actions
from kring.intake.models import (
    ConcernedPerson,
    ConcernReport,
    Feedback,
    Outcome,
    ReportContent,
    Reporter,
    SafetyAssessment,
    Telling,
)
from kring.intake.tests.stories import BECAUSE, SAFE, decided, members, reported, taken_up
from kring.lifecycle.models import Happening
from kring.lifecycle.reasons import NotAllowed
from kring.locks.subject import Viewer
from tests.bed import acting, browser

pytestmark = pytest.mark.django_db
EVERYTHING = (ConcernReport, ReportContent, Reporter, ConcernedPerson, SafetyAssessment, Outcome, Telling, Feedback)
PAGES = ["", "uitkomst/", "terugkoppeling/", "afronden/", "hoort-hier-niet/", "bij-gezin/"]


def joins(cast: Cast, report: ConcernReport, who: Any, role: str, **scope: Any) -> None:
    with acting(cast.tom) as tom:
        admit(
            by=tom, family=Family.objects.get(pk=report.family_id), role=role, ground="veilig_thuis_transfer",
            professional=Professional.objects.select_related("organisation").get(pk=who.id), **scope,
        )  # fmt: skip


def test_a_professional_outside_the_circle_finds_no_report_and_no_count(cast: Cast) -> None:
    report = decided(cast)
    for outsider in (cast.samira, cast.joost, cast.noor, cast.ilse, cast.hanna):
        with acting(outsider):
            assert [model.objects.count() for model in EVERYTHING] == [0] * len(EVERYTHING)
            with pytest.raises(NotThere):
                open_family(outsider, report.family_id, "nieuwsgierig")


@pytest.mark.parametrize("rest", PAGES)
def test_a_hidden_report_and_one_that_does_not_exist_answer_alike(cast: Cast, rest: str) -> None:
    report = decided(cast)
    client = browser(cast.samira)
    hidden = client.get(f"/gezin/{report.family_id}/melding/{report.id}/{rest}")
    absent = client.get(f"/gezin/{uuid.uuid4()}/melding/{uuid.uuid4()}/{rest}")
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert hidden.content == absent.content


@pytest.mark.parametrize("path", ["/meldingen/", "/meldingen/nieuw/", "/adviesvragen/", "/adviesvragen/nieuw/"])
def test_who_has_no_desk_finds_no_desk(cast: Cast, path: str) -> None:
    reported(cast)
    assert browser(cast.samira).get(path).status_code == 404
    assert browser().get(path).status_code == 302
    assert browser(cast.amira).get(path).status_code == 200


def test_a_member_of_the_circle_reads_the_report_and_never_who_reported(cast: Cast) -> None:
    report = decided(cast)
    joins(cast, report, cast.samira, "local_professional")
    page = browser(cast.samira).get(f"/gezin/{report.family_id}/melding/{report.id}/").content.decode()
    assert "stoel" in page
    assert "Bea Mulder" not in page
    assert "87654321" not in page
    with acting(cast.samira) as samira:
        open_family(samira, report.family_id, "test")
        assert Reporter.objects.count() == 0


def test_somebody_of_the_family_finds_no_row_of_a_report_before_hearing_it(cast: Cast) -> None:
    """He who hits may be in the circle too, and each person is told apart (harm B20)."""
    report = decided(cast)
    with acting(cast.tom) as tom:
        person_id = members(tom, report)["Fatma"].person_id
        family = Family.objects.get(pk=report.family_id)
        admit(by=tom, family=family, role="family_member", ground="self", person_id=person_id)
    with acting(Viewer(person_id, "person", "")) as fatma:
        open_family(fatma, report.family_id, "mijn gezin")
        assert [model.objects.count() for model in EVERYTHING] == [0] * len(EVERYTHING)
        assert not Happening.objects.filter(kind__startswith="intake.").exists()


def test_who_opens_only_money_reads_nothing_of_a_report(cast: Cast) -> None:
    report = decided(cast)
    joins(cast, report, cast.bram, "care_provider", opens_kinds=["money"])
    with acting(cast.bram) as bram:
        open_family(bram, report.family_id, "schulden")
        assert [model.objects.count() for model in EVERYTHING[1:]] == [0] * (len(EVERYTHING) - 1)


def test_veilig_thuis_keeps_the_assessment_when_the_circle_is_told_at_once(cast: Cast) -> None:
    report = taken_up(cast)
    joins(cast, report, cast.samira, "local_professional")
    joins(cast, report, cast.ruben, "assessor")
    with acting(cast.samira) as samira:
        daan = members(samira, report)["Daan"]
        with pytest.raises(NotAllowed, match="role"):
            actions.assess(by=samira, report=report, member=daan, **SAFE)
    with acting(cast.ruben) as ruben:
        members(ruben, report)
        with pytest.raises(NotAllowed, match="other_desk"):
            actions.decide(by=ruben, report=report, outcome="VT-99", reasons=BECAUSE)
    assert browser(cast.samira).get(f"/gezin/{report.family_id}/melding/{report.id}/uitkomst/").status_code == 403


def test_a_public_code_opens_no_table(cast: Cast) -> None:
    with acting(cast.tom):
        for table in ("intake_draft", "intake_receipt"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"select * from {table}")


def test_only_the_public_page_asks_advice_by_that_door_and_nobody_writes_a_receipt_for_a_strangers_report(
    cast: Cast,
) -> None:
    report = reported(cast)
    with acting(cast.samira), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select sec.write_receipt(%s, %s, %s)", [uuid.uuid4(), report.id, b"x"])
    with acting(cast.tom), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select sec.ask_advice(%s, %s, 'self', 'x', now(), current_date, %s)",
            [uuid.uuid4(), cast.organisation("veilig_thuis"), b"x"],
        )
