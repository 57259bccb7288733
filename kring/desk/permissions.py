"""Who has a desk: professionals."""

from django.http import Http404, HttpRequest


def is_staff(request: HttpRequest) -> bool:
    viewer = getattr(request, "viewer", None)  # a page drawn outside the middleware has nobody
    return viewer is not None and viewer.kind == "professional"


def staff_only(request: HttpRequest) -> None:
    """A family member has the portal; for them this page is not there."""
    if not is_staff(request):
        raise Http404
