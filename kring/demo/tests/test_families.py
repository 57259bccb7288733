"""The demo's families can be told from start to end by actions."""

import pytest

from kring.circle.models import Circle, Family
from kring.demo.cast import Cast
from kring.demo.families import build_families
from tests.bed import acting, browser

pytestmark = pytest.mark.django_db(transaction=True)  # the stage signs in through the login door


def test_five_families_stand_with_somebody_who_watches(cast: Cast) -> None:
    build_families()
    with acting(cast.samira):
        labels = set(Family.objects.values_list("label", flat=True))
        assert labels == {"Gezin De Vries", "Mevrouw De Boer", "Gezin Van Dam"}
        assert all(circle.sight_accepted_at for circle in Circle.objects.all())
    with acting(cast.samira):
        family = Family.objects.get(label="Gezin De Vries")
    page = browser(cast.samira).get(f"/gezin/{family.id}/").content.decode()
    for name in ("Daan", "Lisa", "Mees", "Joost", "Oma Ayşe"):
        assert name in page
