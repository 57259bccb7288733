"""From a received report to the action of intake that a person at the desk would have called."""

import uuid

from kring.accounts.models import Organisation
from kring.exchange.received import ReceivedReport, Unmapped
from kring.exchange.to_given import given
from kring.intake.actions import receive_report
from kring.locks.subject import Viewer


def found(
    *, by: Viewer, report: ReceivedReport, desk: Organisation, sender_name: str
) -> tuple[uuid.UUID, uuid.UUID, list[Unmapped]]:
    """A provisional family with this report, and somebody called. Returns both ids, and what only the duo may read."""
    told = given(report, sender_name)
    made = receive_report(
        by=by,
        desk_id=desk.id,
        arrived="message",
        reporter=told.reporter,
        people=told.people,
        concern=told.concern,
        reference=told.reference,
    )
    return made.family_id, made.id, told.left_over
