"""What goes on in the demo tonight goes in by the same doors as in real life."""

import pytest

from kring.circle.models import Family
from kring.demo.cast import Cast
from kring.demo.families import de_vries
from kring.demo.reports import about_de_vries, know_the_police, send, tonight
from tests.bed import acting

pytestmark = pytest.mark.django_db(transaction=True)


def test_tonight_three_reports_wait_at_the_desk_and_one_is_of_a_known_family(cast: Cast) -> None:
    de_vries()
    tonight()
    with acting(cast.amira):
        assert Family.objects.filter(provisional=True).count() == 3


def test_the_same_message_twice_is_one_report(cast: Cast) -> None:
    know_the_police()
    assert send(about_de_vries())
    assert not send(about_de_vries())
    with acting(cast.amira):
        assert Family.objects.count() == 1
