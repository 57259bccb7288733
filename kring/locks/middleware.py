"""Headers on every answer: nothing is kept by a browser or a proxy, nothing is prefetched; and the mark of a public page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def for_everybody(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view as open to who is not signed in (the public page, sign-in). Without the mark: sign in first."""
    view.for_everybody = True  # type: ignore[attr-defined]
    return view


def for_family(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view as open to family members and their supporters too (the portal, own notices, own account). Without
    the mark a page is a professional's, and for anybody else it is not there."""
    view.for_family = True  # type: ignore[attr-defined]
    return view


class Headers:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "prefetch" in request.headers.get("Sec-Purpose", ""):
            return HttpResponse(status=503)  # a prefetch is a look that nobody took
        response = self.get_response(request)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), browsing-topics=()"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response
