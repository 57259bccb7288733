"""The pages of whoever is called: what rings, and the button that says 'I have it'."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kring.duty import actions, queries
from kring.duty.models import Alarm


@require_http_methods(["GET", "POST"])
def alarm(request: HttpRequest, alarm_id: uuid.UUID) -> HttpResponse:
    """One alarm: of the family no more than the label, and one button."""
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
