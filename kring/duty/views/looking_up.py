"""Looking up in an emergency, and judging that afterwards."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kring.duty import forms, queries, rules
from kring.duty.models import LookUpReview
from kring.duty.permissions import staff_only
from kring.lifecycle.reasons import demand


@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """Reason first, then exact identifiers. The answer has no address of its own: it can't be opened again."""
    staff_only(request)
    reasons = queries.why_no_look_up(request.viewer, timezone.now())
    form = forms.LookUpForm(request.POST or None, viewer=request.viewer)
    if request.method == "POST" and not reasons and form.is_valid():
        found = form.save()
        return render(request, "duty/found.html", {"found": found, "form": form})
    return render(request, "duty/look_up.html", {"form": form, "reasons": reasons})


def _reviewers_only(request: HttpRequest) -> None:
    """For anybody else these pages are not there."""
    staff_only(request)
    if not queries.is_reviewer(request.viewer):
        raise Http404


@require_safe
def to_review(request: HttpRequest) -> HttpResponse:
    """What waits for a judgement, and what was judged."""
    _reviewers_only(request)
    page = Paginator(queries.look_ups_judged(), 20).get_page(request.GET.get("pagina", 1))
    return render(request, "duty/to_review.html", {"waiting": queries.look_ups_to_review()[:50], "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, review_id: uuid.UUID) -> HttpResponse:
    """One look-up: why it was done, and the judgement."""
    _reviewers_only(request)
    found = LookUpReview.objects.select_related("looker__organisation", "judged_by").filter(pk=review_id).first()
    if found is None:
        raise Http404
    reasons = rules.may_judge(found, request.viewer.id)
    form = forms.JudgementForm(request.POST or None, viewer=request.viewer, review=found)
    if request.method == "POST":
        demand(reasons)
        if form.is_valid():
            form.save()
            messages.success(request, _("Uw oordeel is vastgelegd."))
            return redirect("duty:to_review")
    return render(request, "duty/review.html", {"review": found, "form": form, "reasons": reasons})
