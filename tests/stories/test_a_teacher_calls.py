"""Story 1: a teacher asks advice without a name, has an answer the same day, and nothing about a family is stored."""

import re
from typing import Any

import pytest

from kring.circle.models import Family
from kring.demo.stage import as_
from tests.stories.conftest import Enter

QUESTION = "Een kind in mijn klas komt al twee weken zonder eten. Wat kan ik doen?"
ADVICE = "Vraag het kind wat het vanmorgen at, en bel moeder vandaag nog."


def ask(page: Any) -> str:
    """Ask on the public page; returns the code one comes back with."""
    page.goto("/contact/")
    assert page.get_by_role("link", name="Bel 112").is_visible()
    page.get_by_role("link", name="Ik wil advies, zonder namen te noemen").click()
    page.get_by_label("Ik vraag dit voor mijn werk").check()
    page.get_by_label("Je vraag").fill(QUESTION)
    page.get_by_label("Ik heb gekeken").check()
    page.get_by_role("button", name="Stel je vraag").click()
    found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page.locator("main").inner_text())
    assert found
    return found.group()


@pytest.mark.usefixtures("transactional_db")
def test_advice_is_asked_without_a_name_and_answered_and_no_family_is_founded(enter: Enter) -> None:
    teacher = enter()
    code = ask(teacher)

    tom = enter("Tom Vermeer")
    tom.get_by_role("link", name="Adviesvragen").first.click()
    tom.get_by_role("link", name="Ik vraag dit voor mijn werk").click()
    assert QUESTION in tom.locator("main").inner_text()
    tom.get_by_label("Uw advies").fill(ADVICE)
    tom.get_by_label("Nagekeken").check()
    tom.get_by_role("button", name="Beantwoord").click()

    teacher.goto("/contact/")
    teacher.get_by_role("link", name="Ik heb een code").click()
    teacher.get_by_role("textbox").first.fill(code)
    teacher.locator("main form").get_by_role("button").last.click()
    assert ADVICE in teacher.locator("main").inner_text()
    with as_("tom"):
        assert Family.objects.count() == 0
    assert teacher.faults == []


@pytest.mark.usefixtures("transactional_db")
def test_a_colleague_of_another_desk_does_not_find_the_question(enter: Enter) -> None:
    ask(enter())
    samira = enter("Samira El Idrissi")
    assert samira.get_by_role("link", name="Adviesvragen").count() == 0
    samira.goto("/adviesvragen/")
    assert "zonder eten" not in samira.content()
