"""Every page of a family and of the day, for eyes, ears and thumbs: no violation, no sideways scrolling, no script needed."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.stories.conftest import Enter

WHO = "Samira El Idrissi"


def walk(page: Any, base: str) -> list[str]:
    """Every page one can reach by links from the desk, one of each kind (ids taken out)."""
    import re

    seen: dict[str, str] = {}
    waiting = ["/"]
    while waiting and len(seen) < 60:
        address = waiting.pop(0)
        kind = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "…", address)
        if kind in seen or any(part in address for part in ("/accounts/", "/weg/", "/ui/")):
            continue
        seen[kind] = address
        page.goto(address)
        links = page.eval_on_selector_all("a[href^='/']", "all => all.map(a => a.getAttribute('href'))")
        waiting += [link.split("#")[0] for link in links if link.split("#")[0]]
    return list(seen.values())


@pytest.mark.usefixtures("families")
@pytest.mark.parametrize("who", [WHO, "Tom Vermeer", "Hanna Post", "Ilse Brandsma"])
def test_every_page_reads_well_narrow_and_wide_light_and_dark(
    enter: Enter, axe: Callable[[Any], list[str]], live_server: Any, who: str
) -> None:
    page = enter(who)
    addresses = walk(page, live_server.url)
    assert len(addresses) >= 4
    found = []
    for address in addresses:
        page.goto(address)
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{address} at {width}: wider than the screen")
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                found += [f"{address} {width} {scheme}: {fault}" for fault in axe(page)]
    assert found == []
    assert page.faults == []


@pytest.mark.usefixtures("families")
def test_the_day_can_be_done_without_javascript(enter: Enter) -> None:
    page = enter(WHO, java_script_enabled=False)
    page.get_by_role("link", name="Gezin De Vries").first.click()
    page.get_by_role("link", name="De kring", exact=True).first.click()
    page.get_by_role("link", name="Wie heeft de regie?").click()
    page.get_by_label("Wie heeft de regie?").select_option("professional")
    page.get_by_label("Welke professional").select_option(label="Samira El Idrissi, Lokaal team")
    page.get_by_role("button", name="Leg vast").click()
    assert page.get_by_text("Vastgelegd.").is_visible()


@pytest.mark.usefixtures("families")
def test_the_day_can_be_done_with_the_keyboard_alone(enter: Enter) -> None:
    page = enter(WHO)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    for _ in range(40):
        page.keyboard.press("Tab")
        if "Gezin De Vries" in page.evaluate("document.activeElement.textContent"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/gezin/**")
    assert page.get_by_role("heading", name="Gezin De Vries").is_visible()
