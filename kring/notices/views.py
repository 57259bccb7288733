"""One's own notices."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from kring.locks.middleware import for_family
from kring.notices import actions, queries
from kring.notices.models import Notice


@for_family
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """Everything I was told, newest first."""
    page, lines = queries.notices_of(request.viewer, request.GET.get("pagina", 1))
    base = "ui/frame.html" if request.viewer.kind == "professional" else "ui/portal.html"
    return render(request, "notices/notices.html", {"page": page, "lines": lines, "base": base})


@for_family
@require_POST
def read(request: HttpRequest, notice_id: uuid.UUID) -> HttpResponse:
    """Mark one as read and go where it leads."""
    try:
        notice = actions.mark_read(by=request.viewer, notice_id=notice_id)
    except Notice.DoesNotExist as error:
        raise Http404 from error
    return redirect(notice.path or "notices:notices")


@for_family
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    actions.mark_all_read(by=request.viewer)
    return redirect("notices:notices")
