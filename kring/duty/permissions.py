"""Which role may do which act around an alarm. A duty worker is called before being in any circle: what she may do is
the database's word (`sec.acknowledge_alarm`)."""

from django.http import Http404, HttpRequest

from kring.circle.access import declare
from kring.circle.permissions import EVERY_PROFESSIONAL, TEAM
from kring.locks.subject import Viewer

declare(
    "duty",
    {
        "raise_alarm": f"{EVERY_PROFESSIONAL} founder family_member supporter",
        "acknowledge": f"{TEAM} receiving_desk",
        "ring_again": f"{TEAM} receiving_desk",
        "close_alarm": f"{TEAM} receiving_desk",
    },
    without_credentials="raise_alarm",
)


def is_staff(request: HttpRequest) -> bool:
    viewer: Viewer | None = getattr(request, "viewer", None)
    return viewer is not None and viewer.kind == "professional"


def staff_only(request: HttpRequest) -> None:
    """Rosters and alarms are professionals': for a family member these pages are not there."""
    if not is_staff(request):
        raise Http404
