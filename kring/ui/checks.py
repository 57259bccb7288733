from typing import Any

from django.contrib.staticfiles import finders
from django.core.checks import CheckMessage, Warning, register

from .stylesheets import links


@register("ui")
def stylesheets_are_there(**_kwargs: Any) -> list[CheckMessage]:
    """A page without its stylesheets works, but nobody should meet it."""
    missing = [path for path, _media in links() if not finders.find(path)]
    if not missing:
        return []
    return [Warning(f"{len(missing)} stylesheets are missing, {missing[0]} first.", hint="Run: npm ci", id="ui.W001")]
