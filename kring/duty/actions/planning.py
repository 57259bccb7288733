"""Every change to rosters and shifts. They belong to no family: the trail tells who changed them."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from kring.accounts.models import Organisation, Professional, Role
from kring.accounts.queries import appointments_on
from kring.duty import rules
from kring.duty.models import Roster, Shift, on_duty_between
from kring.lifecycle.action import action
from kring.lifecycle.reasons import demand
from kring.locks.subject import Viewer


@action
def start_roster(*, by: Viewer, name: str, kind: str, organisation: Organisation) -> Roster:
    """A new roster, of the organisation that runs it, for its region."""
    demand(rules.may_plan(by.roles, organisation.id), rules.may_have_roster(organisation.region_id))
    region: Any = organisation.region  # the rule above refused none
    return Roster.objects.create(name=name, kind=kind, organisation=organisation, region=region)


@action
def plan_shift(
    *, by: Viewer, roster: Roster, professional: Professional, starts_at: datetime, ends_at: datetime
) -> Shift:
    """Somebody answers from one moment to another."""
    demand(rules.may_plan(by.roles, roster.organisation_id))
    day = timezone.localdate(starts_at)
    appointed = appointments_on(day).filter(professional=professional, role=Role.DUTY).exists()
    theirs = Shift.objects.filter(on_duty_between(starts_at, ends_at), roster=roster, professional=professional)
    taken = list(theirs.values_list("starts_at", "ends_at"))
    demand(rules.may_have_shift(appointed, starts_at, ends_at, taken))
    return Shift.objects.create(
        roster=roster, organisation_id=roster.organisation_id, professional=professional, starts_at=starts_at, ends_at=ends_at
    )  # fmt: skip


@action
def withdraw_shift(*, by: Viewer, shift: Shift) -> None:
    """Taken off the roster; the page shows the gap that it leaves."""
    demand(rules.may_plan(by.roles, shift.organisation_id))
    shift.delete()
