"""Terms as the Dutch law counts them: year ends, 5 May, Easter, decree days and the nights the clock changes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from kring.lifecycle.terms import (
    AMSTERDAM,
    DECREES_UNTIL,
    Term,
    Unit,
    add_working_days,
    dutch_day,
    end_of_day,
    holidays,
    is_working_day,
)

FIVE_WORKING_DAYS = Term(5, Unit.WORKING_DAYS, "Handelingsprotocol Veilig Thuis")
FOUR_WEEKS = Term(4, Unit.WEEKS, "Wmo 2015 artikel 5.3.1")


@pytest.mark.parametrize("year", [2021, 2024, 2026, 2027, 2030])
def test_the_fifth_of_may_counts_every_year(year: int) -> None:
    assert date(year, 5, 5) in holidays(year)


def test_good_friday_easter_monday_ascension_and_whit_monday_move_with_easter() -> None:
    days = {date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 14), date(2026, 5, 25)}
    assert days <= holidays(2026)
    assert {date(2027, 3, 26), date(2027, 3, 29)} <= holidays(2027)


def test_the_earliest_and_latest_easter_are_right() -> None:
    assert date(2008, 3, 24) in holidays(2008)
    assert date(2038, 4, 26) in holidays(2038)


def test_kings_day_on_a_sunday_is_kept_on_saturday() -> None:
    assert date(2025, 4, 26) in holidays(2025)
    assert date(2025, 4, 27) not in holidays(2025)


def test_a_day_named_by_decree_is_no_working_day() -> None:
    assert not is_working_day(date(2026, 1, 2))
    assert not is_working_day(date(2026, 5, 15))
    assert is_working_day(date(2025, 1, 2))


def test_the_decree_days_are_known_for_this_year() -> None:
    assert timezone.localdate().year <= DECREES_UNTIL, "look up the next Besluit gelijkstelling in the Staatscourant"


def test_five_working_days_over_christmas_new_year_and_a_decree_day() -> None:
    # Tuesday 23 December: 24, 29, 30, 31 December; 1 January is a holiday, 2 January is by decree; Monday 5 January.
    assert FIVE_WORKING_DAYS.ends_on(date(2025, 12, 23)) == date(2026, 1, 5)


def test_five_working_days_over_easter() -> None:
    # Thursday 2 April: Good Friday and Easter Monday fall out.
    assert FIVE_WORKING_DAYS.ends_on(date(2026, 4, 2)) == date(2026, 4, 13)


def test_a_report_on_saturday_counts_from_monday() -> None:
    assert FIVE_WORKING_DAYS.ends_on(date(2026, 11, 14)) == date(2026, 11, 20)


def test_a_day_is_a_dutch_day_just_after_midnight_and_at_new_year() -> None:
    assert dutch_day(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == date(2027, 1, 1)
    assert FIVE_WORKING_DAYS.ends_on(datetime(2026, 6, 14, 22, 30, tzinfo=UTC)) == date(2026, 6, 22)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        dutch_day(datetime(2026, 1, 1, 12, 0))  # noqa: DTZ001 -- the very mistake


def test_days_on_which_the_clock_changes_have_23_and_25_hours() -> None:
    def hours(day: date) -> float:
        return (end_of_day(day).astimezone(UTC) - end_of_day(day - timedelta(days=1)).astimezone(UTC)).seconds / 3600

    assert hours(date(2026, 3, 29)) == 23
    assert (
        end_of_day(date(2026, 10, 25)).astimezone(UTC) - end_of_day(date(2026, 10, 24)).astimezone(UTC)
    ) == timedelta(hours=25)
    assert end_of_day(date(2026, 3, 29)).tzinfo is AMSTERDAM


def test_four_weeks_from_the_law_end_on_the_next_working_day() -> None:
    assert FOUR_WEEKS.ends_on(date(2026, 4, 7)) == date(2026, 5, 6)  # 5 May is a holiday
    assert FOUR_WEEKS.ends_on(date(2025, 11, 27)) == date(2025, 12, 29)  # Christmas, Boxing Day and a weekend
    assert FOUR_WEEKS.ends_on(date(2026, 10, 1)) == date(2026, 10, 29)


def test_the_act_moves_no_long_term_no_years_no_detention_and_no_protocol() -> None:
    saturday = date(2026, 10, 31)
    assert Term(12, Unit.WEEKS, "wet").is_moved_by_the_act
    assert Term(3, Unit.MONTHS, "wet").is_moved_by_the_act
    assert not Term(13, Unit.WEEKS, "wet").is_moved_by_the_act
    assert not Term(4, Unit.MONTHS, "wet").is_moved_by_the_act
    assert Term(1, Unit.YEARS, "BW 1:258").ends_on(date(2025, 10, 31)) == saturday
    assert Term(2, Unit.WEEKS, "Jeugdwet 6.1.12", of_detention=True).ends_on(date(2026, 10, 17)) == saturday
    assert Term(2, Unit.WEEKS, "protocol", by_law=False).ends_on(date(2026, 10, 17)) == saturday
    assert Term(2, Unit.WEEKS, "wet").ends_on(date(2026, 10, 17)) == date(2026, 11, 2)


def test_a_term_counted_back_is_not_moved() -> None:
    assert Term(2, Unit.MONTHS, "BW 1:265j").begins_on(date(2026, 12, 31)) == date(2026, 10, 31)
    assert Term(2, Unit.WORKING_DAYS, "protocol").begins_on(date(2026, 4, 7)) == date(2026, 4, 1)


def test_three_days_or_more_hold_two_working_days() -> None:
    # Thursday 24 December: three days would end on Sunday, move to Monday; a second working day is Tuesday.
    assert Term(3, Unit.DAYS, "wet").ends_on(date(2026, 12, 24)) == date(2026, 12, 29)
    assert Term(2, Unit.DAYS, "wet").ends_on(date(2026, 11, 13)) == date(2026, 11, 16)


def test_a_month_ends_on_the_last_day_when_the_next_is_shorter() -> None:
    assert Term(1, Unit.MONTHS, "AVG 12", by_law=False).ends_on(date(2027, 1, 31)) == date(2027, 2, 28)


def test_no_working_days_later_is_the_day_itself() -> None:
    assert add_working_days(date(2026, 11, 14), 0) == date(2026, 11, 14)
