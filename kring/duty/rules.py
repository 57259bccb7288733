"""May this be, and why not: pure functions, each with its source."""

import uuid
from datetime import date, datetime

from django.utils.translation import gettext as _

from kring.duty.models import Alarm, AlarmState, LookUpReview
from kring.lifecycle.reasons import Reason, rule


@rule(source="Meldcode en Handelingsprotocol Veilig Thuis; harm B1", binds="wie gebeld wordt")
def may_acknowledge(state: str, held_by: str) -> list[Reason]:
    """Een alarm is van één mens met naam: wie het eerst zegt 'ik heb het', heeft het."""
    if state == AlarmState.HELD:
        return [Reason("held", _("%(who)s heeft het al.") % {"who": held_by or _("Een collega")}, "harm B1")]
    if state == AlarmState.CLOSED:
        return [Reason("closed", _("Dit alarm is afgerond."), "harm B1")]
    return []


@rule(source="harm B12", binds="wie een alarm heeft")
def may_let_go(alarm: Alarm, viewer_id: uuid.UUID) -> list[Reason]:
    """Alleen wie het alarm heeft, rondt het af of laat het opnieuw rondgaan; tot een ander het heeft, houdt die het."""
    if alarm.held_by_id != viewer_id:
        return [Reason("not_yours", _("Een ander heeft dit alarm. Neem contact op."), "harm B12")]
    return []


@rule(source="Jeugdwet 2.6 lid 1 onder b (te allen tijde bereikbaar); harm B1", binds="wie het rooster maakt")
def may_plan(roles: frozenset[str], organisation_id: uuid.UUID) -> list[Reason]:
    """Het rooster maakt de teamleider van de organisatie die de dienst draait, of de beheerder."""
    if "administrator" in roles or f"team_leader:{organisation_id}" in roles:
        return []
    return [Reason("planner", _("Dit rooster maakt de teamleider van deze organisatie, of de beheerder."), "harm B1")]


def may_have_roster(region_id: uuid.UUID | None) -> list[Reason]:
    """An alarm finds a roster by its region."""
    if region_id:
        return []
    return [Reason("no_region", _("Deze organisatie hoort nog bij geen regio. Vraag de beheerder."), "harm B1")]


def may_make_rosters(roles: frozenset[str]) -> list[Reason]:
    """Whether this page has anything to offer; which organisation it may be for is `may_plan`."""
    if roles & {"administrator", "team_leader"}:
        return []
    return [Reason("planner", _("Een rooster maakt een teamleider of de beheerder."), "harm B1")]


@rule(source="harm B1, B49", binds="wie het rooster maakt")
def may_have_shift(
    has_duty: bool, starts_at: datetime, ends_at: datetime, also_then: list[tuple[datetime, datetime]]
) -> list[Reason]:
    """Wie dienst heeft, is daarvoor aangesteld, en staat in één rooster niet twee keer op hetzelfde uur."""
    reasons = []
    if not has_duty:
        reasons.append(
            Reason("not_appointed", _("Deze persoon is niet aangesteld voor piketdienst. Vraag de beheerder."), "B49")
        )
    if any(start < ends_at and end > starts_at for start, end in also_then):
        reasons.append(Reason("twice", _("Deze persoon staat op deze uren al in dit rooster."), "harm B1"))
    return reasons


LOOK_UP = "Wmo 2015 4.1.1 lid 2, Jeugdwet 3.1 en 2.6; AVG 6 lid 1 onder d; harm B2"


@rule(source=LOOK_UP, binds="wie 's nachts een gezin zoekt")
def may_look_up(on_duty: bool, has_power: bool) -> list[Reason]:
    """Opzoeken bij spoed kan alleen wie nu dienst heeft, bij een organisatie die dat volgens de wet mag."""
    reasons = []
    if not has_power:
        reasons.append(Reason("no_power", _("Uw organisatie heeft deze bevoegdheid niet."), LOOK_UP))
    if not on_duty:
        reasons.append(Reason("not_on_duty", _("U staat nu niet in een piketrooster."), LOOK_UP))
    return reasons


@rule(source="harm B2: altijd getoetst", binds="de toetser achteraf")
def may_judge(review: LookUpReview, viewer_id: uuid.UUID) -> list[Reason]:
    """Elke noodopvraging wordt één keer beoordeeld, door een ander dan wie opzocht."""
    if review.judged_at:
        return [Reason("judged", _("Deze opvraging is al beoordeeld."), "harm B2")]
    if review.looker_id == viewer_id:
        return [Reason("own", _("Uw eigen opvraging beoordeelt een ander."), "harm B2")]
    return []


@rule(source="harm C25; UAVG 41 lid 1 onder i", binds="de toetser achteraf")
def may_show(shown_from: date | None, shown_why: str, today: date) -> list[Reason]:
    """Het gezin ziet wie keek, tenzij dat iemand in gevaar brengt: dan later, met een reden en een dag."""
    if shown_from is None:
        return [Reason("no_day", _("Kies vanaf welke dag het gezin dit ziet."), "harm C25")]
    if shown_from > today and not shown_why:
        return [Reason("no_reason", _("Schrijf op waarom het gezin dit later ziet."), "harm C25")]
    return []
