"""Reading about professionals and organisations."""

import uuid
from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from kring.accounts.models import Account, Appointment, Credential, Organisation, Power, Professional
from kring.locks.secret import normalised
from kring.locks.subject import Viewer


def load_viewer(idle_minutes: int) -> Viewer | None:
    """Who the token of this request is, or None when the session is over. One query, once a request."""
    with connection.cursor() as cursor:
        cursor.execute("select sec.touch(%s), w.* from sec.who_am_i() w", [idle_minutes])
        row = cursor.fetchone()
    if row is None or not row[0]:
        return None
    _alive, subject_id, kind, name, organisation_id, organisation, job, held = row
    return Viewer(subject_id, kind, name, organisation_id, organisation or "", job or "", _roles(held))


def professional_viewer(professional_id: uuid.UUID) -> Viewer:
    """A professional as viewer, with the roles that hold today."""
    who = Professional.objects.select_related("organisation").get(pk=professional_id)
    held = appointments_on(timezone.localdate()).filter(professional=who).values_list("role", "organisation_id")
    roles = _roles(f"{role}:{organisation}" for role, organisation in held)
    return Viewer(who.id, "professional", who.name, who.organisation_id, who.organisation.name, who.function, roles)


def _roles(held: Iterable[str]) -> frozenset[str]:
    """`desk:<organisation>` says both: at the desk there, and at a desk."""
    return frozenset(role for one in held for role in (one, one.partition(":")[0]))


def appointments_on(day: date) -> QuerySet[Appointment]:
    return Appointment.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day)


def powers_of(organisation: Organisation, day: date) -> QuerySet[Power]:
    """What the law lets this organisation's people do on that day, with the articles."""
    return _powers_on(day).filter(organisation_kind=organisation.kind).order_by("code")


def _powers_on(day: date) -> QuerySet[Power]:
    return Power.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day)


def mother_organisation(organisation_id: uuid.UUID | None) -> Organisation | None:
    """The organisation a professional acts for; a family member has none."""
    return Organisation.objects.filter(pk=organisation_id).first() if organisation_id else None


def powers_held(organisation_id: uuid.UUID | None, day: date) -> set[str]:
    """The codes of what the law lets an organisation do on that day; of no organisation: nothing."""
    if organisation_id is None:
        return set()
    kind = Organisation.objects.filter(pk=organisation_id).values("kind")
    return set(_powers_on(day).filter(organisation_kind__in=kind).values_list("code", flat=True))


def has_power(viewer: Viewer, code: str, day: date) -> bool:
    """Does the law let this professional's mother organisation do this, on that day?"""
    return code in powers_held(viewer.organisation_id, day)


def own_account(viewer: Viewer, day: date) -> dict[str, object]:
    """One's own roles, the powers of the mother organisation, and credentials with their last day."""
    organisation = mother_organisation(viewer.organisation_id)
    own = Q(professional_id=viewer.id) | Q(organisation_id=viewer.organisation_id)
    return {
        "appointments": appointments_on(day).filter(professional_id=viewer.id).select_related("organisation"),
        "powers": powers_of(organisation, day) if organisation else [],
        "credentials": Credential.objects.filter(own).order_by("valid_until"),
        "today": day,
    }


def directory(words: str) -> QuerySet[Professional]:
    """Professionals by surname; found by the beginning of it."""
    found = Professional.objects.select_related("organisation").order_by("-active", "sort_name")
    return found.filter(sort_name__startswith=normalised(words)) if words else found


def about(who: Professional, day: date) -> dict[str, object]:
    """A professional's roles that hold, credentials with their last day, and the address of the account."""
    return {
        "appointments": appointments_on(day).filter(professional=who).select_related("organisation"),
        "credentials": who.credentials.order_by("valid_until"),
        "account": Account.objects.filter(subject_id=who.pk).first(),
    }
