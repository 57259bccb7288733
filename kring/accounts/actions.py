"""Every change to organisations, people and powers; an administrator does it (the database demands it too)."""

from datetime import date
from typing import Any

from django.db import connections
from django.utils.translation import gettext as _

from kring.accounts.models import (
    Account,
    Appointment,
    Credential,
    Municipality,
    Organisation,
    Power,
    Professional,
    Region,
)
from kring.lifecycle.action import action
from kring.lifecycle.reasons import NotAllowed, Reason
from kring.locks.secret import normalised
from kring.locks.subject import Viewer


def _administrator(by: Viewer) -> None:
    if not by.has_role("administrator"):
        raise NotAllowed([Reason("administrator", _("Dit kan alleen de beheerder."), "BIO2 5.15")])


@action
def add_region(*, by: Viewer, name: str, municipalities: dict[str, str], minutes_per_rung: int = 15) -> Region:
    """A region with its municipalities (CBS code to name)."""
    _administrator(by)
    region = Region.objects.create(name=name, minutes_per_rung=minutes_per_rung)
    for code, town in municipalities.items():
        Municipality.objects.create(code=code, name=town, region=region)
    return region


@action
def add_organisation(*, by: Viewer, name: str, kind: str, **fields: Any) -> Organisation:
    _administrator(by)
    return Organisation.objects.create(name=name, kind=kind, **fields)


@action
def add_professional(
    *, by: Viewer, given_name: str, surname: str, organisation: Organisation, function: str, **fields: Any
) -> Professional:
    """A professional of a mother organisation. Sorted and found by a form without accents or prefixes' spaces."""
    _administrator(by)
    return Professional.objects.create(
        given_name=given_name,
        surname=surname,
        sort_name=normalised(f"{surname} {given_name}"),
        organisation=organisation,
        function=function,
        **fields,
    )


@action
def appoint(
    *, by: Viewer, professional: Professional, role: str, from_on: date, organisation: Organisation | None = None,
    until_on: date | None = None, mandate: str = "",
) -> Appointment:  # fmt: skip
    """Give a role at an organisation (the mother organisation unless another is named)."""
    _administrator(by)
    return Appointment.objects.create(
        professional=professional, organisation=organisation or professional.organisation, role=role,
        from_on=from_on, until_on=until_on, mandate=mandate,
    )  # fmt: skip


@action
def end_appointment(*, by: Viewer, appointment: Appointment, until_on: date) -> None:
    _administrator(by)
    Appointment.objects.filter(pk=appointment.pk).update(until_on=until_on)


@action
def add_credential(
    *, by: Viewer, kind: str, valid_from: date, valid_until: date, source: str,
    professional: Professional | None = None, organisation: Organisation | None = None,
) -> Credential:  # fmt: skip
    """Record a registration, VOG or training of a person, or a certificate of an organisation, as seen at its source."""
    _administrator(by)
    return Credential.objects.create(
        professional=professional, organisation=organisation, kind=kind, valid_from=valid_from,
        valid_until=valid_until, source=source,
    )  # fmt: skip


@action
def add_power(
    *, by: Viewer, organisation_kind: str, code: str, text: str, article: str, valid_from: date, valid_until: date | None = None
) -> Power:  # fmt: skip
    """What the law lets a kind of organisation do, with its article and dates."""
    _administrator(by)
    return Power.objects.create(
        organisation_kind=organisation_kind, code=code, text=text, article=article, valid_from=valid_from,
        valid_until=valid_until,
    )  # fmt: skip


@action
def deactivate(*, by: Viewer, professional: Professional) -> None:
    """Somebody leaves the organisation: every session ends now, the appointments end today."""
    _administrator(by)
    Professional.objects.filter(pk=professional.pk).update(active=False)
    Account.objects.filter(subject_id=professional.pk).update(is_active=False)
    with connections["login"].cursor() as cursor:
        cursor.execute("select sec.sign_out_everywhere(%s)", [professional.pk])


@action
def open_account(*, by: Viewer, professional: Professional, email: str, password: str | None = None) -> Account:
    """An account to sign in with; the second factor is set up at the first sign-in, before anything else is shown."""
    _administrator(by)
    return Account.objects.create_user(email, password, subject_id=professional.pk, subject_kind="professional")
