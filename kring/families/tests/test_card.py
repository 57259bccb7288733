"""What the emergency card and the desk show of a family's people."""

from datetime import date

import pytest
from django.utils import timezone

from kring.circle.access import open_family
from kring.circle.models import Family
from kring.demo.cast import Cast
from kring.families import actions
from kring.families.card import card
from kring.families.models import FamilyMember
from kring.families.tests.conftest import add
from kring.lifecycle.hooks import registered
from tests.bed import acting

pytestmark = pytest.mark.django_db


def test_the_card_begins_with_the_danger_and_names_who_live_there_and_no_secret_place(
    cast: Cast, family: Family, daan: FamilyMember
) -> None:
    add(cast.tom, family, called="Oma", standing="network")
    add(cast.tom, family, called="Opa", died_on=date(2020, 1, 1))
    with acting(cast.tom) as tom:
        home = actions.start_household(by=tom, family=family, members=[daan])
        actions.set_secret_address(by=tom, household=home, street="Geheimlaan", house_number="77")
        actions.warn_at_the_door(by=tom, family=family, what="Dreigde met een mes.", since_on=date(2026, 11, 1))
        open_family(tom, family.id, "noodkaart")
        lines = card(family.id)
    (age, _oldest) = daan.birth.ages(timezone.localdate()) or (0, 0)
    assert lines[0] == ("Gevaar aan de deur", "Dreigde met een mes. Ga nooit alleen.")
    assert [line for heading, line in lines if heading == "Gezinsleden"] == [f"Daan de Vries, {age} jaar"]
    assert "Geheimlaan" not in repr(lines)


def test_the_room_takes_part_in_card_and_desk() -> None:
    assert registered("card")["families"] is card
    assert "families" in registered("desk")
