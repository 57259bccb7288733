"""The desk and the family page."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kring.circle.access import open_family
from kring.desk import family_page, queries
from kring.desk.forms import InspectionForm
from kring.desk.permissions import mandate_missing, staff_only


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What cannot wait, this week, my families, what I wait for, what changed."""
    staff_only(request)
    context = {"day": queries.day(request.viewer, everything="alles" in request.GET), "now": timezone.localtime()}
    return render(request, "desk/today.html", context)


@require_safe
def families(request: HttpRequest) -> HttpResponse:
    """My families, found by name among my own only."""
    staff_only(request)
    words = request.GET.get("naam", "").strip()[:80]
    context = {"families": queries.families(request.viewer, words), "words": words}
    return render(request, "desk/families.html", context)


@require_safe
def family(request: HttpRequest, family_id: uuid.UUID) -> HttpResponse:
    """The family page: the three facts, the circle, what is needed now, what happened, who looked."""
    staff_only(request)
    opened = open_family(request.viewer, family_id, _("overzicht van het gezin"))
    return render(request, "desk/family.html", family_page.page(request.viewer, opened))


@require_http_methods(["GET", "POST"])
def inspect(request: HttpRequest) -> HttpResponse:
    """An inspector enters one file, by an exact identifier; what is not there and what is not one answer alike."""
    staff_only(request)
    form = InspectionForm(request.POST or None)
    nothing = False
    if request.method == "POST" and form.is_valid():
        if family_id := form.save(request.viewer):
            return redirect("desk:family", family_id)
        nothing = True
    context = {"form": form, "nothing": nothing, "reasons": mandate_missing(request.viewer)}
    return render(request, "desk/inspect.html", context)


@require_safe
def caseload(request: HttpRequest) -> HttpResponse:
    """A team leader's numbers."""
    staff_only(request)
    return render(request, "desk/caseload.html", {"teams": queries.caseload(request.viewer)})
