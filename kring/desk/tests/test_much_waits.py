"""A desk on which a hundred things wait shows the most urgent, and all of them when asked."""

import pytest

from kring.demo.cast import Cast
from kring.desk import queries
from kring.lifecycle import hooks
from kring.lifecycle.waiting import Waiting
from tests.bed import browser

pytestmark = pytest.mark.django_db


def _many(_viewer, _family_id=None) -> list[Waiting]:
    calm = [Waiting(title=f"Melding {number}", path="/", urgency="today") for number in range(60)]
    return [*calm, Waiting(title="Nu gevaar", path="/", urgency="now", danger=True)]


def test_of_sixty_things_the_most_urgent_stands_on_top_and_none_is_lost(cast: Cast, monkeypatch) -> None:
    monkeypatch.setitem(hooks._named["desk"], "intake", _many)
    tom = browser(cast.tom)
    first = tom.get("/").content.decode()
    assert "Nu gevaar" in first
    assert "Melding 59" not in first
    assert f"Toon ook de andere {61 - queries.FIRST}" in first
    assert "Melding 59" in tom.get("/?alles=ja").content.decode()
