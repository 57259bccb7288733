"""Story 1: a teacher asks advice without naming the family; a week later it joins her report only because she says so."""

import re

import pytest

from tests.stories.conftest import Enter


@pytest.mark.usefixtures("families")
def test_advice_names_nobody_and_joins_the_report_by_its_code_only(enter: Enter) -> None:
    tom = enter("Tom Vermeer")
    tom.get_by_role("link", name="Adviesvragen").first.click()
    tom.get_by_role("link", name="Vraag opschrijven").click()
    tom.get_by_label("Ik vraag dit voor mijn werk").check()
    tom.get_by_label("De vraag, zonder namen, geboortedata en adressen").fill(
        "Een jongen in mijn klas, Sem Bakker, heeft vaak blauwe plekken."
    )
    tom.get_by_role("button", name="Bewaar de vraag").click()
    assert tom.get_by_text("Sem Bakker’").first.is_visible()
    tom.get_by_label("De vraag, zonder namen, geboortedata en adressen").fill(
        "Een jongen in mijn klas heeft vaak blauwe plekken. Wat kan ik doen?"
    )
    tom.get_by_role("button", name="Bewaar de vraag").click()
    code = re.search(r"\w{4}-\w{4}-\w{4}", tom.content()).group()
    tom.get_by_label("Uw advies").fill("Praat eerst met de jongen, alleen, en daarna met zijn ouders.")
    tom.get_by_role("button", name="Beantwoord").click()
    assert tom.get_by_text("Elke vraag is beantwoord.").is_visible()

    teacher = enter()
    teacher.goto("/contact/code/")
    teacher.get_by_label("Code").fill(code)
    teacher.get_by_role("button", name="Verder").click()
    assert teacher.get_by_text("Praat eerst met de jongen").is_visible()

    tom.goto("/meldingen/nieuw/")
    tom.get_by_label("gewoon").check()
    tom.get_by_label("Wat is er gebeurd?").fill("De jongen zei dat zijn stiefvader hem met een riem slaat.")
    tom.get_by_label("Hoe vaak?").fill("elke week")
    tom.get_by_label("Hoe erg?").fill("striemen op zijn rug")
    tom.get_by_label("Sinds wanneer?").fill("sinds september")
    tom.get_by_label("Wie zag of hoorde het?").fill("zijn juf, die de striemen zag")
    tom.get_by_label("Voornamen").fill("Sem")
    tom.get_by_label("Wie belt?").select_option(label="professional")
    tom.get_by_label("niemand: het gezin mag weten wie meldt").check()
    tom.get_by_label("Code van een eerdere adviesvraag").fill(code)
    tom.get_by_role("button", name="Neem de melding op").click()
    assert tom.get_by_text("Een jongen in mijn klas heeft vaak blauwe plekken").is_visible()
    assert tom.faults == teacher.faults == []
