"""Calm answers when something can't be. Drawn without user, menu or database, since those may be what fails."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

STATUSES = (400, 403, 404, 409, 413, 500)


def error_page(status: int, reasons: Iterable[Any] = ()) -> HttpResponse:
    """For middleware and views that answer with one of STATUSES; `reasons` are what `rules.py` returned."""
    page = HttpResponse(render_to_string(f"{status}.html", {"reasons": list(reasons)}), status=status)
    page["Cache-Control"] = "no-store"
    return page


def handler400(_request: HttpRequest, _exception: Exception) -> HttpResponse:
    return error_page(400)


def handler403(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """An exception that carries `reasons` has them listed, each with its source."""
    return error_page(403, getattr(exception, "reasons", ()))


def handler404(_request: HttpRequest, _exception: Exception) -> HttpResponse:
    """The same page, to the letter, for what is hidden and for what does not exist."""
    return error_page(404)


def handler500(_request: HttpRequest) -> HttpResponse:
    return error_page(500)


def csrf_failure(_request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: to a person this is a page that stood open too long. `reason` is for the log, not for them."""
    return HttpResponse(render_to_string("ui/csrf.html"), status=403)
