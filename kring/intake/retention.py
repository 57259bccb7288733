"""How long what this room holds is kept, and by which article. Terms run per dossier from its last change (harm B22)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import connection
from procrastinate.contrib.django import app

from kring.intake.terms import DRAFT_DAYS
from kring.lifecycle.jobs import system_job
from kring.lifecycle.terms import Term, Unit, dutch_day
from kring.locks.subject import Viewer


@dataclass(frozen=True)
class Kept:
    """One kind of thing, by which regime, for how long, counted from what."""

    what: str
    models: tuple[str, ...]
    regime: str
    term: Term
    counted_from: str


OF_THE_DOSSIER = (
    "ConcernReport", "ReportContent", "Reporter", "ConcernedPerson", "MeldcodeSteps", "SafetyAssessment", "Outcome",
    "Telling", "Postponement", "Feedback", "Receipt",
)  # fmt: skip
KEPT = (
    Kept(
        "melding met beoordeling en terugkoppeling", OF_THE_DOSSIER, "wmo_veilig_thuis",
        Term(20, Unit.YEARS, "Wmo 2015 paragraaf 5.3"), "laatste wijziging van het dossier",
    ),
    Kept(
        "adviesvraag zonder gezin", ("AdviceQuestion",), "avg",
        Term(1, Unit.YEARS, "AVG artikel 5 lid 1 onder e; eigen keuze", by_law=False), "de vraag",
    ),
    Kept(
        "concept op verzoek", ("Draft",), "avg",
        Term(DRAFT_DAYS, Unit.DAYS, "AVG artikel 5 lid 1 onder e; eigen keuze", by_law=False), "het bewaren",
    ),
    Kept(
        "notitie over een datalek", ("BreachNote",), "avg",
        Term(5, Unit.YEARS, "AVG artikel 33 lid 5; eigen keuze", by_law=False), "het besluit",
    ),
)  # fmt: skip


@app.periodic(cron="17 3 * * *")
@app.task(name="intake.forget")
@system_job("wat zijn bewaartermijn voorbij is, vergeten")
def forget(timestamp: int, *, by: Viewer) -> None:
    """Drafts and advice questions past their term are gone the next night; of the dossier decides who answers for it."""
    today = dutch_day(datetime.fromtimestamp(timestamp, UTC))
    with connection.cursor() as cursor:
        cursor.execute("select sec.forget_letterbox(%s)", [advice_before(today)])


def advice_before(today: date) -> date:
    """Advice asked before this day is past its term."""
    advice = next(kept for kept in KEPT if "AdviceQuestion" in kept.models)
    return advice.term.begins_on(today)
