"""What waits on the desk, and what an emergency card says of a report."""

import uuid
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.intake import queries
from kring.intake.models import AdviceQuestion, ConcernReport, Urgency
from kring.intake.states import ReportState
from kring.lifecycle.waiting import Urgency as HowSoon
from kring.lifecycle.waiting import Waiting
from kring.locks.subject import Viewer


def waiting(viewer: Viewer, family_id: uuid.UUID | None = None) -> list[Waiting]:
    """Reports nobody has and questions nobody answered wait on the whole desk; the rest on who has it by name."""
    if not queries.my_desks(viewer):
        return []
    reports = queries.reports_of_my_desks(viewer)
    if family_id:
        return [line for report in reports.filter(family_id=family_id) for line in _of(report, viewer)]
    to_do = reports.filter(Q(state=ReportState.RECEIVED) | Q(assessor_id=viewer.id)).select_related(None)
    return [
        *(_question(one) for one in queries.advice_waiting(viewer)),
        *(line for report in to_do.select_related("family") for line in _of(report, viewer)),
    ]


def _of(report: ConcernReport, viewer: Viewer) -> list[Waiting]:
    if report.state == ReportState.RECEIVED:
        soon: HowSoon = "now" if report.urgency == Urgency.NOW else "today"
        return [_line(report, _("nieuwe melding, nog van niemand"), _("Neem op"), report.assess_by, soon)]
    if report.assessor_id != viewer.id:
        return []
    if report.state == ReportState.IN_ASSESSMENT:
        return [_line(report, _("veiligheidsbeoordeling"), _("Beoordeel"), report.assess_by)]
    lines = [(report.tell_by, _("vertellen wat gemeld is"), _("Vertel"))]
    lines += [(report.feedback_by, _("terugkoppelen aan de melder"), _("Koppel terug"))]
    lines += [(report.conclude_by, _("melding afronden"), _("Rond af"))]
    return [_line(report, what, verb, due) for due, what, verb in lines if due]


def _line(report: ConcernReport, what: str, verb: str, due: date, soon: HowSoon | None = None) -> Waiting:
    return Waiting(
        title=report.family.label,
        sub=what,
        path=reverse("intake:report", args=[report.family_id, report.id]),
        urgency=soon or how_soon(due),
        verb=verb,
        due=due,
        since=report.received_at,
        family_id=report.family_id,
        danger=report.urgency == Urgency.NOW and report.state == ReportState.RECEIVED,
    )


def _question(advice: AdviceQuestion) -> Waiting:
    return Waiting(
        title=_("Adviesvraag"),
        sub=advice.get_asker_display(),
        path=reverse("intake:advice", args=[advice.id]),
        urgency=how_soon(advice.due_on),
        verb=_("Antwoord"),
        due=advice.due_on,
        since=advice.asked_at,
    )


def how_soon(due: date) -> HowSoon:
    today = timezone.localdate()
    if due <= today:
        return "today"
    return "week" if due <= today + timedelta(days=7) else "later"


def card(family_id: uuid.UUID) -> list[tuple[str, str]]:
    """On the emergency card: which reports run, and who has them. No content."""
    lines = []
    for report in queries.reports_of(family_id).exclude(state=ReportState.CLOSED):
        who = report.assessor.name if report.assessor else _("nog van niemand")
        day = timezone.localtime(report.received_at).strftime("%d-%m-%Y")
        lines.append(
            (_("Melding van %(day)s") % {"day": day}, f"{report.get_state_display()}, {who} ({report.desk.name})")
        )
    return lines
