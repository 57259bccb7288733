"""Who has a desk: professionals."""

from django.http import Http404, HttpRequest


def is_staff(request: HttpRequest) -> bool:
    return bool(request.viewer) and request.viewer.kind == "professional"


def staff_only(request: HttpRequest) -> None:
    """A family member has the portal; for them this page is not there."""
    if not is_staff(request):
        raise Http404
