"""Story 16, the professional's part: mother and children move to where nobody may know."""

from typing import Any

import pytest

from tests.stories.conftest import Enter

LEAKS = ("Ankerpad", "Oeverland", "De Regenboog", "Kadelaan")


def people(page: Any) -> None:
    page.goto("/")
    page.get_by_role("link", name="Gezin De Vries").first.click()
    page.get_by_role("link", name="Wie erbij horen").click()


def everything(page: Any) -> str:
    """All the words of the family's page, the list of people, the home and mother."""
    people(page)
    seen = [page.content()]
    for link in ("Bij Fatma", "Fatma de Vries"):
        people(page)
        page.get_by_role("link", name=link).first.click()
        seen.append(page.content())
    page.goto("/")
    page.get_by_role("link", name="Gezin De Vries").first.click()
    seen.append(page.content())
    page.get_by_role("link", name="De kring", exact=True).first.click()
    return "".join([*seen, page.content()])


@pytest.mark.usefixtures("families")
def test_an_address_becomes_secret_and_only_the_duo_can_tell(enter: Enter) -> None:
    samira = enter("Samira El Idrissi", java_script_enabled=False)
    people(samira)
    samira.get_by_role("link", name="Bij Fatma").click()
    samira.get_by_role("link", name="Houd het adres geheim").click()
    samira.get_by_label("Straat").fill("Ankerpad")
    samira.get_by_label("Huisnummer en toevoeging").fill("77")
    samira.get_by_label("Woonplaats").fill("Oeverland")
    samira.get_by_role("button", name="Bewaar").click()
    assert samira.get_by_text("Ankerpad 77, Oeverland").is_visible()

    assert "Ankerpad" in everything(enter("Joost Bos"))
    noor = everything(enter("Noor Kaya"))
    assert [leak for leak in LEAKS if leak in noor] == []
    assert "geheim adres" not in noor.lower()


@pytest.mark.usefixtures("families")
def test_what_is_typed_survives_a_colleague_who_was_first(enter: Enter) -> None:
    samira, joost = enter("Samira El Idrissi"), enter("Joost Bos")
    for page in (samira, joost):
        people(page)
        page.get_by_role("link", name="Daan de Vries").first.click()
        page.get_by_role("link", name="Wijzig gegevens").click()
    joost.get_by_label("Roepnaam").fill("Daantje")
    joost.get_by_role("button", name="Bewaar").click()
    samira.get_by_label("Roepnaam").fill("Daniël")
    samira.get_by_role("button", name="Bewaar").click()
    assert samira.get_by_text("Iemand anders was je net voor").is_visible()
    assert samira.get_by_text("Daantje", exact=True).is_visible()
    assert samira.get_by_label("Roepnaam").input_value() == "Daniël"
    samira.get_by_role("button", name="Bewaar").click()
    assert samira.get_by_role("heading", name="Daniël de Vries").is_visible()
