"""May this be, and why not: pure functions, each with its source."""

import uuid

from django.utils.translation import gettext as _

from kring.duty.models import Alarm, AlarmState
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
