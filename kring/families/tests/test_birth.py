"""A birth date as far as it is known, and what follows from it."""

from datetime import date

import pytest

from kring.families.birth import Birth

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("birth", "precision", "ages"),
    [
        (Birth(2012, 5, 3), "day", (14, 14)),
        (Birth(2008, 11, 22), "day", (18, 18)),
        (Birth(2008, 11, 23), "day", (17, 17)),
        (Birth(2008, 11), "month", (17, 18)),
        (Birth(2008), "year", (17, 18)),
        (Birth(), "unknown", None),
        (Birth(unborn=True), "unknown", None),
    ],
)
def test_the_age_is_no_more_precise_than_the_birth_date(birth: Birth, precision: str, ages: tuple[int, int]) -> None:
    assert (birth.precision, birth.ages(TODAY)) == (precision, ages)


@pytest.mark.parametrize(
    ("birth", "child"),
    [
        (Birth(2012, 5, 3), True),
        (Birth(1985), False),
        (Birth(2008, 11), None),
        (Birth(), None),
        (Birth(unborn=True, expected_on=date(2027, 1, 1)), True),
    ],
)
def test_whether_somebody_is_a_child_may_be_unknown(birth: Birth, child: bool | None) -> None:
    assert birth.is_under(18, TODAY) is child


def test_who_is_born_on_29_february_is_18_on_1_march_of_an_ordinary_year() -> None:
    assert Birth(2008, 2, 29).ages(date(2026, 2, 28)) == (17, 17)
    assert Birth(2008, 2, 29).ages(date(2026, 3, 1)) == (18, 18)


def test_stored_and_read_back_it_is_the_same() -> None:
    for birth in (Birth(2012, 5, 3), Birth(2012, 5), Birth(2012), Birth(), Birth(unborn=True)):
        assert Birth.of(birth.earliest, birth.precision, birth.unborn, birth.expected_on) == birth
