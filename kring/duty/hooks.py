"""Where duty takes part in what other rooms do."""

import uuid

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.duty.actions import limit_guests
from kring.duty.models import AlarmState
from kring.duty.queries import RingingAlarm, is_reviewer, look_ups_to_review, my_alarms
from kring.duty.tasks import build_card
from kring.lifecycle.hooks import on_desk, on_happening, registered
from kring.lifecycle.models import Happening
from kring.lifecycle.waiting import Waiting
from kring.locks.postgres.base import done_here
from kring.locks.subject import Viewer


def register() -> None:
    on_happening("circle.sight_accepted", fact=_sight_has_another)
    on_desk("duty", waiting)
    on_happening("*", fact=_card_is_old)


def _sight_has_another(happening: Happening) -> None:
    limit_guests(happening.family_id)


def _card_is_old(happening: Happening) -> None:
    """Something happened in a room that says something on the card, or in the circle, where it says whom to call."""
    room = happening.kind.partition(".")[0]
    due = ("card", happening.family_id)
    if due not in done_here() and (room == "circle" or room in registered("card")):
        done_here().add(due)  # a report brings twenty happenings: one job after the commit sees them all
        build_card.defer(family_id=str(happening.family_id))


def waiting(viewer: Viewer, family_id: uuid.UUID | None = None) -> list[Waiting]:
    """What rings for me, what I have, and for a reviewer what waits for a judgement."""
    if viewer.kind != "professional":
        return []
    mine = [one for one in my_alarms() if one.state == AlarmState.RINGING or one.held_by == viewer.id]
    return [*(_line(one, viewer) for one in mine), *([] if family_id else _reviews(viewer))]


def _reviews(viewer: Viewer) -> list[Waiting]:
    """One line, however many wait: the list itself is on its own page."""
    waits = list(look_ups_to_review()[:100]) if is_reviewer(viewer) else []
    if not waits:
        return []
    count = ngettext("%(count)s noodopvraging", "%(count)s noodopvragingen", len(waits)) % {"count": len(waits)}
    since = waits[0].looked_up_at
    return [Waiting(_("Toetsen"), reverse("duty:to_review"), "week", sub=count, verb=_("Beoordeel"), since=since)]


def _line(alarm: RingingAlarm, viewer: Viewer) -> Waiting:
    ringing = alarm.state == AlarmState.RINGING
    says = alarm.says
    if alarm.nobody_has_it:
        says = _("Niemand heeft dit. Iedereen is gebeld; het bellen is opnieuw begonnen. %(what)s") % {
            "what": alarm.says
        }
    elif not ringing:
        says = _("%(what)s: u heeft dit") % {"what": alarm.says}
    return Waiting(
        title=alarm.label,
        sub=says,
        path=reverse("duty:alarm", args=[alarm.id]),
        urgency="now" if alarm.urgency == "now" else "today",
        verb=_("Bekijk") if ringing else _("Rond af"),
        since=alarm.raised_at,
        family_id=alarm.family_id if alarm.member else None,
        chip=_("alarm"),
        danger=ringing and alarm.urgency == "now",
    )
