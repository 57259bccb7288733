"""Error pages: what is wrong and what to do, nothing about what was asked for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kring.lifecycle.reasons import Reason


def _page(request: HttpRequest, code: int, **context: Any) -> HttpResponse:
    return render(request, f"ui/{code}.html", context, status=code)


def refused_page(request: HttpRequest, reasons: list[Reason], status: int = 403) -> HttpResponse:
    return _page(request, status, reasons=reasons)


def error_400(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 400)


def error_403(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403, reasons=[])


def error_404(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404)


def error_500(request: HttpRequest) -> HttpResponse:
    return _page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, 403, reasons=[], stale_form=True)
