"""The pages of the docs that are written from the code (`make docs`), so that they can't say anything else."""

import importlib
import os
from importlib.util import find_spec
from pathlib import Path

BEGIN, END = "<!-- states: written by make docs -->", "<!-- /states -->"


def documents() -> dict[Path, str]:
    """Every generated page with the text it should have now."""
    from config.settings import ROOT

    pages = {ROOT / "docs/generated/hooks.md": hooks_page(), ROOT / "docs/generated/rules.md": rules_page()}
    return pages | readmes_with_states(ROOT)


def hooks_page() -> str:
    """Who takes part where a lower room can't know of higher ones."""
    from kring.lifecycle.hooks import who_registered

    lines = ["# Who registered for which hook", "", "The five hooks are explained in `kring/lifecycle/hooks.py`."]
    for hook, functions in sorted(who_registered().items()):
        lines += ["", f"## {hook}", "", *([f"- `{name}`" for name in functions] or ["Nobody yet."])]
    return "\n".join(lines) + "\n"


def rules_page() -> str:
    """Every rule as one would say it to a parent, with where it comes from and whom it binds."""
    from django.conf import settings

    from kring.lifecycle.reasons import stated_rules

    for room in settings.ROOMS:
        if find_spec(f"kring.{room}.rules"):
            importlib.import_module(f"kring.{room}.rules")
    lines = ["# The rules", "", "The functions that guard the acts also say why not; this page is made from them.", ""]
    lines += ["| rule | says | source | binds | from | until |", "| --- | --- | --- | --- | --- | --- |"]
    for rule in stated_rules():
        dates = [str(day) if day else "" for day in (rule.since, rule.until)]
        cells = [f"`{rule.name}`", rule.says, rule.source, rule.binds, *dates]
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def readmes_with_states(root: Path) -> dict[Path, str]:
    """The README of each room that has lifecycles, with their pictures in the marked place (or at its end)."""
    from django.conf import settings

    from kring.lifecycle.moves import Lifecycle

    pages = {}
    for room in settings.ROOMS:
        if not find_spec(f"kring.{room}.states"):
            continue
        module = importlib.import_module(f"kring.{room}.states")
        found = {id(thing): thing for thing in vars(module).values() if isinstance(thing, Lifecycle)}
        if not found:
            continue
        pictures = [f"**{one.name}**\n\n```mermaid\n{one.mermaid()}\n```" for one in found.values()]
        block = "\n\n".join([BEGIN, *pictures, END])
        path = root / "kring" / room / "README.md"
        pages[path] = _with_block(path.read_text(encoding="utf-8") if path.exists() else f"# {room}\n", block)
    return pages


def _with_block(text: str, block: str) -> str:
    if BEGIN in text and END in text:
        before, rest = text.split(BEGIN, 1)
        return before + block + rest.split(END, 1)[1]
    return f"{text.rstrip()}\n\n## States\n\n{block}\n"


def main() -> None:
    """Write what differs, and say what was written."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    for path, text in documents().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"written: {path.name} in {path.parent.name}/")  # noqa: T201


if __name__ == "__main__":
    main()
