"""May this be, and why not. Pure functions; each says its source. What is missing comes back as the question to ask."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from kring.intake.given import ConcernGiven
from kring.intake.models import (
    ConcernReport,
    FeedbackMoment,
    Judgement,
    OutcomeCode,
    SafetyAssessment,
    SourceKind,
    Trajectory,
)
from kring.intake.states import ReportState
from kring.intake.terms import POSTPONING, PROTOCOL, TELLING
from kring.lifecycle.reasons import Reason, rule
from kring.locks.subject import Viewer

S001 = "Jeugdwet 3.3; S001: feiten, geen etiketten"
WMO_TELL = TELLING.source
# Words that say that somebody worries, and nothing about what happened.
LABELS = frozenset(
    re.findall(
        r"\w+",
        "onveilig onveilige onveiligheid veilig thuissituatie situatie zorgen zorgelijk zorg zorgwekkend verwaarlozing"
        " mishandeling kindermishandeling huiselijk geweld thuis gezin bij daar er is sprake van een de het heel erg"
        " zeer om over in en gevaar gevaarlijk risico problemen ruzie vermoeden",
    )
)


@rule(source=S001, binds="wie een melding aanneemt")
def still_to_ask(concern: ConcernGiven) -> list[Reason]:
    """‘Onveilig’ is nog geen melding: we vragen wat er gebeurde, hoe vaak, hoe erg, sinds wanneer en wie het zag.

    An answer may be "weet ik niet": that somebody does not know is a fact too. An empty one is asked.
    """
    asked = []
    if is_only_a_label(concern.what_happened):
        asked.append(Reason("what_happened", _("Wat is er precies gebeurd? Vertel het zoals het was."), S001))
    questions = {
        "how_often": _("Hoe vaak gebeurt dit?"),
        "how_serious": _("Hoe erg was het? Wat merkten anderen ervan, ook de kinderen?"),
        "since_when": _("Sinds wanneer speelt dit?"),
        "seen_by": _("Wie heeft dit gezien of gehoord?"),
    }
    asked += [Reason(name, text, S001) for name, text in questions.items() if not getattr(concern, name).strip()]
    return asked


def is_only_a_label(text: str) -> bool:
    """True when nothing is left of it but words for worry."""
    return not {word for word in re.findall(r"\w+", text.casefold()) if word not in LABELS and len(word) > 1}


@rule(source="Wmo 2015 artikel 5.1.6 lid 3", binds="wie een adviesvraag opschrijft")
def names_nobody(text: str, checked: bool) -> list[Reason]:
    """Een adviesvraag gaat over niemand met naam: namen, geboortedata, adressen en nummers horen er niet in.

    A computer can't know a name for sure: who looked again may say so (`checked`). A citizen number never passes.
    """
    source = "Wmo 2015 artikel 5.1.6 lid 3"
    if numbers := find_numbers(text):
        return [Reason("bsn", _("Haal dit nummer weg: %(found)s.") % {"found": ", ".join(numbers)}, source)]
    found = find_traces(text)
    if found and not checked:
        listed = ", ".join(f"‘{trace}’" for trace in found)
        return [
            Reason(
                "trace", _("Dit lijkt iets waaraan een gezin te herkennen is: %(found)s.") % {"found": listed}, source
            )
        ]
    return []


_TRACES = [
    r"\b\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)?\d{2}\b",  # a date
    r"\b\d{1,2} (?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)(?: \d{4})?\b",
    r"\b[1-9]\d{3} ?[A-Z]{2}\b",  # a postcode
    r"\b[A-Z]\w*(?:straat|laan|weg|plein|gracht|kade|hof|dijk|singel|steeg|pad)\b(?: \d+\w?)?",
    r"\b0[\d -]{8,12}\d\b",  # a phone number
    r"\S+@\S+\.\w+",
    r"(?:[Hh]eet|[Gg]enaamd|[Mm]eneer|[Mm]evrouw|[Ff]amilie|[Gg]ezin|[Mm]eester|[Jj]uf) (?:(?:de|van|der|den|ten|ter|el) )*[A-Z]\w+",
    r"(?<=[a-z,;] )[A-Z][a-zé-ÿ]{2,}(?: [A-Z][a-zé-ÿ]+)*",  # a capital in mid-sentence
]
_NO_TRACE = {"Veilig", "Thuis", "Veilig Thuis", "Nederland", "Nederlands", "Jeugdwet", "Raad", "Kerst", "Pasen"}


def find_traces(text: str) -> list[str]:
    """What looks like a name, a birth date, an address or a way to reach somebody; each once, in order."""
    found = [match.group().strip() for pattern in _TRACES for match in re.finditer(pattern, text)]
    return [trace for trace in dict.fromkeys(found) if trace not in _NO_TRACE]


def find_numbers(text: str) -> list[str]:
    """Nine digits that pass the eleven test: a citizen number, whatever stands around it."""
    from stdnum.nl import bsn

    return [
        number
        for number in re.findall(r"(?<!\d)\d{9}(?!\d)", re.sub(r"(?<=\d)[ .](?=\d)", "", text))
        if bsn.is_valid(number)
    ]


@rule(source="Wmo 2015 artikel 4.1.1; harm B39", binds="iedereen in de kring")
def may_weigh(report: ConcernReport, by: Viewer) -> list[Reason]:
    """Wie de melding kreeg, beoordeelt haar, ook als de kring meteen is ingelicht."""
    if by.kind == "system" or by.has_role("desk", report.desk_id):
        return []
    return [Reason("other_desk", _("De beoordeling ligt bij %(desk)s.") % {"desk": report.desk.name}, "Wmo 2015 4.1.1")]


@rule(source=PROTOCOL, binds="de beoordelaar")
def may_still_be_weighed(report: ConcernReport, by: Viewer) -> list[Reason]:
    """Beoordelen doet wie de melding op naam heeft, en zolang zij in beoordeling is."""
    if report.state == ReportState.RECEIVED:
        return [Reason("nobody_has_it", _("Neem de melding eerst op uw naam."), PROTOCOL)]
    if report.state != ReportState.IN_ASSESSMENT:
        return [Reason("decided", _("De beoordeling staat vast. Heropen haar als er iets nieuws is."), PROTOCOL)]
    if by.kind != "system" and report.assessor_id != by.id:
        return [Reason("has_another", _("Een collega heeft deze melding op naam. Neem haar eerst over."), PROTOCOL)]
    return []


@rule(source=S001, binds="de beoordelaar")
def rests_on_facts(facts: Mapping[str, str]) -> list[Reason]:
    """‘Onveilig’ zeggen we alleen met aard, hoe vaak, hoe erg, sinds wanneer en een bron; anders met een reden.

    `facts` are the fields of a safety assessment by name.
    """
    if facts.get("judgement") not in (Judgement.UNSAFE, Judgement.ACUTE):
        asked = {"reason": _("Schrijf op waarom u dit vindt, of waarom het nog niet vast te stellen is.")}
    else:
        asked = {
            "nature": _("Wat gebeurt er? Zonder aard is ‘onveilig’ een etiket."),
            "frequency": _("Hoe vaak gebeurt het?"),
            "severity": _("Hoe erg is het? Wat doet het met deze persoon?"),
            "since": _("Sinds wanneer?"),
            "source_kind": _("Hoe weten we dit?"),
            "source": _("Van wie of waaruit weten we dit?"),
        }
    reasons = [Reason(name, text, S001) for name, text in asked.items() if not str(facts.get(name) or "").strip()]
    if "nature" in asked and not reasons and is_only_a_label(str(facts["nature"])):
        reasons = [Reason("nature", asked["nature"], S001)]
    return reasons


@rule(source="S004: het zusje dat over het hoofd werd gezien; R-S12", binds="de beoordelaar")
def nobody_overlooked(people: Mapping[str, str], assessed: Collection[str]) -> list[Reason]:
    """Een beoordeling staat pas vast als er voor ieder gezinslid één is: elk kind, elke broer of zus, elke volwassene.

    `people` is member id to name.
    """
    missing = [name for member, name in people.items() if member not in assessed]
    if not people:
        return [Reason("nobody", _("Zet eerst op wie er in dit gezin zijn."), "S004")]
    if missing:
        who = ", ".join(missing)
        return [Reason("overlooked", _("Nog geen eigen beoordeling voor: %(who)s.") % {"who": who}, "S004")]
    return []


@rule(source="Rechtbank Noord-Holland 21-3-2023, C/15/335189", binds="Veilig Thuis")
def may_rest_on_an_unknown_reporter(
    report: ConcernReport, outcome: str, assessments: Iterable[SafetyAssessment]
) -> list[Reason]:
    """Een melding van iemand die ook wij niet kennen, is op zichzelf geen grond voor een onderzoek."""
    if not report.double_anonymous or outcome != OutcomeCode.AT_VEILIG_THUIS:
        return []
    if any(one.source_kind and one.source_kind != SourceKind.HEARSAY for one in assessments):
        return []
    text = _("De melder is ook voor ons onbekend. Onderzoek kan pas als een andere bron dit ook zegt.")
    return [Reason("unknown_reporter", text, "Rb. Noord-Holland C/15/335189")]


@rule(source=PROTOCOL, binds="de beoordelaar")
def outcome_has_reasons(outcome: str, reasons: str) -> list[Reason]:
    """Elk besluit op een melding heeft redenen die het gezin kan lezen."""
    if outcome not in OutcomeCode.values:
        return [Reason("no_outcome", _("Kies een uitkomst."), PROTOCOL)]
    if len(reasons.split()) < 5:
        return [
            Reason("no_reasons", _("Schrijf in gewone woorden op waarom, zo dat het gezin het kan lezen."), PROTOCOL)
        ]
    return []


@rule(source=POSTPONING.source, binds="de beoordelaar")
def may_postpone_telling(due_on: date, until_on: date | None, reason: str, told: bool) -> list[Reason]:
    """Later vertellen mag alleen met een reden, en hoogstens twee weken per keer.

    Only as far as it is needed to end the violence or to investigate it (artikel 5.3.1 lid 2).
    """
    if told:
        return [Reason("told", _("Deze persoon weet het al."), WMO_TELL)]
    latest = POSTPONING.ends_on(due_on)
    if until_on is None or not due_on < until_on <= latest:
        return [
            Reason(
                "too_long",
                _("Kies een dag tot en met %(day)s.") % {"day": latest.strftime("%d-%m-%Y")},
                POSTPONING.source,
            )
        ]
    if not reason.strip():
        return [
            Reason("no_reason", _("Waarom moet dit wachten om geweld te stoppen of te onderzoeken?"), POSTPONING.source)
        ]
    return []


@rule(source="KNMG-meldcode, bijlage 4; Wmo 2015 4.1.1 lid 2 onder g", binds="de beoordelaar")
def may_give_feedback(report: ConcernReport, moment: int, given: Collection[int]) -> list[Reason]:
    """De melder hoort minstens twee keer iets: na de beoordeling en aan het einde."""
    source = "Wmo 2015 4.1.1 lid 2 onder g"
    if moment in given:
        return [Reason("given", _("Deze terugkoppeling is al gegeven."), source)]
    if report.state in (ReportState.RECEIVED, ReportState.IN_ASSESSMENT):
        return [Reason("too_early", _("Dit kan zodra de beoordeling vaststaat."), source)]
    if moment == FeedbackMoment.AT_THE_END and FeedbackMoment.AFTER_ASSESSMENT not in given:
        return [Reason("first_first", _("Geef eerst de terugkoppeling na de beoordeling."), source)]
    return []


@rule(source=f"{WMO_TELL}; KNMG-meldcode, bijlage 4", binds="de beoordelaar")
def may_close(waiting_to_be_told: Collection[str], feedback_given: Collection[int]) -> list[Reason]:
    """Een melding is pas klaar als iedereen het weet en de melder beide keren iets hoorde."""
    reasons = []
    if waiting_to_be_told:
        who = ", ".join(waiting_to_be_told)
        reasons.append(Reason("not_told", _("Moet het nog horen: %(who)s.") % {"who": who}, WMO_TELL))
    if missing := [moment.label for moment in FeedbackMoment if moment not in feedback_given]:
        moments = _(" en ").join(str(label) for label in missing)
        text = _("De melder hoort nog iets %(moments)s.") % {"moments": moments}
        reasons.append(Reason("no_feedback", text, "KNMG-meldcode, bijlage 4"))
    return reasons


@rule(source="harm B15", binds="het systeem")
def may_attach_itself(exact_matches: Collection[object]) -> list[Reason]:
    """Een melding komt alleen vanzelf bij een bekend gezin als nummer en geboortedatum precies kloppen met één gezin."""
    if len(exact_matches) == 1:
        return []
    return [Reason("a_person_decides", _("Niet precies één gezin klopt helemaal: een mens beslist."), "B15")]


def trajectory_of(*, running: bool, earlier_reports: int) -> Trajectory:
    """Follow-up report (vervolgmelding): a trajectory is running. Re-report (heraanmelding): it was closed (harm C3)."""
    if running:
        return Trajectory.FOLLOW_UP
    return Trajectory.RE_REPORT if earlier_reports else Trajectory.FIRST
