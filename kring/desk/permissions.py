"""Who has a desk: professionals."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from kring.lifecycle.reasons import Reason
from kring.locks.subject import Viewer


def is_staff(request: HttpRequest) -> bool:
    viewer = getattr(request, "viewer", None)  # a page drawn outside the middleware has nobody
    return viewer is not None and viewer.kind == "professional"


def staff_only(request: HttpRequest) -> None:
    """A family member has the portal; for them this page is not there."""
    if not is_staff(request):
        raise Http404


def mandate_missing(viewer: Viewer) -> list[Reason]:
    """Why somebody may not look for supervision; the database asks for the mandate itself."""
    if viewer.has_role("inspector"):
        return []
    return [Reason("no_mandate", _("Dit kan alleen een inspecteur met een mandaat op naam."), "Jeugdwet 9.2")]
