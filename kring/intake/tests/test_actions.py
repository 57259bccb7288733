"""From a report to a decision: who has it, by when, and that nobody is overlooked."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kring.circle.access import open_family
from kring.circle.models import Circle
from kring.demo.cast import Cast
from kring.duty.models import Alarm
from kring.families import actions as families
from kring.families.models import Address, SecretAddress
from kring.intake import actions, queries
from kring.intake.given import ConcernGiven, MeldcodeGiven
from kring.intake.models import (
    ConcernReport,
    Feedback,
    MeldcodeSteps,
    Outcome,
    ReportContent,
    Reporter,
    SafetyAssessment,
    Telling,
)
from kring.intake.tests.stories import (
    BECAUSE,
    DAAN,
    FATMA,
    NEIGHBOUR,
    SAFE,
    UNSAFE,
    a_report,
    by_a_stranger,
    decided,
    members,
    reported,
    taken_up,
)
from kring.lifecycle.models import Happening, Transition
from kring.lifecycle.reasons import Conflict, NotAllowed
from tests.bed import acting

pytestmark = pytest.mark.django_db
TUESDAY_BEFORE_CHRISTMAS = datetime(2025, 12, 23, 10, 0, tzinfo=UTC)


def test_a_report_by_phone_founds_a_provisional_family_with_its_people_and_the_desk_around_it(cast: Cast) -> None:
    with acting(cast.tom) as tom:
        report = a_report(tom, cast)
        assert report.family.provisional
        assert report.family.label == "Gezin de Vries"
        assert set(members(tom, report)) == {"Daan", "Lisa", "Fatma"}
        assert Address.objects.get().street == "Havenstraat"
        assert ReportContent.objects.get().seen_by == "Ik zag het door het raam."
        assert Circle.objects.get().sight_owner.desk_id == cast.organisation("veilig_thuis")
        assert Happening.objects.filter(kind="intake.report_received").count() == 1


def test_the_clock_runs_five_working_days_over_christmas_and_four_weeks_to_tell(cast: Cast) -> None:
    report = reported(cast, at=TUESDAY_BEFORE_CHRISTMAS)
    assert report.assess_by == date(2026, 1, 5)
    assert report.tell_by == date(2026, 1, 20)


@pytest.mark.parametrize(("urgency", "rings"), [("now", "now"), ("today", "today"), ("ordinary", "today")])
def test_somebody_is_called_for_every_report_and_at_once_when_there_is_danger(
    cast: Cast, urgency: str, rings: str
) -> None:
    with acting(cast.tom) as tom:
        report = a_report(tom, cast, urgency=urgency)
        assert Alarm.objects.get(family_id=report.family_id).urgency == rings


def test_a_real_report_is_taken_in_however_little_is_known(cast: Cast) -> None:
    with acting(cast.tom) as tom:
        report = a_report(tom, cast, concern=ConcernGiven(what_happened="gegil", urgency="now"), people=[])
        assert report.tell_by is None
        assert report.family.label.startswith("Melding van")


def test_a_secret_address_in_a_report_goes_to_the_secret_table_only(cast: Cast) -> None:
    with acting(cast.tom) as tom:
        a_report(tom, cast, people=[replace(DAAN, is_secret=True)])
        assert Address.objects.count() == 0
        assert SecretAddress.objects.get().street == "Havenstraat"


def test_an_unborn_child_and_a_birth_year_alone_arrive_as_they_were_given(cast: Cast) -> None:
    unborn = replace(DAAN, given_names="", born_on=None, unborn=True, expected_on=date(2027, 2, 1))
    vague = replace(
        DAAN, given_names="Omar", born_on=date(1985, 1, 1), born_precision="year", born_words="ergens in 1985"
    )
    with acting(cast.tom) as tom:
        report = a_report(tom, cast, people=[unborn, vague])
        found = members(tom, report)
        assert found[""].expected_on == date(2027, 2, 1)
        assert found["Omar"].birth.precision == "year"


def test_a_stranger_reports_without_an_account_and_sees_nothing_afterwards(cast: Cast) -> None:
    report, code = by_a_stranger(cast)
    assert len(code.replace("-", "")) == 12
    with acting(cast.tom) as tom:
        open_family(tom, report.family_id, "test")
        assert Reporter.objects.get().name == "Bea Mulder"


def test_the_steps_of_the_meldcode_keep_the_two_decisions_apart(cast: Cast) -> None:
    steps = MeldcodeGiven(signals_on=date(2026, 11, 2), report_needed=True, help_possible=False, author="Wendy Kok")
    with acting(cast.tom) as tom:
        a_report(tom, cast, concern=ConcernGiven(what_happened="blauwe plekken op de arm", meldcode=steps))
        kept = MeldcodeSteps.objects.get()
        assert (kept.report_needed, kept.help_possible) == (True, False)


def test_who_takes_the_report_has_sight_on_safety_by_name(cast: Cast) -> None:
    report = taken_up(cast)
    with acting(cast.amira):
        circle = Circle.objects.select_related("sight_owner").get(family_id=report.family_id)
        assert circle.sight_owner.professional_id == cast.tom.id
        assert ConcernReport.objects.get().assessor_id == cast.tom.id


def test_a_colleague_takes_over_by_her_own_name(cast: Cast) -> None:
    report = taken_up(cast)
    with acting(cast.amira) as amira:
        assert actions.take_up(by=amira, report=report).assessor_id == cast.amira.id
        assert list(Transition.objects.filter(thing_id=report.id).values_list("verb", flat=True)) == [
            "take_up",
            "take_over",
        ]


def test_a_report_nobody_has_taken_is_not_assessed(cast: Cast) -> None:
    report = reported(cast)
    with acting(cast.tom) as tom, pytest.raises(NotAllowed, match="nobody_has_it"):
        actions.assess(by=tom, report=report, member=members(tom, report)["Daan"], **UNSAFE)


def test_the_sister_without_an_own_assessment_stops_the_decision(cast: Cast) -> None:
    report = taken_up(cast)
    with acting(cast.tom) as tom:
        people = members(tom, report)
        actions.assess(by=tom, report=report, member=people["Daan"], **UNSAFE)
        actions.assess(by=tom, report=report, member=people["Fatma"], **SAFE)
        with pytest.raises(NotAllowed) as refused:
            actions.decide(by=tom, report=report, outcome="VT-01-02", reasons=BECAUSE)
        assert "Lisa" in str(refused.value.reasons[0])


def test_the_database_refuses_unsafe_without_facts_whatever_the_code_does(cast: Cast) -> None:
    report = taken_up(cast)
    with acting(cast.tom) as tom:
        daan = members(tom, report)["Daan"]
        with pytest.raises(IntegrityError), transaction.atomic():
            SafetyAssessment.objects.create(
                family_id=report.family_id, report=report, member=daan, judgement="unsafe",
                assessed_by_id=tom.id, assessed_at=report.received_at,
            )  # fmt: skip


def test_two_who_assess_the_same_person_at_once_both_see_it(cast: Cast) -> None:
    report = taken_up(cast)
    with acting(cast.tom) as tom:
        daan = members(tom, report)["Daan"]
        actions.assess(by=tom, report=report, member=daan, version=0, **UNSAFE)
        with pytest.raises(Conflict):
            actions.assess(by=tom, report=report, member=daan, version=0, **SAFE)
        assert actions.assess(by=tom, report=report, member=daan, version=1, **SAFE).judgement == "safe"


def test_a_decision_has_reasons_and_stays_on_record_when_it_is_reopened(cast: Cast) -> None:
    report = decided(cast)
    assert report.feedback_by is not None
    with acting(cast.tom) as tom:
        open_family(tom, report.family_id, "test")
        again = actions.reassess(by=tom, report=report)
        assert (again.state, again.outcome) == ("in_assessment", "")
        assert Outcome.objects.get().code == "VT-01-02"


def test_a_report_for_somebody_else_is_decided_without_assessing_everybody(cast: Cast) -> None:
    report = taken_up(cast)
    with acting(cast.tom) as tom:
        sent_on = actions.decide(
            by=tom, report=report, outcome="VT-99", reasons="Dit gezin woont in de regio van een ander Veilig Thuis."
        )
        assert sent_on.state == "wrongly_addressed"


def test_an_unknown_reporter_alone_starts_no_investigation(cast: Cast) -> None:
    stranger = replace(NEIGHBOUR, anonymous_to="everybody", name="")
    report = taken_up(cast, reporter=stranger)
    assert report.double_anonymous
    with acting(cast.tom) as tom:
        for member in members(tom, report).values():
            actions.assess(by=tom, report=report, member=member, **(UNSAFE | {"source_kind": "hearsay"}))
        with pytest.raises(NotAllowed, match="unknown_reporter"):
            actions.decide(by=tom, report=report, outcome="VT-01-01", reasons=BECAUSE)
        actions.assess(by=tom, report=report, member=members(tom, report)["Daan"], **(UNSAFE | {"source_kind": "own"}))
        assert actions.decide(by=tom, report=report, outcome="VT-01-01", reasons=BECAUSE).conclude_by is not None


def test_people_are_told_by_a_safe_road_and_later_only_with_a_reason(cast: Cast) -> None:
    report = decided(cast)
    with acting(cast.tom) as tom:
        people = members(tom, report)
        fatma = Telling.objects.get(member=people["Fatma"])
        with pytest.raises(NotAllowed, match="contact_unknown"):
            actions.tell_person(by=tom, telling=fatma, channel="letter", how="brief")
        told = actions.tell_person(by=tom, telling=fatma, channel="in_person", how="op school gesproken, alleen")
        assert told.told_by_id == tom.id
        assert ConcernReport.objects.get().tell_by == Telling.objects.get(member=people["Daan"]).due_on


def test_telling_waits_at_most_two_weeks_more_at_a_time(cast: Cast) -> None:
    report = decided(cast)
    with acting(cast.tom) as tom:
        telling = Telling.objects.get(member=members(tom, report)["Daan"])
        with pytest.raises(NotAllowed, match="too_long"):
            actions.postpone_telling(
                by=tom, telling=telling, until_on=telling.due_on + timedelta(days=30), reason="onderzoek"
            )
        with pytest.raises(NotAllowed, match="no_reason"):
            actions.postpone_telling(by=tom, telling=telling, until_on=telling.due_on + timedelta(days=7), reason=" ")
        until = telling.due_on + timedelta(days=7)
        actions.postpone_telling(
            by=tom, telling=telling, until_on=until, reason="Vader mag nog niet weten dat wij komen."
        )
        assert Telling.objects.get(pk=telling.pk).due_on == until


def test_a_report_closes_when_everybody_was_told_and_the_reporter_heard_twice(cast: Cast) -> None:
    report = decided(cast, "VT-01-03")
    with acting(cast.tom) as tom:
        members(tom, report)
        with pytest.raises(NotAllowed, match="not_told, no_feedback"):
            actions.close(by=tom, report=report)
        for telling in Telling.objects.filter(report=report):
            actions.tell_person(by=tom, telling=telling, channel="in_person", how="thuis gesproken")
        with pytest.raises(NotAllowed, match="first_first"):
            actions.give_feedback(by=tom, report=report, moment=2, how="phone", text="klaar")
        actions.give_feedback(by=tom, report=report, moment=1, how="phone", text="Wij hebben het opgepakt.")
        actions.give_feedback(by=tom, report=report, moment=2, how="not", not_given_reason="Nummer is niet in gebruik.")
        closed = actions.close(by=tom, report=report)
        assert (closed.state, closed.tell_by, closed.feedback_by) == ("closed", None, None)
        assert Feedback.objects.count() == 2


def test_who_is_added_by_hand_must_be_told_before_the_report_closes(cast: Cast) -> None:
    report = decided(cast, people=[DAAN])
    with acting(cast.tom) as tom:
        open_family(tom, report.family_id, "test")
        noor = families.add_member(by=tom, family=report.family, given_names="Noor")
        families.add_member(by=tom, family=report.family, given_names="Oma", standing="network")
        assert set(Telling.objects.filter(report=report).values_list("member__given_names", flat=True)) == {
            "Daan",
            "Noor",
        }
        assert Telling.objects.get(member=noor).told_at is None
        with pytest.raises(NotAllowed, match="not_told"):
            actions.close(by=tom, report=report)


def test_a_colleague_at_the_desk_takes_over_before_she_assesses(cast: Cast) -> None:
    report = taken_up(cast)
    with acting(cast.amira) as amira:
        daan = members(amira, report)["Daan"]
        with pytest.raises(NotAllowed, match="has_another"):
            actions.assess(by=amira, report=report, member=daan, **UNSAFE)
        actions.take_up(by=amira, report=report)
        actions.assess(by=amira, report=report, member=daan, **UNSAFE)


def test_somebody_who_died_blocks_neither_the_button_nor_the_decision(cast: Cast) -> None:
    report = taken_up(cast, people=[DAAN, FATMA])
    with acting(cast.tom) as tom:
        people = members(tom, report)
        families.change_member(by=tom, member=people["Fatma"], died_on=date(2026, 1, 1))
        actions.assess(by=tom, report=report, member=people["Daan"], **UNSAFE)
        assert queries.report_page(tom, report.family_id, report.id).against["overlooked"] == []


def test_who_weighs_a_report_holds_it_until_it_is_written(cast: Cast) -> None:
    report = taken_up(cast)
    with acting(cast.tom) as tom, CaptureQueriesContext(connection) as seen:
        actions.assess(by=tom, report=report, member=members(tom, report)["Daan"], **UNSAFE)
    reads = [one["sql"] for one in seen if 'FROM "intake_concernreport"' in one["sql"]]
    assert "FOR UPDATE" in reads[0]
