"""The pages of whoever is called: what rings, and the button that says 'I have it'."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.duty import actions, queries, rules
from kring.duty.models import Alarm
from kring.duty.permissions import staff_only


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What rings for me now, who answers now, and where nobody will."""
    staff_only(request)
    now = timezone.now()
    context = {
        "alarms": queries.my_alarms(),
        "rosters": queries.rosters_now(request.viewer, now),
        "may_look_up": not queries.why_no_look_up(request.viewer, now),
        "reviews": queries.is_reviewer(request.viewer),
        "may_start": not rules.may_make_rosters(request.viewer.roles),
    }
    return render(request, "duty/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def alarm(request: HttpRequest, alarm_id: uuid.UUID) -> HttpResponse:
    """One alarm: to who is not in the circle no more than the label, and one button."""
    staff_only(request)
    if request.method == "POST":
        return _acknowledge(request, alarm_id)
    page = queries.alarm_page(request.viewer, alarm_id)
    if page is None:
        raise Http404
    return render(request, "duty/alarm.html", {"page": page})


def _acknowledge(request: HttpRequest, alarm_id: uuid.UUID) -> HttpResponse:
    try:
        actions.acknowledge(by=request.viewer, alarm_id=alarm_id)
    except Alarm.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("U heeft het. Iedereen die gebeld is, hoort dat."))
    return redirect("duty:alarm", alarm_id)


@require_POST
def ring_again(request: HttpRequest, alarm_id: uuid.UUID) -> HttpResponse:
    _with_alarm(request, alarm_id, actions.ring_again)
    messages.success(request, _("Het gaat verder rond. Tot een ander het heeft, heeft u het nog."))
    return redirect("duty:alarm", alarm_id)


@require_POST
def close(request: HttpRequest, alarm_id: uuid.UUID) -> HttpResponse:
    closed = _with_alarm(request, alarm_id, actions.close_alarm)
    messages.success(request, _("Het alarm is afgerond."))
    return redirect("desk:family", closed.family_id)


def _with_alarm(request: HttpRequest, alarm_id: uuid.UUID, act: Callable[..., Alarm]) -> Alarm:
    found = Alarm.objects.filter(pk=alarm_id).first()
    if found is None:
        raise Http404
    return act(by=request.viewer, alarm=found)
