"""Supervision: the inspector reads by law, and no further than the mandate (harm B36)."""

import pytest
from django.urls import reverse

from kring.circle.models import Family, Membership
from kring.demo.cast import Cast
from kring.demo.families import de_vries, shelter
from kring.demo.stage import bsn, years_ago
from kring.families.actions import enter_for_inspection
from kring.families.models import FamilyMember, SecretAddress
from kring.lifecycle.reasons import NotAllowed
from tests.bed import acting, browser

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_inspector_enters_by_an_exact_number_and_the_circle_sees_it(cast: Cast) -> None:
    family = de_vries()
    answer = browser(cast.saskia).post(
        reverse("desk:inspect"), {"idempotency_key": "0b6c2f0e-0000-4000-8000-000000000001", "bsn": bsn(104)}
    )
    assert answer.url == reverse("desk:family", args=[family.id])
    assert "Lisa" in browser(cast.saskia).get(answer.url).content.decode()
    with acting(cast.samira):
        entered = Membership.objects.get(family=family, role="inspector")
    assert entered.until_at is not None
    assert "2026/014" in entered.ground_note


def test_who_has_no_mandate_can_not_look_whatever_number_is_tried(cast: Cast) -> None:
    de_vries()
    for nosy in (cast.marleen, cast.hanna, cast.ilse):
        with pytest.raises(NotAllowed), acting(nosy) as by:
            enter_for_inspection(by=by, bsn=bsn(104))
        with acting(nosy):
            assert Family.objects.count() == 0


def test_nothing_and_more_than_one_are_answered_alike(cast: Cast) -> None:
    de_vries()
    with acting(cast.saskia) as saskia:
        assert enter_for_inspection(by=saskia, bsn=bsn(999)) is None
        assert enter_for_inspection(by=saskia, surname="Niemand", born_on=years_ago(9)) is None
        assert Family.objects.count() == 0


def test_an_inspector_of_the_sheltered_family_finds_no_address(cast: Cast) -> None:
    family = shelter()
    client = browser(cast.saskia)
    with acting(cast.saskia) as saskia:
        assert enter_for_inspection(by=saskia, bsn=bsn(203)) == family.id
    for path in ("desk:family", "circle:people"):
        page = client.get(reverse(path, args=[family.id])).content.decode()
        assert "Ankerpad" not in page
        assert "Anker" not in page
    with acting(cast.saskia):
        assert SecretAddress.objects.count() == 0
        assert FamilyMember.objects.count() == 0  # not opened in this request
