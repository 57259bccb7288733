"""The public page. No account; nothing is stored between two questions; addresses and titles say nothing (harm B8)."""

from typing import Any
from uuid import UUID, uuid4, uuid5

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kring.circle.middleware import for_everybody
from kring.intake import actions, queries
from kring.intake.actions import letterbox
from kring.intake.codes import code_of
from kring.intake.forms import answers as read
from kring.intake.forms.public import MOST_PEOPLE, QUESTIONS, Questions, people_in
from kring.intake.forms.questions import AskAdvice, Code, PersonStep
from kring.intake.reporter import as_reporter, too_often
from kring.lifecycle.once import once
from kring.lifecycle.reasons import Conflict
from kring.locks.subject import Viewer


@for_everybody
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    return render(request, "intake/public/start.html")


@for_everybody
@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest, name: str) -> HttpResponse:
    """One page a question. What was pressed (`go`) says what comes: next, back, another person, keep, send."""
    asked = QUESTIONS.get(name)
    if asked is None:
        raise Http404
    if request.method == "GET":
        return _question(request, asked, 0, {"idempotency_key": str(uuid4())})
    return _go(request, asked, _answers(request, asked), request.POST.get("go", "next"))


def _go(request: HttpRequest, asked: Questions, answers: dict[str, str], go: str) -> HttpResponse:
    here = _index(request, asked)
    if go == "keep":
        return _keep(request, asked, answers)
    if go == "send":
        return _send(request, asked, answers)
    if go == "back":
        return _question(request, asked, max(here - 1, 0), answers)
    if go == "add":
        return _question(request, asked, here, answers | {"people": str(min(people_in(answers) + 1, MOST_PEOPLE))})
    if go.startswith("to-") and go[3:].isdecimal():
        return _question(request, asked, min(int(go[3:]), len(asked.steps) - 1), answers)
    if not all(form.is_valid() for form in asked.forms(here, answers, bound=True)):
        return _question(request, asked, here, answers, bound=True)
    if answers.get("report_needed") == "no":
        return render(request, "intake/public/no_report.html", {"asked": asked, **_carried(asked, answers, here)})
    return (
        _last_look(request, asked, answers)
        if here + 1 == len(asked.steps)
        else _question(request, asked, here + 1, answers)
    )


def _question(
    request: HttpRequest, asked: Questions, index: int, answers: dict[str, str], *, bound: bool = False
) -> HttpResponse:
    step = asked.steps[index]
    context: dict[str, Any] = {
        "asked": asked,
        "step": step,
        "number": index + 1,
        "of": len(asked.steps),
        "forms": asked.forms(index, answers, bound=bound),
        "more_people": issubclass(step, PersonStep) and people_in(answers) < MOST_PEOPLE,
        "danger": index > 0 and answers.get("urgency") == "now",
    }
    return render(request, "intake/public/question.html", context | _carried(asked, answers, index))


def _last_look(request: HttpRequest, asked: Questions, answers: dict[str, str]) -> HttpResponse:
    parts = []
    for index, step in enumerate(asked.steps):
        lines = [line for form in asked.forms(index, answers, bound=True) for line in form.shown()]
        parts.append((index, step.title, [(label, words) for label, words in lines if words]))
    context = {"asked": asked, "parts": parts, "danger": answers.get("urgency") == "now"}
    return render(request, "intake/public/last_look.html", context | _carried(asked, answers, None))


def _keep(request: HttpRequest, asked: Questions, answers: dict[str, str]) -> HttpResponse:
    if too_often(request, "keep", most=20, minutes=60):
        return _too_often(request, asked, answers)
    code = letterbox.keep_draft(asked.name, answers)
    return render(request, "intake/public/kept.html", {"code": code})


def _send(request: HttpRequest, asked: Questions, answers: dict[str, str]) -> HttpResponse:
    """Send it once, however often somebody taps; nothing is thrown away when something is missing."""
    if (wrong := read.first_wrong_step(asked, answers)) is not None:
        return _question(request, asked, wrong, answers, bound=True)
    if too_often(request, "send", most=30, minutes=60):
        return _too_often(request, asked, answers)
    try:
        code = _send_once(asked, answers, _key(answers))
    except Conflict:  # sent before, then went back and changed it: what is new must arrive too, once
        code = _send_once(asked, answers, uuid5(_key(answers), repr(sorted(answers.items()))))
    if answers.get("draft_code"):
        letterbox.drop_draft(answers["draft_code"])
    return render(request, "intake/public/sent.html", {"code": code, "danger": answers.get("urgency") == "now"})


def _send_once(asked: Questions, answers: dict[str, str], key: UUID) -> str:
    code = code_of(key)
    with as_reporter("melding doen") as reporter:
        once(by=reporter, key=key, sent=answers, act=lambda: _receive(reporter, asked.kind, answers, code))
    return code


def _receive(reporter: Viewer, kind: str, answers: dict[str, str], code: str) -> str:
    report = actions.receive_report(
        by=reporter, desk_id=queries.desk_for(answers.get("town", "")).id, arrived="public",
        reporter=read.reporter(answers, kind), people=read.people(answers), concern=read.concern(answers, kind),
    )  # fmt: skip
    actions.write_receipt(by=reporter, report=report, code=code)
    return ""


@for_everybody
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Advice, without a name in it."""
    form = AskAdvice(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "intake/public/ask.html", {"form": form})
    if too_often(request, "ask", most=20, minutes=60):
        return _too_often(request)
    with as_reporter("advies vragen") as reporter:
        asked = actions.ask_advice(by=reporter, desk_id=queries.desk_for().id, **form.cleaned_data)
    return render(request, "intake/public/asked.html", {"code": asked.code})


@for_everybody
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Back with a code: a draft goes on where it was, a receipt and a question show what there is to read."""
    form = Code(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "intake/public/code.html", {"form": form})
    if too_often(request, "code", most=10, minutes=10):
        return _too_often(request)
    given = form.cleaned_data["code"]
    if draft := letterbox.draft_behind(given):
        asked, answers = QUESTIONS[draft[0]], draft[1] | {"draft_code": given}
        return _question(request, asked, read.first_wrong_step(asked, answers) or 0, answers)
    if receipt := queries.receipt_behind(given):
        return render(request, "intake/public/receipt.html", {"receipt": receipt})
    if answer := queries.answer_behind(given):
        return render(request, "intake/public/answer.html", {"answer": answer, "code": given, "key": uuid4()})
    form.add_error("code", _("Deze code kennen we niet. Kijk elk teken nog eens na."))
    return render(request, "intake/public/code.html", {"form": form})


def _too_often(
    request: HttpRequest, asked: Questions | None = None, answers: dict[str, str] | None = None
) -> HttpResponse:
    """Wait a little; what was written stays on the page, to try again with."""
    context = {"asked": asked} | (_carried(asked, answers or {}, None) if asked else {})
    return render(request, "intake/public/too_often.html", context, status=429)


def _answers(request: HttpRequest, asked: Questions) -> dict[str, str]:
    """What was answered so far, by the names we asked; whatever else was sent is dropped."""
    names = asked.fields(people_in(request.POST))
    return {name: request.POST[name] for name in names if request.POST.get(name)}


def _carried(asked: Questions, answers: dict[str, str], here: int | None) -> dict[str, Any]:
    """The answers of the other questions, to travel along unseen."""
    step = asked.steps[here] if here is not None else None
    shown = set(step.base_fields) if step and not issubclass(step, PersonStep) else set()
    prefixed = step is not None and issubclass(step, PersonStep)
    carried = {
        name: value
        for name, value in answers.items()
        if name not in shown and not (prefixed and name.startswith("p") and "-" in name)
    }
    return {
        "carried": carried | {"people": str(people_in(answers))},
        "here": here if here is not None else len(asked.steps),
    }


def _index(request: HttpRequest, asked: Questions) -> int:
    given = request.POST.get("step", "0")
    return min(int(given), len(asked.steps) - 1) if given.isdecimal() else 0


def _key(answers: dict[str, str]) -> UUID:
    try:
        return UUID(answers.get("idempotency_key", ""))
    except ValueError:
        return uuid4()
