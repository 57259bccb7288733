"""Who answers when, and where nobody does."""

import uuid
from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.duty import actions, forms, queries, rules
from kring.duty.models import Roster, Shift
from kring.duty.permissions import staff_only


@require_safe
def week(request: HttpRequest, roster_id: uuid.UUID) -> HttpResponse:
    """Seven days of one roster, with its gaps."""
    staff_only(request)
    found = get_object_or_404(Roster.objects.select_related("organisation"), pk=roster_id)
    monday = _asked_week(request)
    context = {
        "roster": found,
        "days": queries.week_of(found, monday),
        "earlier_url": f"?week={monday - timedelta(days=7)}",
        "later_url": f"?week={monday + timedelta(days=7)}",
        "reasons": rules.may_plan(request.viewer.roles, found.organisation_id),
    }
    return render(request, "duty/week.html", context)


def _asked_week(request: HttpRequest) -> date:
    """The Monday of the day in the address; this week when it says nothing sensible."""
    try:
        asked = date.fromisoformat(request.GET.get("week", ""))
        return queries.monday_of(asked) if 2000 < asked.year < 2200 else queries.monday_of(timezone.localdate())
    except ValueError:
        return queries.monday_of(timezone.localdate())


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, roster_id: uuid.UUID) -> HttpResponse:
    """Put somebody on the roster."""
    staff_only(request)
    found = get_object_or_404(Roster.objects.select_related("organisation"), pk=roster_id)
    form = forms.ShiftForm(request.POST or None, viewer=request.viewer, roster=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("De dienst staat in het rooster."))
        return redirect("duty:week", roster_id)
    reasons = rules.may_plan(request.viewer.roles, found.organisation_id)
    return render(request, "duty/plan.html", {"roster": found, "form": form, "reasons": reasons})


@require_POST
def withdraw(request: HttpRequest, shift_id: uuid.UUID) -> HttpResponse:
    staff_only(request)
    shift = Shift.objects.filter(pk=shift_id).first()
    if shift is None:
        raise Http404
    actions.withdraw_shift(by=request.viewer, shift=shift)
    messages.success(request, _("De dienst is weggehaald. Kijk of er nu een gat is."))
    return redirect("duty:week", shift.roster_id)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """A new roster."""
    staff_only(request)
    form = forms.RosterForm(request.POST or None, viewer=request.viewer)
    reasons = rules.may_make_rosters(request.viewer.roles)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Het rooster is gemaakt. Zet er diensten in."))
        return redirect("duty:overview")
    return render(request, "duty/start.html", {"form": form, "reasons": reasons})
