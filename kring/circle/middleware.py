"""The innermost middleware: opens the transaction as who is signed in, covers rendering, and keeps refusals."""

import logging
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse

from kring.accounts.queries import load_viewer
from kring.circle.access import NotThere
from kring.circle.errors import refused_page
from kring.lifecycle.reasons import Conflict, NotAllowed
from kring.locks.middleware import for_everybody as for_everybody
from kring.locks.middleware import for_family as for_family
from kring.locks.subject import Subject, acting_as

log = logging.getLogger("kring.request")
View = Callable[..., HttpResponse]


class ActAsSubject:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        request.request_id = uuid.uuid4().hex
        request.viewer, request.refusal = None, None
        token = _token(request)
        response = self._as_subject(request, token) if token else self.get_response(request)
        who = request.viewer.id if request.viewer else None
        log.info(
            "request",
            extra={
                "request_id": request.request_id,
                "subject": str(who) if who else None,
                "action": request.resolver_match.view_name if request.resolver_match else None,
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - began) * 1000, 1),
            },
        )
        return response

    def _as_subject(self, request: HttpRequest, token: str) -> HttpResponse:
        subject = Subject(token, purpose=request.method or "", request=request.request_id)
        with acting_as(subject):
            with transaction.atomic():  # of its own: signing out must not wait for this page's transaction
                request.viewer = load_viewer(settings.SESSION_IDLE_MINUTES)
            with transaction.atomic():
                response = self.get_response(request)
                # A form that shows what two wrote at once is a page with content: its look stays on the trail.
                if response.status_code >= 400 and not getattr(response, "shows_content", False):
                    transaction.set_rollback(True)
            if request.refusal:
                _write_refusal(*request.refusal)
        if request.viewer is None:
            response.delete_cookie(settings.SUBJECT_COOKIE)
        return response

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        """Fail closed: a page without a mark is for professionals who are signed in; for a family member it is not there."""
        module = getattr(view, "__module__", "")
        if getattr(view, "for_everybody", False) or module.startswith(("allauth.", "django.views.static")):
            return None
        if request.viewer:
            if request.viewer.kind != "professional" and not getattr(view, "for_family", False):
                raise Http404
            return None
        if request.user.is_authenticated:
            logout(request)  # a second factor was set up just now: the sign-in that counts comes with it
        return redirect_to_login(request.path, settings.SIGN_IN_URL)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotThere):
            request.refusal = (error.family_id, error.what)
        elif isinstance(error, NotAllowed):
            if error.family_id:
                request.refusal = (error.family_id, ", ".join(reason.code for reason in error.reasons))
            return refused_page(request, error.reasons)
        elif isinstance(error, Conflict):
            return refused_page(request, [], status=409)
        return None


def _token(request: HttpRequest) -> str | None:
    """The cookie's token when it has the form of one; anything else is no token (and never reaches SQL)."""
    try:
        return str(uuid.UUID(request.COOKIES.get(settings.SUBJECT_COOKIE, "")))
    except ValueError:
        return None


def _write_refusal(family_id: uuid.UUID, what: str) -> None:
    """After the rollback of the refused page, in its own transaction (a rolled-back refusal left no row)."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select sec.refused(%s, %s)", [family_id, what])
