"""Story 19: who is not in the circle finds nothing, not even a count."""

from typing import Any

import pytest

from tests.stories.conftest import Enter


@pytest.mark.usefixtures("families")
def test_a_colleague_of_the_same_team_finds_nothing_and_the_address_tells_nothing(enter: Enter) -> None:
    samira = enter("Samira El Idrissi")
    samira.get_by_role("link", name="Gezin De Vries").first.click()
    assert samira.get_by_role("heading", name="Gezin De Vries").is_visible()
    address = samira.url

    marleen = enter("Marleen de Graaf")
    assert "De Vries" not in marleen.content()
    marleen.goto("/gezinnen/?naam=Vries")
    assert marleen.get_by_text("Geen van uw gezinnen heet zo").is_visible()

    hidden = text_of(marleen, address)
    absent = text_of(marleen, "/gezin/11111111-1111-4111-8111-111111111111/")
    assert hidden == absent


def text_of(page: Any, address: str) -> tuple[int, str]:
    answer = page.goto(address)
    return answer.status, page.locator("main").inner_text()


@pytest.mark.usefixtures("families")
def test_the_shelters_worker_is_seen_by_the_duo_and_by_nobody_else_in_the_circle(enter: Enter) -> None:
    def professionals(name: str) -> str:
        page = enter(name)
        page.get_by_role("link", name="Familie Yıldız-Smit").first.click()
        page.get_by_role("link", name="De kring", exact=True).first.click()
        return str(page.locator("main").inner_text())

    assert "Lotte" in professionals("Petra Wouters")
    bram = professionals("Bram Willems")
    assert "Petra" in bram
    assert "Lotte" not in bram
    assert "Anker" not in bram
