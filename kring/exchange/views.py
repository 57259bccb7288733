"""The door for other systems, and the pages about what they sent."""

import uuid

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kring.accounts.views import administrators_only
from kring.circle.middleware import for_everybody
from kring.exchange import actions, identity, queries
from kring.exchange.door import answer_to
from kring.exchange.forms import KnownSenderForm
from kring.exchange.stuf import answers, refusals
from kring.exchange.stuf.refusals import Refusal

XML = "text/xml; charset=utf-8"
# One answer to whoever is not let in, whatever the reason: no certificate, a wrong one, an ended one.
CLOSED = answers.soap_fault(Refusal(refusals.NOT_LET_IN))


@csrf_exempt  # there is no session here: who may send is proven by a client certificate
@for_everybody
@require_http_methods(["POST"])
def stuf(request: HttpRequest) -> HttpResponse:
    """Messages of StUF-Jeugdzorg, from known senders only."""
    is_a_person = settings.SUBJECT_COOKIE in request.COOKIES  # also one whose session is over
    oin = "" if is_a_person else identity.oin_of(request)
    sender = queries.known_sender(oin) if oin else None
    if sender is None:
        return HttpResponse(CLOSED, content_type=XML, status=403)
    answer = answer_to(sender, _body(request))
    return HttpResponse(answer.body, content_type=XML, status=answer.status)


def _body(request: HttpRequest) -> bytes:
    """One byte more than we take in is enough to know that it is too large."""
    return request.read(settings.STUF_MAX_BYTES + 1)


@require_http_methods(["GET", "POST"])
def senders(request: HttpRequest) -> HttpResponse:
    """Which systems may send us messages; the administrator's."""
    administrators_only(request)
    form = KnownSenderForm(request.POST or None, initial={"from_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        form.save(request.viewer)
        return redirect("exchange:senders")
    return render(request, "exchange/senders.html", {"senders": queries.known_senders(), "form": form})


@require_POST
def end_sender(request: HttpRequest, sender_id: uuid.UUID) -> HttpResponse:
    administrators_only(request)
    found = get_object_or_404(queries.known_senders(), pk=sender_id)
    actions.end_known_sender(by=request.viewer, sender=found, until_on=timezone.localdate())
    return redirect("exchange:senders")


@require_GET
def message(request: HttpRequest, family_id: uuid.UUID, message_id: uuid.UUID) -> HttpResponse:
    shown = queries.message_page(request.viewer, family_id, message_id)
    return render(request, "exchange/message.html", {"shown": shown, "family_id": family_id})


@require_GET
def document(request: HttpRequest, family_id: uuid.UUID, message_id: uuid.UUID, number: int) -> HttpResponse:
    """A document that came along, to keep: what it says it is, is the sender's word, so the browser never opens it."""
    documents = queries.message_page(request.viewer, family_id, message_id).documents
    if not 1 <= number <= len(documents):
        raise Http404
    found = documents[number - 1]
    response = HttpResponse(found.content, content_type="application/octet-stream")
    name = found.file_name or f"document-{number}"
    response["Content-Disposition"] = content_disposition_header(True, name.replace("/", "_").replace("\\", "_"))
    return response


@require_POST
def read_message(request: HttpRequest, family_id: uuid.UUID, message_id: uuid.UUID) -> HttpResponse:
    shown = queries.message_page(request.viewer, family_id, message_id)
    actions.read_message(by=request.viewer, message=shown.message)
    return redirect("exchange:message", family_id, message_id)


@require_GET
def original(request: HttpRequest, family_id: uuid.UUID, message_id: uuid.UUID) -> HttpResponse:
    """The whole original, as text to keep: never shown by the browser as what it says it is."""
    shown = queries.message_page(request.viewer, family_id, message_id)
    return _as_text_file(shown.text)


def _as_text_file(text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="bericht.txt"'
    return response


def _desk_only(request: HttpRequest) -> None:
    if not request.viewer.has_role("desk"):
        raise Http404


@require_GET
def refused(request: HttpRequest) -> HttpResponse:
    _desk_only(request)
    return render(
        request, "exchange/refused.html", {"messages_refused": queries.refused_messages(request.viewer)[:100]}
    )


@require_GET
def refused_original(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """What could not be read by us may still be read by a person."""
    _desk_only(request)
    found = get_object_or_404(queries.refused_messages(request.viewer), pk=message_id)
    return _as_text_file(queries.text_for(request.viewer, queries.original_of(found))[0])


@require_POST
def see_refused(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(queries.refused_messages(request.viewer), pk=message_id)
    actions.see_refused(by=request.viewer, message=found)
    return redirect("exchange:refused")
