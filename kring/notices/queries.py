"""Reading one's own notices. Row-level security shows a notice to its receiver alone."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _

from kring.circle.models import Family
from kring.locks.subject import Viewer
from kring.notices.kinds import kind_of
from kring.notices.models import Notice

PAGE = 30


@dataclass(frozen=True)
class Line:
    """One notice as the list shows it. `family` is its label while the reader is in its circle, else empty."""

    id: uuid.UUID
    sentence: str
    verb: str
    family: str
    at: datetime
    urgent: bool
    unread: bool

    @property
    def chip(self) -> tuple[str, str]:
        """Word and colour in front of the line."""
        if not self.unread:
            return _("gelezen"), "neutral"
        return (_("nu"), "danger") if self.urgent else (_("nieuw"), "info")


def notices_of(viewer: Viewer, number: str | int) -> tuple[Page[Notice], list[Line]]:
    """A page of the newest first, with its lines."""
    page = Paginator(Notice.objects.filter(to_id=viewer.id).order_by("-recorded_at"), PAGE).get_page(number)
    families = {notice.family_id for notice in page if notice.family_id}
    labels = dict(Family.objects.filter(pk__in=families).values_list("id", "label"))
    return page, [_line(notice, labels) for notice in page]


def _line(notice: Notice, labels: dict[uuid.UUID, str]) -> Line:
    kind = kind_of(notice.kind)
    family = labels.get(notice.family_id, "") if notice.family_id else ""
    return Line(
        notice.id, str(kind.sentence), str(kind.verb), family, notice.recorded_at, notice.urgent, notice.read_at is None
    )


def unread_count(viewer: Viewer) -> int:
    return Notice.objects.filter(to_id=viewer.id, read_at__isnull=True).count()


def unread(request: HttpRequest) -> int:
    """For the menu of every page: one query."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    return unread_count(viewer) if viewer else 0
