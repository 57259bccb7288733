"""The desk and the family page, as each person sees them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kring.circle import actions
from kring.circle.models import Family
from kring.demo.cast import Cast
from tests.bed import acting, browser

pytestmark = pytest.mark.django_db


def found(cast: Cast, label: str = "Gezin De Vries") -> Family:
    with acting(cast.tom) as tom:
        family = actions.found_family(
            by=tom, label=label, desk_id=cast.organisation("veilig_thuis"), assessed_before=date(2030, 1, 1)
        )
        actions.take_up_sight(by=tom, family=family)
    return family


def test_the_desk_shows_my_families_and_not_those_of_a_colleague(cast: Cast) -> None:
    found(cast)
    assert "Gezin De Vries" in browser(cast.tom).get("/").content.decode()
    assert "De Vries" not in browser(cast.samira).get("/").content.decode()


def test_the_family_page_says_who_watches_and_an_outsider_gets_the_same_as_for_nothing(cast: Cast) -> None:
    family = found(cast)
    page = browser(cast.tom).get(reverse("desk:family", args=[family.id]))
    assert "Tom Vermeer" in page.content.decode()
    assert "Nu geen vast gezicht" in page.content.decode()
    hidden = browser(cast.samira).get(reverse("desk:family", args=[family.id]))
    absent = browser(cast.samira).get(reverse("desk:family", args=["11111111-1111-4111-8111-111111111111"]))
    assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content)
    assert hidden.status_code == 404


def test_the_number_of_queries_does_not_grow_with_families(cast: Cast) -> None:
    counts = []
    for number in (1, 9):
        for n in range(number):
            found(cast, f"Gezin {number}-{n}")
        client = browser(cast.tom)
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        counts.append(len([q for q in queries if "set_config" not in q["sql"] and "SAVEPOINT" not in q["sql"]]))
    assert counts[0] == counts[1] <= 15


def test_a_team_leader_counts_circles_without_seeing_one(cast: Cast) -> None:
    found(cast)
    page = browser(cast.femke).get(reverse("desk:caseload")).content.decode()
    assert "Tom Vermeer" in page
    assert "De Vries" not in page


def test_who_is_not_signed_in_is_sent_to_sign_in() -> None:
    assert browser().get("/").status_code == 302
