"""What may become of a concern report."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.lifecycle.moves import Lifecycle, Move


class ReportState(models.TextChoices):
    RECEIVED = "received", _("Binnengekomen")
    IN_ASSESSMENT = "in_assessment", _("In beoordeling")
    ASSESSED = "assessed", _("Beoordeeld")
    NOT_ADMISSIBLE = "not_admissible", _("Niet ontvankelijk")
    WRONGLY_ADDRESSED = "wrongly_addressed", _("Onjuist geadresseerd")
    CLOSED = "closed", _("Afgesloten")


S = ReportState
REPORT = Lifecycle(
    name="concern report",
    field="state",
    start=S.RECEIVED.value,
    moves=(
        Move("take_up", (S.RECEIVED.value,), S.IN_ASSESSMENT.value),
        Move("take_over", (S.IN_ASSESSMENT.value,), S.IN_ASSESSMENT.value),
        Move("decide", (S.IN_ASSESSMENT.value,), S.ASSESSED.value),
        Move("refuse", (S.IN_ASSESSMENT.value,), S.NOT_ADMISSIBLE.value),
        Move("redirect", (S.IN_ASSESSMENT.value,), S.WRONGLY_ADDRESSED.value),
        Move("reassess", (S.ASSESSED.value, S.NOT_ADMISSIBLE.value), S.IN_ASSESSMENT.value),
        Move("close", (S.ASSESSED.value, S.NOT_ADMISSIBLE.value, S.WRONGLY_ADDRESSED.value), S.CLOSED.value),
    ),
    turns={
        S.RECEIVED.value: "iemand van de balie neemt de melding op naam",
        S.IN_ASSESSMENT.value: "de beoordelaar",
        S.ASSESSED.value: "de beoordelaar: vertellen, terugkoppelen, afronden",
        S.NOT_ADMISSIBLE.value: "de beoordelaar: terugkoppelen en afronden",
        S.WRONGLY_ADDRESSED.value: "de beoordelaar: terugkoppelen en afronden",
        S.CLOSED.value: "niemand meer",
    },
)
