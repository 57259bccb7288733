"""The pages as people meet them: a neighbour on a phone without scripts, and Tom at the desk (stories 1, 2 and 6)."""

import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings

from kring.demo.cast import Cast
from kring.intake.models import ConcernReport
from kring.intake.tests.stories import decided, reported, taken_up
from kring.locks.subject import Viewer
from tests.bed import acting, mint

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "login"])]
Open = Callable[..., Any]


@pytest.fixture
def browse(chromium: Any, live_server: Any) -> Iterator[Open]:
    """`page = browse(cast.tom)`: a browser of this person; without one, of somebody without an account."""
    contexts = []

    def open_browser(viewer: Viewer | None = None, **options: Any) -> Any:
        context = chromium.new_context(base_url=live_server.url, locale="nl-NL", **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        if viewer:
            cookie = {"name": settings.SUBJECT_COOKIE, "value": mint(viewer.id), "url": live_server.url}
            context.add_cookies([cookie])
        return context.new_page()

    yield open_browser
    for context in contexts:
        context.close()


def faults(page: Any, axe: Callable[[Any], list[str]], name: str) -> list[str]:
    """What is wrong on this page, narrow and wide, light and dark; with INTAKE_PICTURES a picture of each."""
    found = []
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{name} at {width}: wider than the screen")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found += [f"{name} {width} {scheme}: {fault}" for fault in axe(page)]
            if folder := os.environ.get("INTAKE_PICTURES"):
                page.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png", full_page=True)
    return found


def test_a_neighbour_tells_it_on_a_phone_without_scripts_and_comes_back_with_the_code(browse: Open, cast: Cast) -> None:
    page = browse(java_script_enabled=False, viewport={"width": 320, "height": 700})
    page.goto("/contact/")
    page.get_by_role("link", name="Ik maak me zorgen om een ander").click()
    page.get_by_label("Nee, of dat weet ik niet").check()
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("Wat is er gebeurd?").fill("onveilige thuissituatie")
    page.get_by_role("button", name="Verder").click()
    assert page.get_by_text("Wat is er precies gebeurd? Vertel het zoals het was.").first.is_visible()
    page.get_by_label("Wat is er gebeurd?").fill("Ik hoorde een klap en daarna huilde een kind.")
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("Hoe vaak gebeurt dit?").fill("drie keer deze maand")
    page.get_by_label("Sinds wanneer?").fill("sinds de zomer")
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("Hoe erg was het?").fill("Het kind was bang.")
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("Ja, zelf").check()
    page.get_by_label("Wie heeft het gezien of gehoord?").fill("ikzelf")
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("Plaats").fill("Havenwijk")
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("Voornaam").fill("Daan")
    page.get_by_role("button", name="Nog iemand toevoegen").click()
    assert page.get_by_label("Voornaam").first.input_value() == "Daan"
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("Niemand. Ik vul geen naam in").check()
    page.get_by_label("Ja", exact=True).check()
    page.get_by_role("button", name="Verder").click()
    assert page.get_by_text("drie keer deze maand").is_visible()
    page.get_by_role("button", name="Verstuur").click()
    code = re.search(r"\w{4}-\w{4}-\w{4}", page.content()).group()
    page.goto("/contact/")
    page.get_by_role("link", name="Ik heb een code").click()
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Verder").click()
    assert page.get_by_role("heading", name="Wat er met je melding gebeurde").is_visible()
    with acting(cast.tom):
        assert ConcernReport.objects.get().double_anonymous


def test_the_public_pages_read_well_for_everybody(browse: Open, axe: Callable[[Any], list[str]], cast: Cast) -> None:
    page, found = browse(), []
    for path in ("", "iemand/", "werk/", "vraag/", "code/"):
        page.goto(f"/contact/{path}")
        found += faults(page, axe, f"public-{path.strip('/') or 'start'}")
    page.goto("/contact/iemand/")
    page.get_by_label("Ja, er is nu gevaar").check()
    page.get_by_role("button", name="Verder").click()
    found += faults(page, axe, "public-danger")
    page.get_by_role("button", name="Verder").click()
    found += faults(page, axe, "public-mistake")
    page.get_by_label("Wat is er gebeurd?").fill("Ik hoorde een klap en daarna huilde een kind.")
    page.get_by_role("button", name="Bewaar en stop").click()
    found += faults(page, axe, "public-kept")
    code = re.search(r"\w{4}-\w{4}-\w{4}", page.content()).group()
    page.goto("/contact/code/")
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Verder").click()
    answers = {"Hoe vaak gebeurt dit?": "drie keer", "Sinds wanneer?": "sinds de zomer"}
    for label, answer in answers.items():
        page.get_by_label(label).fill(answer)
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("Hoe erg was het?").fill("Het kind was bang.")
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("Ja, zelf").check()
    page.get_by_label("Wie heeft het gezien of gehoord?").fill("ikzelf")
    page.get_by_role("button", name="Verder").click()
    found += faults(page, axe, "public-place")
    page.get_by_role("button", name="Verder").click()
    page.get_by_role("button", name="Nog iemand toevoegen").click()
    found += faults(page, axe, "public-people")
    page.get_by_role("button", name="Verder").click()
    found += faults(page, axe, "public-me")
    page.get_by_label("Niemand. Ik vul geen naam in").check()
    page.get_by_label("Ja", exact=True).check()
    page.get_by_role("button", name="Verder").click()
    found += faults(page, axe, "public-last-look")
    page.get_by_role("button", name="Verstuur").click()
    found += faults(page, axe, "public-sent")
    assert found == []


def test_the_desks_pages_read_well_for_everybody(browse: Open, axe: Callable[[Any], list[str]], cast: Cast) -> None:
    waiting, report = reported(cast, urgency="now"), taken_up(cast)
    page, found = browse(cast.tom), []
    of = f"/gezin/{report.family_id}/melding/{report.id}/"
    paths = {
        "inbox": "/meldingen/", "new": "/meldingen/nieuw/", "report": of, "outcome": f"{of}uitkomst/",
        "attach": f"{of}bij-gezin/", "take-out": f"{of}hoort-hier-niet/", "advice": "/adviesvragen/",
        "new-advice": "/adviesvragen/nieuw/", "untaken": f"/gezin/{waiting.family_id}/melding/{waiting.id}/",
    }  # fmt: skip
    done = decided(cast)
    paths["decided"] = f"/gezin/{done.family_id}/melding/{done.id}/"
    for name, path in paths.items():
        page.goto(path)
        found += faults(page, axe, f"desk-{name}")
    page.goto(of)
    page.get_by_role("link", name="Beoordeel").first.click()
    page.get_by_label("onveilig", exact=True).check()
    page.get_by_role("button", name="Bewaar").click()
    assert page.get_by_text("Hoe vaak gebeurt het?").first.is_visible()
    found += faults(page, axe, "desk-assess")
    assert found == []
