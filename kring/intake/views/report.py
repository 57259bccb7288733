"""One report: read it, take it, weigh it, tell, answer, close. Every act: guard, form, one action."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.intake import actions, queries
from kring.intake.forms import weighing as forms
from kring.intake.models import FeedbackMoment
from kring.intake.queries import ReportPage, report_page
from kring.lifecycle.reasons import demand


@require_safe
def report(request: HttpRequest, family_id: uuid.UUID, report_id: uuid.UUID) -> HttpResponse:
    page = report_page(request.viewer, family_id, report_id)
    return render(request, "intake/report.html", {"page": page, "report": page.report})


@require_POST
def take_up(request: HttpRequest, family_id: uuid.UUID, report_id: uuid.UUID) -> HttpResponse:
    page = report_page(request.viewer, family_id, report_id)
    actions.take_up(by=request.viewer, report=page.report)
    messages.success(
        request, _("De melding staat op uw naam. U heeft nu zicht op veiligheid, als nog niemand het had.")
    )
    return redirect("intake:report", family_id, report_id)


@require_POST
def reassess(request: HttpRequest, family_id: uuid.UUID, report_id: uuid.UUID) -> HttpResponse:
    page = report_page(request.viewer, family_id, report_id)
    actions.reassess(by=request.viewer, report=page.report)
    messages.success(request, _("De beoordeling is weer open. Wat besloten was, blijft staan."))
    return redirect("intake:report", family_id, report_id)


@require_http_methods(["GET", "POST"])
def assess(request: HttpRequest, family_id: uuid.UUID, report_id: uuid.UUID, member_id: uuid.UUID) -> HttpResponse:
    page = _guarded(request, "weigh", family_id, report_id)
    line = queries.line_of(page, member_id)
    form = forms.AssessForm(request.POST or None, report=page.report, member=line.member, now=line.assessment)
    return _act(request, page, form, _("Hoe veilig is %(name)s?") % {"name": line.member.name}, line=line)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, family_id: uuid.UUID, report_id: uuid.UUID) -> HttpResponse:
    page = _guarded(request, "decide", family_id, report_id)
    form = forms.DecideForm(request.POST or None, report=page.report)
    return _act(request, page, form, _("Wat is de uitkomst?"), overlooked=page.against["overlooked"])


@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest, family_id: uuid.UUID, report_id: uuid.UUID, telling_id: uuid.UUID) -> HttpResponse:
    page = _guarded(request, "tell", family_id, report_id)
    telling = queries.telling_of(page, telling_id)
    form = forms.TellForm(request.POST or None, report=page.report, telling=telling)
    line = queries.line_of(page, telling.member_id)
    return _act(request, page, form, _("Vertel het %(name)s") % {"name": line.member.name}, line=line, telling=telling)


@require_http_methods(["GET", "POST"])
def postpone(request: HttpRequest, family_id: uuid.UUID, report_id: uuid.UUID, telling_id: uuid.UUID) -> HttpResponse:
    page = _guarded(request, "tell", family_id, report_id)
    telling = queries.telling_of(page, telling_id)
    form = forms.PostponeForm(request.POST or None, report=page.report, telling=telling)
    line = queries.line_of(page, telling.member_id)
    title = _("Later vertellen aan %(name)s") % {"name": line.member.name}
    return _act(request, page, form, title, line=line, postponed=queries.postponements_of(telling))


@require_http_methods(["GET", "POST"])
def feedback(request: HttpRequest, family_id: uuid.UUID, report_id: uuid.UUID) -> HttpResponse:
    page = _guarded(request, "give_feedback", family_id, report_id)
    moment = page.next_feedback or FeedbackMoment.AT_THE_END
    form = forms.FeedbackForm(request.POST or None, report=page.report, moment=moment)
    title = _("Wat hoort de melder %(moment)s?") % {"moment": FeedbackMoment(moment).label}
    return _act(request, page, form, title, reporter=page.reporter)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, family_id: uuid.UUID, report_id: uuid.UUID) -> HttpResponse:
    page = _guarded(request, "close", family_id, report_id)
    form = forms.CloseForm(request.POST or None, report=page.report)
    return _act(request, page, form, _("Rond de melding af"))


@require_http_methods(["GET", "POST"])
def take_out(request: HttpRequest, family_id: uuid.UUID, report_id: uuid.UUID) -> HttpResponse:
    page = _guarded(request, "take_out", family_id, report_id)
    form = forms.TakeOutForm(request.POST or None, report=page.report)
    return _act(request, page, form, _("Deze melding hoort hier niet"), back="intake:inbox", consequences=[
        _("De melding en alles wat erbij hoort verdwijnt uit dit gezin en komt bij een eigen, voorlopig gezin."),
        _("De datum van ontvangst blijft dezelfde: de termijn loopt door."),
        _("Er komt een notitie bij de balie met wie dit gezin intussen opende. Besluit binnen 72 uur of de Autoriteit"
          " Persoonsgegevens het hoort."),
    ])  # fmt: skip


@require_http_methods(["GET", "POST"])
def attach(request: HttpRequest, family_id: uuid.UUID, report_id: uuid.UUID) -> HttpResponse:
    page = _guarded(request, "attach", family_id, report_id)
    known = queries.known_families(page)
    form = forms.AttachForm(request.POST or None, report=page.report, families=known)
    return _act(request, page, form, _("Kennen we dit gezin al?"), back="intake:inbox", known=known, asks_families=True)


def _guarded(request: HttpRequest, act: str, family_id: uuid.UUID, report_id: uuid.UUID) -> ReportPage:
    """The page, or a refusal with its reasons: the same that make the button grey.

    That a colleague took over meanwhile, the form says: what was typed is not lost.
    """
    page = report_page(request.viewer, family_id, report_id)
    sent = request.method == "POST"
    demand([one for one in page.against[act] if not (sent and one.code == "has_another")], family_id=family_id)
    return page


def _act(
    request: HttpRequest, page: ReportPage, form: forms.ActForm, heading: str, *, back: str = "", **more: Any
) -> HttpResponse:
    """Show the form, or do what it says and go back to the report (or to `back`, when the report is no longer there)."""
    status = 200
    if request.method == "POST" and form.is_valid():
        if form.save(by=request.viewer):
            messages.success(request, str(form.done))
            return redirect(back) if back else redirect("intake:report", page.report.family_id, page.report.id)
        status = 409 if form.standing else 200
    context = {"page": page, "report": page.report, "form": form, "heading": heading, **more}
    return render(request, "intake/act.html", context, status=status)
