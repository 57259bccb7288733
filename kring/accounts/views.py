"""Signing out, and what one may know of one's own account."""

from django.conf import settings
from django.contrib.auth import logout
from django.db import connections
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kring.accounts import queries
from kring.accounts.sign_in import forget
from kring.locks.middleware import for_everybody, for_family


@for_everybody
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session, here and in the database."""
    logout(request)
    response = redirect(settings.SIGN_IN_URL)
    forget(response, request.COOKIES.get(settings.SUBJECT_COOKIE))
    return response


@for_family
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """A lost phone: every session of this person ends now."""
    with connections["login"].cursor() as cursor:
        cursor.execute("select sec.sign_out_everywhere(%s)", [request.viewer.id])
    return sign_out(request)


@for_family
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who I am here: roles, what the law lets my organisation do, and what is about to lapse."""
    return render(request, "accounts/account.html", queries.own_account(request.viewer, timezone.localdate()))


@for_everybody
def no_signing_up(request: HttpRequest) -> HttpResponse:
    raise Http404
