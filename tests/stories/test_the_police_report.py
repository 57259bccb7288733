"""Story 2: the police report of tonight, by a real message, about a family that has a circle. And its stranger."""

import pytest

from kring.demo.reports import about_de_vries, about_strangers, know_the_police, send
from kring.demo.stage import as_
from kring.intake.models import ConcernReport
from kring.intake.tasks import find_known_family
from tests.bed import jobs_role
from tests.stories.conftest import Enter


def find_its_family() -> None:
    """What the worker does a moment after the message came in."""
    with as_("tom"):
        waiting = [(str(one.id), str(one.family_id)) for one in ConcernReport.objects.filter(attached_at__isnull=True)]
    with jobs_role():
        for report_id, family_id in waiting:
            find_known_family(report_id=report_id, family_id=family_id)


@pytest.mark.usefixtures("families")
def test_the_report_reaches_the_duo_at_once_and_veilig_thuis_keeps_the_assessment(enter: Enter) -> None:
    know_the_police()
    assert send(about_de_vries())
    find_its_family()

    samira = enter("Samira El Idrissi")
    assert samira.get_by_text("Spoedmelding").first.is_visible()
    assert samira.get_by_role("link", name="Bekijk").first.is_visible()

    joost = enter("Joost Bos")
    joost.get_by_role("link", name="Bekijk").first.click()
    joost.get_by_role("button", name="Ik heb het").click()
    assert joost.get_by_role("heading", name="U heeft dit").is_visible()

    samira.reload()
    samira.get_by_role("link", name="Gezin De Vries").first.click()
    samira.get_by_role("link", name="Elektronisch bericht").or_(samira.locator("a[href*='/melding/']")).first.click()
    page = samira.locator("main").inner_text()
    assert "zat onder haar bed" in page
    assert "vervolgmelding" in page.lower()
    assert "Veilig Thuis Waterrijk" in page


@pytest.mark.usefixtures("families")
def test_a_report_about_strangers_is_taken_by_name_and_nobody_else_sees_it(enter: Enter) -> None:
    know_the_police()
    assert send(about_strangers())
    find_its_family()

    tom = enter("Tom Vermeer")
    tom.get_by_role("link", name="Meldingen").first.click()
    tom.get_by_role("link", name="Kramer").first.click()
    tom.get_by_role("button", name="Neem op mijn naam").click()
    assert "Tom Vermeer" in tom.locator("main").inner_text()
    address = tom.url

    samira = enter("Samira El Idrissi")
    assert "Kramer" not in samira.content()
    assert samira.goto(address).status == 404
