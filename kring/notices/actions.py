"""Telling people. Notices never decides whom: the room that asks does."""

import uuid

from django.db import connection
from django.utils import timezone

from kring.lifecycle.action import action
from kring.locks.subject import Viewer
from kring.notices.kinds import kind_of
from kring.notices.models import Notice
from kring.notices.tasks import send


@action
def tell(
    *, by: Viewer, to_id: uuid.UUID, to_kind: str, kind: str, family_id: uuid.UUID | None = None, path: str = "",
    urgent: bool = False,
) -> uuid.UUID:  # fmt: skip
    """Tell one person one thing, in Kring; and, when its kind asks for it or it is urgent, leave in the outbox that a
    sign has to go outside. Notice, outbox and job are in one transaction with the fact that caused them."""
    notice_id = uuid.uuid4()
    dispatch_id = uuid.uuid4() if urgent or kind_of(kind).outside else None
    with connection.cursor() as cursor:
        cursor.execute(
            "select sec.tell(%s, %s, %s, %s, %s, %s, %s, %s)",
            [notice_id, to_id, to_kind, kind_of(kind).code, family_id, path, urgent, dispatch_id],
        )
    if dispatch_id:
        send.defer(dispatch_id=str(dispatch_id))
    return notice_id


@action
def mark_read(*, by: Viewer, notice_id: uuid.UUID) -> Notice:
    """The receiver read it; DoesNotExist for somebody else's, as for none."""
    notice = Notice.objects.select_for_update().get(pk=notice_id)
    if notice.read_at is None:
        notice.read_at, notice.version = timezone.now(), notice.version + 1
        notice.save(update_fields=["read_at", "version"])
    return notice


@action
def mark_all_read(*, by: Viewer) -> int:
    """Everything that waits here is read; what is urgent stays until it is opened itself."""
    return Notice.objects.filter(to_id=by.id, read_at__isnull=True, urgent=False).update(read_at=timezone.now())
