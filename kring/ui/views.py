from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .gallery import gallery

WEATHER = "https://www.knmi.nl/nederland-nu/weer/verwachtingen"


@require_safe
def quick_exit(request: HttpRequest) -> HttpResponse:
    """Away from here, to a page anybody may see. Forgets the sign-in; promises nothing about the browser's history.

    Only a click on our own page signs out: another site that links here must not be able to.
    """
    response = HttpResponse(status=303, headers={"Location": WEATHER})
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    if request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin":
        for cookie in (settings.SUBJECT_COOKIE, settings.SESSION_COOKIE_NAME):
            response.delete_cookie(cookie, samesite="Lax")
    return response


@require_safe
def clear_traces(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/clear_traces.html")


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state. Routed in demo and test only."""
    return render(request, "ui/components.html", gallery())


@require_safe
def component_portal(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/components_portal.html", gallery())


@require_safe
def component_public(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/components_public.html", gallery())


for view in (quick_exit, clear_traces, components, component_portal, component_public):
    view.for_everybody = True  # type: ignore[attr-defined]
