"""Supervision: an inspector reads by law, without consent, within a named mandate (Jeugdwet 9.2; harm B36)."""

import uuid
from datetime import date

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from kring.circle.models import Audience
from kring.families import lookup
from kring.families.models import LookupKind
from kring.lifecycle.action import action, record
from kring.lifecycle.reasons import NotAllowed, Reason
from kring.locks.subject import Viewer

DAYS, MOST = 14, 20
LIMITED = "Jeugdwet 9.2; AVG artikel 5 lid 1 onder c"


@action
def enter_for_inspection(
    *, by: Viewer, bsn: str = "", surname: str = "", born_on: date | None = None
) -> uuid.UUID | None:
    """Enter one family's file as an inspector, for two weeks: by exact BSN, or exact surname and birth date.

    None for nothing and for more than one alike. Secret addresses and BSNs stay shut. Raises NotAllowed without a named
    mandate, and when twenty files are open: the set is limited.
    """
    kind, exact = (
        (LookupKind.BSN, lookup.of_bsn(bsn))
        if bsn
        else (LookupKind.SURNAME_BIRTH, lookup.of_surname_and_birth(surname, born_on or date.min))
    )
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "select sec.enter_for_inspection(%s, %s, %s, %s, %s)", [kind, exact, uuid.uuid4(), DAYS, MOST]
            )
            family_id: uuid.UUID | None = cursor.fetchone()[0]
    except DatabaseError as error:
        raise NotAllowed([_why(error)]) from error
    if family_id:
        record("families.inspected", by=by, family_id=family_id, audience=Audience.PROFESSIONALS)
    return family_id


def _why(error: DatabaseError) -> Reason:
    if getattr(error.__cause__, "sqlstate", "") == "54000":
        text = _("U heeft al %(most)d dossiers open. Rond eerst een ander af: toezicht beperkt zich tot wat nodig is.")
        return Reason("limited_set", text % {"most": MOST}, LIMITED)
    return Reason("no_mandate", _("Dit kan alleen een inspecteur met een mandaat op naam."), "Jeugdwet 9.2")
