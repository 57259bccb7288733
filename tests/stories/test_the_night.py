"""Story 2, the night: it rings, somebody has it by name. Story 19, on duty: one card, judged afterwards."""

from collections.abc import Callable
from typing import Any

import pytest

from kring.circle.models import Family
from kring.demo.stage import as_, bsn
from kring.duty import actions
from kring.duty.tasks import build_card
from tests.bed import jobs_role
from tests.stories.conftest import Enter

DAAN = bsn(103)


def de_vries() -> Family:
    with as_("samira"):
        return Family.objects.get(label="Gezin De Vries")


def reads_well(page: Any, axe: Callable[[Any], list[str]]) -> list[str]:
    """What is wrong with the page that is open now, narrow and wide, light and dark."""
    found = []
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{page.url} at {width}: wider than the screen")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found += [f"{page.url} {width} {scheme}: {fault}" for fault in axe(page)]
    return found


@pytest.mark.usefixtures("families")
def test_it_rings_and_the_safety_partner_has_it_by_name(enter: Enter, axe: Callable[[Any], list[str]]) -> None:
    with as_("koen") as koen:
        actions.raise_alarm(by=koen, family=de_vries(), kind="condition_broken", urgency="now")
    joost = enter("Joost Bos")
    joost.get_by_role("link", name="Berichten (1)").first.click()
    joost.get_by_role("button", name="Bekijk het alarm").click()
    assert joost.get_by_role("heading", name="Veiligheidsvoorwaarde gebroken").is_visible()
    assert reads_well(joost, axe) == []
    joost.get_by_role("button", name="Ik heb het").click()
    assert joost.get_by_role("heading", name="U heeft dit").is_visible()
    assert reads_well(joost, axe) == []

    samira = enter("Samira El Idrissi")
    samira.get_by_role("link", name="Piket").first.click()
    assert samira.get_by_text("iemand heeft het").is_visible()
    samira.get_by_role("link", name="Gezin De Vries").first.click()
    assert samira.get_by_text("Joost Bos heeft het al.").is_visible()
    assert samira.get_by_role("button", name="Ik heb het").is_disabled()

    joost.get_by_role("button", name="Rond af").click()
    assert joost.get_by_text("Het alarm is afgerond.").is_visible()
    assert joost.faults == []


@pytest.mark.usefixtures("families")
def test_on_duty_one_exact_number_shows_the_card_and_a_reviewer_judges_it(
    enter: Enter, axe: Callable[[Any], list[str]]
) -> None:
    with jobs_role():
        build_card(family_id=str(de_vries().id))
    ruben = enter("Ruben Meijer")
    assert "De Vries" not in ruben.content()
    ruben.get_by_role("link", name="Piket").first.click()
    ruben.get_by_role("link", name="Zoek op bij spoed").click()
    assert reads_well(ruben, axe) == []
    ruben.get_by_label("Burgerservicenummer").fill(DAAN)
    ruben.get_by_role("button", name="Zoek op").click()
    assert ruben.get_by_role("heading", name="Noodkaart").count() == 0
    ruben.get_by_label("Waarom moet u dit nu weten?").fill("Politie vond Daan om twee uur 's nachts op straat.")
    ruben.get_by_role("button", name="Zoek op").click()
    assert ruben.get_by_role("heading", name="Noodkaart").is_visible()
    assert ruben.get_by_text("Rob kan bij Fatma voor de deur staan").is_visible()
    assert ruben.get_by_text("Daan de Vries").first.is_visible()
    for place in ("Kadelaan", "Sluisweg", "9901AB"):
        assert place not in ruben.content()
    assert reads_well(ruben, axe) == []

    hanna = enter("Hanna Post", java_script_enabled=False)
    hanna.goto("/piket/")
    hanna.get_by_role("link", name="Toets opvragingen").click()
    hanna.get_by_role("link", name="Ruben Meijer").click()
    assert hanna.get_by_text("Politie vond Daan").is_visible()
    hanna.get_by_label("Ja", exact=True).check()
    hanna.get_by_label("Waarom vindt u dat?").fill("Een kind dat 's nachts buiten is, moet naar huis kunnen.")
    hanna.get_by_role("button", name="Leg uw oordeel vast").click()
    assert hanna.get_by_text("Uw oordeel is vastgelegd.").is_visible()
    assert hanna.get_by_text("terecht", exact=True).is_visible()
    assert ruben.faults == []


@pytest.mark.usefixtures("families")
def test_the_pages_of_the_reviewer_read_well(enter: Enter, axe: Callable[[Any], list[str]]) -> None:
    from kring.families import lookup
    from kring.families.models import LookupKind

    with as_("ruben") as ruben:
        key = (LookupKind.BSN, lookup.of_bsn(DAAN))
        actions.emergency_look_up(by=ruben, keys=[key], reason="Politie belt over een kind op straat.")
    hanna = enter("Hanna Post")
    hanna.goto("/piket/toetsen/")
    assert reads_well(hanna, axe) == []
    hanna.get_by_role("link", name="Ruben Meijer").click()
    assert reads_well(hanna, axe) == []
