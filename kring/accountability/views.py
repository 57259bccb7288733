"""What a witness asks: where the log stands, and the proof that it only grew. Hashes and signatures, no more."""

import base64

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from kring.accountability import log
from kring.locks.middleware import for_everybody

PLAIN = "text/plain; charset=utf-8"


@for_everybody
@require_GET
def checkpoint(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        note = log.last_note()
    if not note:
        raise Http404
    return HttpResponse(note, content_type=PLAIN)


@for_everybody
@require_GET
def consistency(request: HttpRequest) -> HttpResponse:
    old, new = _number(request, "old"), _number(request, "new")
    with transaction.atomic():
        if not 0 < old < new or not log.last_note(new):
            raise Http404  # only between what was signed
        proof = log.prove(old, new)
    return HttpResponse("\n".join(base64.b64encode(hash_).decode() for hash_ in proof), content_type=PLAIN)


@for_everybody
@csrf_exempt  # no session is used: the signature in the body is what counts
@require_POST
def cosignature(request: HttpRequest) -> HttpResponse:
    try:
        line = request.body.decode()
    except UnicodeDecodeError:
        return HttpResponse(status=400)
    with transaction.atomic():
        kept = len(line) < 400 and log.take_cosignature(_number(request, "size"), line)
    return HttpResponse(status=204 if kept else 403)


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    if not text.isascii() or not text.isdecimal() or len(text) > 15:
        raise Http404
    return int(text)
