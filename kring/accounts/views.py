"""Signing out, and what one may know of one's own account."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.db import connections
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.accounts import forms, queries
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


# The word in the address of a person's page: form, heading, button.
CHANGES: dict[str, tuple[type[forms.AdministratorForm], Any, Any]] = {
    "rol": (forms.AppointForm, _("Geef een rol"), _("Geef deze rol")),
    "geldigheid": (forms.CredentialForm, _("Leg een registratie of verklaring vast"), _("Leg vast")),
    "account": (forms.AccountForm, _("Open een account"), _("Open account")),
    "vertrekt": (forms.LeavesForm, _("Deze persoon vertrekt"), _("Beëindig nu alle sessies")),
}


def administrators_only(request: HttpRequest) -> None:
    """For others this page is not there; the database refuses them too."""
    if not request.viewer.has_role("administrator"):
        raise Http404


@require_safe
def administer(request: HttpRequest) -> HttpResponse:
    """Everybody who works here, found by name."""
    administrators_only(request)
    words = request.GET.get("naam", "").strip()[:80]
    return render(request, "accounts/administer.html", {"people": queries.directory(words), "words": words})


@require_http_methods(["GET", "POST"])
def administer_add(request: HttpRequest) -> HttpResponse:
    administrators_only(request)
    form = forms.PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save(request.viewer)
        return redirect("administer")
    context = {"form": form, "heading": _("Voeg een professional toe"), "label": _("Voeg toe")}
    return render(request, "accounts/administer_form.html", context)


@require_safe
def administer_person(request: HttpRequest, professional_id: uuid.UUID) -> HttpResponse:
    """One professional: roles, what is valid until when, and whether there is an account."""
    administrators_only(request)
    who = get_object_or_404(queries.directory(""), pk=professional_id)
    context = {"who": who, **queries.about(who, timezone.localdate()), "changes": CHANGES}
    return render(request, "accounts/administer_person.html", context)


@require_http_methods(["GET", "POST"])
def administer_change(request: HttpRequest, professional_id: uuid.UUID, what: str) -> HttpResponse:
    administrators_only(request)
    who = get_object_or_404(queries.directory(""), pk=professional_id)
    if what not in CHANGES:
        raise Http404
    form_class, heading, label = CHANGES[what]
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save(request.viewer, professional=who)
        return redirect("administer_person", professional_id)
    context = {"form": form, "heading": heading, "label": label, "who": who}
    return render(request, "accounts/administer_form.html", context)
