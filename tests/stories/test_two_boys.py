"""Story 28: two boys of one name and birth date. What was filed wrong disappears, and the clock runs on."""

from typing import Any

import pytest

from tests.stories.conftest import Enter

BOY = {"Voornamen": "Noah", "Achternaam": "Dekker", "Geboortedatum of leeftijd": "4-5-2016"}


def take_in(tom: Any, what: str) -> None:
    tom.goto("/meldingen/nieuw/")
    tom.get_by_label("gewoon").check()
    answers = {
        "Wat is er gebeurd?": what,
        "Hoe vaak?": "twee keer",
        "Hoe erg?": "hij was bang",
        "Sinds wanneer?": "oktober",
    }
    for label, answer in (answers | BOY | {"Wie zag of hoorde het?": "de buurvrouw"}).items():
        tom.get_by_label(label).fill(answer)
    tom.get_by_label("Wie is dit?").select_option(label="kind")
    tom.get_by_label("Wie belt?").select_option(label="iemand uit de omgeving")
    tom.get_by_label("het gezin", exact=True).check()
    tom.get_by_role("button", name="Neem de melding op").click()


@pytest.mark.usefixtures("families")
def test_what_was_filed_at_the_wrong_boy_leaves_and_its_day_stays(enter: Enter) -> None:
    tom = enter("Tom Vermeer")
    take_in(tom, "Vader schreeuwt en gooit met borden.")
    first = tom.url
    take_in(tom, "Hij liep weg van school en durfde niet naar huis.")
    tom.get_by_role("link", name="Voeg bij een bekend gezin").click()
    tom.get_by_label("Gezin Dekker").check()
    tom.get_by_label("Naam, geboortedatum en adres zijn nagekeken; het zijn dezelfde mensen").check()
    tom.get_by_role("button", name="Voeg bij dit gezin").click()
    tom.get_by_role("link", name="Gezin Dekker").last.click()
    wrong = tom.url

    amira = enter("Amira Haddad")
    amira.goto(wrong)
    assert amira.get_by_text("durfde niet naar huis").is_visible()

    due = tom.locator("dd").nth(1).inner_text()
    tom.get_by_role("link", name="Deze melding hoort hier niet").click()
    tom.get_by_label("Waarom hoort deze melding niet bij dit gezin?").fill(
        "Een andere Noah: dezelfde naam en geboortedag."
    )
    tom.get_by_label("Ik heb met een collega nagekeken om wie het gaat").check()
    tom.get_by_role("button", name="Haal de melding hier weg").click()
    tom.get_by_role("link", name="Een melding stond bij het verkeerde gezin").click()
    assert tom.get_by_text("Amira Haddad").is_visible()

    assert amira.goto(wrong).status == 404
    amira.goto(first)
    assert amira.get_by_text("gooit met borden").is_visible()
    assert "durfde niet naar huis" not in amira.content()
    tom.goto("/meldingen/")
    tom.get_by_role("link", name="Melding van").click()
    assert tom.get_by_text("durfde niet naar huis").is_visible()
    assert tom.locator("dd").nth(1).inner_text() == due
