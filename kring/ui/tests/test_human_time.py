from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.ui.human_time import day, distance, due, full, when

NOW = datetime(2026, 11, 9, 7, 0, tzinfo=UTC)  # Monday 9 November 08:00 in the Netherlands
TODAY = date(2026, 11, 9)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 9, 15, 5, tzinfo=UTC), "vandaag 16:05"),
        (datetime(2026, 11, 8, 19, 10, tzinfo=UTC), "gisteren 20:10"),
        (datetime(2026, 11, 10, 8, 0, tzinfo=UTC), "morgen 09:00"),
        (datetime(2026, 11, 4, 8, 12, tzinfo=UTC), "wo 4 nov 09:12"),
        (datetime(2026, 7, 1, 8, 0, tzinfo=UTC), "wo 1 jul 10:00"),
        (datetime(2025, 12, 31, 23, 30, tzinfo=UTC), "do 1 jan 00:30"),
        (datetime(2025, 12, 31, 22, 30, tzinfo=UTC), "31 dec 2025 23:30"),
        (date(2026, 11, 11), "wo 11 nov"),
    ],
)
def test_a_moment_is_told_as_people_say_it(moment, words):
    assert when(moment, NOW) == words


def test_just_before_midnight_in_london_it_is_already_tomorrow_here():
    assert when(datetime(2026, 11, 9, 23, 30, tzinfo=UTC), NOW) == "morgen 00:30"


@pytest.mark.parametrize(
    ("days", "words", "kind"),
    [
        (-3, "3 dagen te laat", "danger"),
        (-1, "1 dag te laat", "danger"),
        (0, "vandaag", "danger"),
        (1, "morgen", "warn"),
        (3, "do 12 nov", "warn"),
        (4, "vr 13 nov", "neutral"),
        (400, "14 dec 2027", "neutral"),
    ],
)
def test_a_term_says_how_near_it_is(days, words, kind):
    near = due(TODAY + timedelta(days=days), TODAY)

    assert (near.text, near.kind) == (words, kind)


def test_distances_are_counted_in_days():
    assert distance(TODAY + timedelta(days=2), TODAY) == "over 2 dagen"
    assert distance(TODAY - timedelta(days=12), TODAY) == "12 dagen geleden"
    assert distance(TODAY, TODAY) == "vandaag"


def test_who_wants_it_exact_gets_it():
    assert full(date(2026, 11, 11)) == "woensdag 11 november 2026"


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)))
def test_two_days_never_look_the_same_within_a_year(moment):
    other = moment + timedelta(days=7)

    assert day(moment, TODAY) != day(other, TODAY)
