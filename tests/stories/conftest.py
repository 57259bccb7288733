"""The stories' stage: the real server, the demo's families in it, and browsers of the people who act."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kring.demo.families import build_families
from kring.demo.rosters import build_rosters

Enter = Callable[..., Any]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/stories/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True, databases=["default", "login"]))


@pytest.fixture
def families(transactional_db: None) -> None:
    """The demo's rosters and its five families, told by actions."""
    build_rosters()
    build_families()


@pytest.fixture
def enter(chromium: Any, live_server: Any) -> Iterator[Enter]:
    """`page = enter("Samira El Idrissi")`: a browser of this person, signed in by the demo's page (None: nobody).

    Every page of it must stay without console errors: a blocked style or script is a fault.
    """
    contexts = []

    def open_browser(name: str | None = None, **options: Any) -> Any:
        context = chromium.new_context(base_url=live_server.url, locale="nl-NL", **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
        if name:
            page.goto("/demo/wie/")
            page.get_by_role("button", name=f"Word {name}").click()
            page.wait_for_url(lambda address: "/demo/" not in address)  # a key pressed before goes to the old page
        return page

    yield open_browser
    for context in contexts:
        context.close()
