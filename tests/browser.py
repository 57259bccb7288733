"""Fixtures for tests that drive the real pages in headless Chromium. Without Chromium or `npm ci` they skip, loudly."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = "node_modules/axe-core/axe.min.js"


def _leave_out(why: str) -> None:
    """Skip loudly; where the browser tests are required (CI), fail instead."""
    if os.environ.get("KRING_REQUIRE_BROWSER") == "yes":
        pytest.fail(f"The browser tests are required here: {why}.")
    pytest.skip(why)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser; each test opens its own context: `chromium.new_context(color_scheme="dark")`."""
    found = [os.environ.get("KRING_CHROMIUM"), *map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))]
    path = next(filter(None, found), None)
    if not path:
        _leave_out("no Chromium: set KRING_CHROMIUM to its path")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> Callable[[Any], list[str]]:
    """`axe(page)`: what is wrong for somebody with a disability, one line a finding; empty is good."""
    source = Path(settings.ROOT, AXE)
    if not source.exists():
        _leave_out("no axe-core: run npm ci")
    script = source.read_text(encoding="utf-8")

    def findings(page: Any) -> list[str]:
        # Evaluated over the debugger's door, which the page's own CSP does not guard: the page stays as people get it.
        page.evaluate(script + "; null")
        violations = page.evaluate("tags => axe.run(document, {runOnly: tags}).then(r => r.violations)", RULES)
        return [
            f"{violation['id']}: {node['html'][:200]} {node['failureSummary'][:200]}"
            for violation in violations
            for node in violation["nodes"]
        ]

    return findings
