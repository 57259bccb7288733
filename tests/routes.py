"""Every route of the resolver, and every kind of people that the matrix and the twin probe send along it."""

import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver
from django.urls.converters import UUIDConverter
from django.utils import timezone

from kring.circle.models import OfFamily
from kring.locks.models import Model, own_models
from kring.locks.postgres.base import as_owner

# Words in an address that are no object's id: something that exists; for one route alone as below.
WORDS = {
    "number": "1",
    "what": "uitnodigen",
    "key": "samira",
    "provider_id": "geen",
    "pk": "1",
    "uidb36": "a",
    "name": "iemand",
    "administer_change what": "rol",
    "families:add what": "gezinslid",
    "families:change what": "bereiken",
    "families:change_home what": "adres",
    "families:end what": "gevaar",
}
# What an id in an address is, where it is not called so; for one route alone: "room:name some_id".
MODELS = {
    "sender_id": "knownsender",
    "review_id": "lookupreview",
    "message_id": "receivedmessage",
    "member_id": "familymember",
    "other_id": "familymember",
    "report_id": "concernreport",
    "advice_id": "advicequestion",
    "note_id": "breachnote",
    "families:end row_id": "doordanger",
    "exchange:see_refused message_id": "refusedmessage",
}


@dataclass(frozen=True)
class Route:
    name: str
    pattern: str
    converters: dict[str, Any]
    view: Callable[..., HttpResponse]

    @property
    def ids(self) -> list[str]:
        """The names of the objects in this address."""
        return [name for name, converter in self.converters.items() if isinstance(converter, UUIDConverter)]

    def url(self, ids: dict[str, uuid.UUID]) -> str:
        def fill(found: re.Match[str]) -> str:
            name = found[1].rpartition(":")[2]
            return str(ids[name]) if name in ids else WORDS.get(f"{self.name} {name}", WORDS.get(name, ""))

        return "/" + re.sub(r"<([^>]+)>", fill, self.pattern)


def routes() -> list[Route]:
    """Ours, not allauth's, whose pages are not about a family (they have tests of their own)."""
    return sorted(_walk(get_resolver(), "", "", {}), key=lambda route: route.name)


def _walk(resolver: Any, pattern: str, namespace: str, above: dict[str, Any]) -> Iterator[Route]:
    for found in resolver.url_patterns:
        converters = above | getattr(found.pattern, "converters", {})
        if hasattr(found, "url_patterns"):
            inner = f"{namespace}{found.namespace}:" if found.namespace else namespace
            yield from _walk(found, pattern + str(found.pattern), inner, converters)
        elif not found.callback.__module__.startswith("allauth."):
            where = pattern + str(found.pattern)
            yield Route(namespace + (found.name or where), where, converters, found.callback)


def model_of(route: Route, name: str) -> type[Model]:
    """The model of an object that stands in an address as `<uuid:alarm_id>`: by its name, or as MODELS says."""
    wanted = MODELS.get(f"{route.name} {name}") or MODELS.get(name) or name.removesuffix("_id").replace("_", "")
    found = [model for model in own_models() if wanted in (model._meta.model_name, model._meta.label_lower)]
    assert len(found) == 1, f"{route.name}: say in tests/routes.py MODELS what <uuid:{name}> is"
    return found[0]


def objects(route: Route, family_id: uuid.UUID) -> dict[str, uuid.UUID]:
    """What this address names, in this family (or in none, where its table has no family)."""
    return {name: an_object(model_of(route, name), family_id) for name in route.ids}


def an_object(model: type[Model], family_id: uuid.UUID) -> uuid.UUID:
    """One that the story made, or one invented here; as the owner, whom nothing is hidden from."""
    with as_owner(), transaction.atomic():
        return _found_or_invented(model, family_id)


def _found_or_invented(model: type[Model], family_id: uuid.UUID, not_these: Iterable[Any] = ()) -> uuid.UUID:
    names = {field.attname for field in model._meta.concrete_fields}
    mine: dict[str, Any] = {"pk": family_id} if model._meta.label == "circle.Family" else {}
    if "family_id" in names:
        mine = {"family_id": family_id}
    newest = [*(["-until_at"] if "until_at" in names else []), "-recorded_at"]
    thing = model._default_manager.filter(**mine).exclude(pk__in=not_these).order_by(*newest).first()
    thing = thing or model._default_manager.create(**_invented(model, family_id), **mine)
    found: uuid.UUID = thing.pk
    return found


def _invented(model: type[Model], family_id: uuid.UUID) -> dict[str, Any]:
    """A value for every field that asks for one; what belongs to a family is about Fatma, so that a page that shows it
    to a stranger is caught."""
    text = "Fatma de Vries" if issubclass(model, OfFamily) else "iets"
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.null or field.has_default() or field.has_db_default() or field.name in ("family", "family_id"):
            continue
        if field.is_relation:
            values[field.attname] = _found_or_invented(
                field.related_model, family_id, [one for one in values.values() if isinstance(one, uuid.UUID)]
            )
        elif isinstance(field, models.CharField | models.TextField) and field.blank:
            values[field.attname] = ""
        elif field.choices:
            values[field.attname] = field.choices[0][0]
        elif isinstance(field, models.CharField | models.TextField):
            values[field.attname] = text[: field.max_length]
        else:
            values[field.attname] = next(make() for kind, make in _VALUES.items() if isinstance(field, kind))
    return values | TOGETHER.get(model._meta.label, {})


# Fields that only fit together.
TOGETHER: dict[str, dict[str, Any]] = {
    "intake.SafetyAssessment": {"judgement": "not_established", "reason": "Fatma"},
    "intake.Postponement": {"until_on": timezone.localdate() + timedelta(days=1), "reason": "Fatma"},
    "intake.Feedback": {"text": "Fatma"},
}
_VALUES: dict[type[models.Field], Callable[[], Any]] = {
    models.UUIDField: uuid.uuid4,
    models.DateTimeField: timezone.now,
    models.DateField: timezone.localdate,
    models.BooleanField: bool,
    models.IntegerField: lambda: 1,
    models.BinaryField: lambda: b"x",
    ArrayField: list,
    models.JSONField: dict,
}


def ask(token: str | None, method: str, url: str) -> HttpResponse:
    """One request of whoever has this token. What it did is taken back, so that the next finds the same."""
    client = Client(raise_request_exception=False)
    if token:
        client.cookies[settings.SUBJECT_COOKIE] = token
    with ExitStack() as stack:
        for alias in ("default", "login"):
            stack.enter_context(transaction.atomic(using=alias))
        response: HttpResponse = getattr(client, method.lower())(url)
        for alias in ("default", "login"):
            transaction.set_rollback(True, using=alias)
    return response


_TOKENS = re.compile(
    r'(name="(?:csrfmiddlewaretoken|idempotency_key)" value=")[^"]*|(?<=nonce-)[\w+/=-]+|csrf=[^;]*', re.IGNORECASE
)


def shown(response: HttpResponse, *ids: uuid.UUID) -> tuple[Any, ...]:
    """What somebody can tell from an answer: status, headers and body, without tokens and the id that was asked for."""
    text = "\n".join(
        [*(f"{key}: {value}" for key, value in sorted(response.headers.items())), response.content.decode()]
    )
    text = _TOKENS.sub(r"\1", text)
    for id_ in ids:
        text = text.replace(str(id_), "ID")
    return response.status_code, text
