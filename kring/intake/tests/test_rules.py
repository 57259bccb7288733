"""Each rule, on its own: what it lets through, and what it asks or refuses."""

from datetime import date
from typing import Any

import pytest

from kring.demo.cast import Cast
from kring.intake import rules
from kring.intake.given import ConcernGiven
from kring.intake.models import ConcernReport, SafetyAssessment
from kring.intake.states import REPORT, ReportState
from kring.intake.tests.stories import BECAUSE, SHOUTING, UNSAFE
from kring.lifecycle.moves import not_from_here
from kring.lifecycle.reasons import Reason


def codes(reasons: list[Reason]) -> list[str]:
    return [reason.code for reason in reasons]


@pytest.mark.parametrize(
    "label",
    [
        "onveilig",
        "Onveilige thuissituatie.",
        "Zorgen om het gezin",
        "vermoeden van mishandeling",
        "",
        "er is sprake van huiselijk geweld",
    ],
)
def test_a_label_is_no_report_and_gets_the_question(label: str) -> None:
    assert codes(rules.still_to_ask(ConcernGiven(what_happened=label)))[0] == "what_happened"


def test_a_report_with_facts_has_nothing_left_to_ask_and_not_knowing_is_an_answer() -> None:
    assert rules.still_to_ask(SHOUTING) == []
    unsure = ConcernGiven(
        what_happened="Ik hoorde een klap.",
        how_often="weet ik niet",
        how_serious="weet ik niet",
        since_when="?",
        seen_by="ik",
    )
    assert rules.still_to_ask(unsure) == []


@pytest.mark.parametrize(
    ("text", "trace"),
    [
        ("Wat doe ik met de moeder van Sanne Jansen?", "Sanne Jansen"),
        ("Zij is geboren op 2-3-2017, wat nu?", "2-3-2017"),
        ("Het kind van 12 mei 2015 komt niet meer.", "12 mei 2015"),
        ("Ze wonen op 9901 AB in een flat", "9901 AB"),
        ("Het gaat om de Havenstraat 12", "Havenstraat 12"),
        ("Bel hem op 06 12345678", "06 12345678"),
        ("mail naar moeder@voorbeeld.nl", "moeder@voorbeeld.nl"),
        ("Meneer de Vries slaat zijn zoon", "Meneer de Vries"),
        ("het gezin Yıldız is bekend", "gezin Yıldız"),
    ],
)  # fmt: skip
def test_what_tells_who_it_is_is_pointed_out_and_may_pass_when_looked_at_again(text: str, trace: str) -> None:
    assert any(trace in found or found in trace for found in rules.find_traces(text))
    assert codes(rules.names_nobody(text, checked=False)) == ["trace"]
    assert rules.names_nobody(text, checked=True) == []


@pytest.mark.parametrize("text", ["123456782", "nummer 1234 56 782 graag", "bsn:123456782."])
def test_a_citizen_number_never_passes(text: str) -> None:
    assert codes(rules.names_nobody(text, checked=True)) == ["bsn"]


def test_an_ordinary_question_passes_at_once() -> None:
    assert rules.names_nobody("Een leerling van acht heeft vaak blauwe plekken. Wat kan ik doen?", checked=False) == []


def test_unsafe_rests_on_six_facts_and_safe_on_a_reason() -> None:
    assert rules.rests_on_facts(UNSAFE) == []
    assert codes(rules.rests_on_facts({"judgement": "acute"})) == [
        "nature",
        "frequency",
        "severity",
        "since",
        "source_kind",
        "source",
    ]
    assert codes(rules.rests_on_facts(UNSAFE | {"nature": "onveilige situatie thuis"})) == ["nature"]
    assert codes(rules.rests_on_facts({"judgement": "safe"})) == ["reason"]
    assert codes(rules.rests_on_facts({"judgement": "not_established", "reason": "Nog niemand gesproken."})) == []


def test_everybody_counts_and_a_family_without_people_cannot_be_decided() -> None:
    people = {"1": "Daan", "2": "Lisa"}
    assert rules.nobody_overlooked(people, {"1", "2"}) == []
    assert "Lisa" in str(rules.nobody_overlooked(people, {"1"})[0])
    assert codes(rules.nobody_overlooked({}, set())) == ["nobody"]


@pytest.mark.parametrize(("outcome", "source", "refused"), [
    ("VT-01-01", "hearsay", True), ("VT-01-01", "own", False), ("VT-01-01", "", True), ("VT-01-02", "hearsay", False),
])  # fmt: skip
def test_a_reporter_unknown_to_us_starts_nothing_alone(outcome: str, source: str, refused: bool) -> None:
    report = ConcernReport(double_anonymous=True)
    found = rules.may_rest_on_an_unknown_reporter(report, outcome, [SafetyAssessment(source_kind=source)])
    assert bool(found) is refused
    assert rules.may_rest_on_an_unknown_reporter(ConcernReport(), outcome, []) == []


def test_an_outcome_is_on_the_list_and_says_why() -> None:
    assert codes(rules.outcome_has_reasons("VT-01-02", "daarom")) == ["no_reasons"]
    assert codes(rules.outcome_has_reasons("zomaar", BECAUSE)) == ["no_outcome"]
    assert rules.outcome_has_reasons("VT-01-02", BECAUSE) == []


@pytest.mark.parametrize(
    ("until", "reason", "told", "code"),
    [
        (date(2026, 11, 20), "onderzoek", False, []),
        (date(2026, 11, 23), "onderzoek", False, ["too_long"]),
        (date(2026, 11, 6), "onderzoek", False, ["too_long"]),
        (None, "onderzoek", False, ["too_long"]),
        (date(2026, 11, 20), "", False, ["no_reason"]),
        (date(2026, 11, 20), "onderzoek", True, ["told"]),
    ],
)
def test_telling_later_is_two_weeks_at_most_with_a_reason(until: Any, reason: str, told: bool, code: list[str]) -> None:
    assert codes(rules.may_postpone_telling(date(2026, 11, 6), until, reason, told)) == code


@pytest.mark.parametrize(
    ("state", "moment", "given", "code"),
    [
        ("assessed", 1, [], []), ("assessed", 2, [1], []), ("assessed", 2, [], ["first_first"]),
        ("assessed", 1, [1], ["given"]), ("in_assessment", 1, [], ["too_early"]), ("received", 1, [], ["too_early"]),
    ],
)  # fmt: skip
def test_the_reporter_hears_twice_in_order(state: str, moment: int, given: list[int], code: list[str]) -> None:
    assert codes(rules.may_give_feedback(ConcernReport(state=state), moment, given)) == code


def test_a_report_is_done_when_all_know() -> None:
    assert codes(rules.may_close(["Lisa"], [1])) == ["not_told", "no_feedback"]
    assert rules.may_close([], [1, 2]) == []


@pytest.mark.parametrize(("matches", "itself"), [({1}, True), (set(), False), ({1, 2}, False)])
def test_a_report_attaches_itself_to_exactly_one_exact_family(matches: set[int], itself: bool) -> None:
    assert (rules.may_attach_itself(matches) == []) is itself


def test_a_follow_up_report_and_a_re_report_are_two_things() -> None:
    assert rules.trajectory_of(running=True, earlier_reports=3) == "follow_up"
    assert rules.trajectory_of(running=False, earlier_reports=1) == "re_report"
    assert rules.trajectory_of(running=False, earlier_reports=0) == "first"


def test_only_the_desk_that_received_it_weighs_it(cast: Cast) -> None:
    from kring.accounts.models import Organisation

    report = ConcernReport(desk=Organisation(id=cast.organisation("veilig_thuis"), name="Veilig Thuis Waterrijk"))
    assert rules.may_weigh(report, cast.tom) == []
    assert codes(rules.may_weigh(report, cast.samira)) == ["other_desk"]


ALLOWED = {
    ("received", "take_up"), ("in_assessment", "take_over"), ("in_assessment", "decide"), ("in_assessment", "refuse"),
    ("in_assessment", "redirect"), ("assessed", "reassess"), ("not_admissible", "reassess"), ("assessed", "close"),
    ("not_admissible", "close"), ("wrongly_addressed", "close"),
}  # fmt: skip


@pytest.mark.parametrize("state", ReportState.values)
@pytest.mark.parametrize("verb", [move.verb for move in REPORT.moves])
def test_every_state_allows_exactly_its_verbs(state: str, verb: str) -> None:
    assert (not_from_here(REPORT, state, verb) == []) is ((state, verb) in ALLOWED)


def test_every_state_says_whose_turn_it_is() -> None:
    assert set(REPORT.turns) == set(ReportState.values) == set(REPORT.states())
