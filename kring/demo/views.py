"""Who you can be in the demo."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from kring.accounts.sign_in import mint, remember
from kring.circle.middleware import for_everybody
from kring.demo.cast import ORGANISATIONS, PEOPLE, fixed_id


@for_everybody
@require_safe
def who(request: HttpRequest) -> HttpResponse:
    """The cast by organisation, each with what there is to see."""
    teams = [
        (ORGANISATIONS[key][0], [(name, f"{p[0]} {p[1]}", p[3]) for name, p in PEOPLE.items() if p[2] == key])
        for key in ORGANISATIONS
    ]
    return render(request, "demo/who.html", {"teams": [t for t in teams if t[1]], "next": request.GET.get("next", "")})


@for_everybody
@require_POST
def become(request: HttpRequest, key: str) -> HttpResponse:
    if key not in PEOPLE:
        raise Http404
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    response = redirect(target if safe and target else settings.LOGIN_REDIRECT_URL)
    remember(response, mint(fixed_id(key), "professional"))
    return response
