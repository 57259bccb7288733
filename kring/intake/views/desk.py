"""The desk: what came in, a report by phone, advice, and notes about what was filed wrongly."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kring.intake import queries
from kring.intake.forms.desk import AnswerAdvice, NewAdvice, PhoneReport
from kring.intake.forms.weighing import BreachForm


def my_desk(request: HttpRequest) -> uuid.UUID:
    """Who has no desk finds no such page."""
    desks = queries.my_desks(request.viewer)
    if not desks:
        raise Http404
    return desks[0]


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    my_desk(request)
    notes = [note for note in queries.breach_notes(request.viewer) if note.decided_at is None]
    return render(request, "intake/inbox.html", {"inbox": queries.inbox(request.viewer), "notes": notes})


@require_http_methods(["GET", "POST"])
def new_report(request: HttpRequest) -> HttpResponse:
    desk_id = my_desk(request)
    if request.POST.get("go") == "add":
        form = PhoneReport.with_one_more(request.POST)
    else:
        form = PhoneReport(request.POST or None)
    if form.is_bound and form.is_valid():
        family_id, _slash, report_id = form.save(by=request.viewer, desk_id=desk_id).partition("/")
        messages.success(request, _("De melding staat er, en er is iemand gebeld."))
        return redirect("intake:report", family_id, report_id)
    return render(request, "intake/new_report.html", {"form": form, "people": form.people()})


@require_safe
def advice_list(request: HttpRequest) -> HttpResponse:
    my_desk(request)
    waiting = queries.advice_waiting(request.viewer)
    return render(
        request,
        "intake/advice_list.html",
        {"waiting": waiting, "answered": queries.advice_answered(request.viewer)[:20]},
    )


@require_http_methods(["GET", "POST"])
def new_advice(request: HttpRequest) -> HttpResponse:
    desk_id = my_desk(request)
    form = NewAdvice(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = form.save(by=request.viewer, desk_id=desk_id)
        messages.success(request, _("Bewaard. De code voor de vrager: %(code)s.") % {"code": asked.code})
        return redirect("intake:advice", asked.id)
    return render(request, "intake/new_advice.html", {"form": form})


@require_http_methods(["GET", "POST"])
def advice(request: HttpRequest, advice_id: uuid.UUID) -> HttpResponse:
    asked = queries.advice(request.viewer, advice_id)
    if asked is None:
        raise Http404
    form = AnswerAdvice(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save(by=request.viewer, advice=asked)
        messages.success(request, _("Beantwoord. De vrager leest het met de code."))
        return redirect("intake:advice_list")
    return render(request, "intake/advice.html", {"advice": asked, "form": form})


@require_http_methods(["GET", "POST"])
def breach(request: HttpRequest, note_id: uuid.UUID) -> HttpResponse:
    note = next((one for one in queries.breach_notes(request.viewer) if one.id == note_id), None)
    if note is None:
        raise Http404
    form = BreachForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save(by=request.viewer, note=note)
        messages.success(request, _("Het besluit is vastgelegd."))
        return redirect("intake:inbox")
    return render(request, "intake/breach.html", {"note": note, "form": form, "seen": queries.who_saw(note)})
