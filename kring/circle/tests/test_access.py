"""The one door: opening leaves a trail row, a refusal leaves one too, and roles say who may act."""

import uuid

import pytest

from kring.accountability.tests.bed import family_of, trail
from kring.circle.access import NotThere, open_family, require, roles_in
from kring.demo.cast import Cast
from kring.lifecycle.reasons import NotAllowed
from tests.bed import acting, browser

pytestmark = pytest.mark.django_db(transaction=True)


def test_opening_says_who_for_what_and_when(cast: Cast) -> None:
    family = family_of(cast)
    with acting(cast.samira) as samira:
        open_family(samira, family.id, "huisbezoek voorbereiden")
    (row,) = trail(f"action = 'open' and subject_id = '{cast.samira.id}'")
    assert (row.family_id, row.outcome) == (family.id, "done")
    assert row.body == '{"what": "huisbezoek voorbereiden"}'


def test_an_outsider_is_told_the_same_as_about_nothing_at_all(cast: Cast) -> None:
    family = family_of(cast)
    for wanted in (family.id, uuid.uuid4()):
        with acting(cast.koen) as koen, pytest.raises(NotThere):
            open_family(koen, wanted, "nieuwsgierig")
    assert not trail(f"subject_id = '{cast.koen.id}' and outcome = 'done'")


def test_a_refused_page_is_on_record_for_reviewers_only(cast: Cast) -> None:
    family = family_of(cast)
    assert browser(cast.koen).get(f"/gezin/{family.id}/kring/").status_code == 404
    (row,) = trail(f"subject_id = '{cast.koen.id}'")
    assert (row.action, row.outcome, row.family_id, row.audience) == ("read", "refused", family.id, "reviewers")


def test_a_refused_act_is_on_record_too_and_changes_nothing(cast: Cast) -> None:
    family = family_of(cast)
    assert browser(cast.samira).post(f"/gezin/{family.id}/kring/aannemen/").status_code == 403
    assert trail(f"subject_id = '{cast.samira.id}' and outcome = 'refused'")
    assert not trail(f"subject_id = '{cast.samira.id}' and outcome = 'done'")


def test_a_member_without_the_role_hears_why_not_and_an_outsider_hears_nothing(cast: Cast) -> None:
    family = family_of(cast)
    with acting(cast.samira) as samira, pytest.raises(NotAllowed) as refused:
        require(samira, family.id, "circle.set_fixed_face")
    assert "vast gezicht" in str(refused.value.reasons[0])
    with acting(cast.koen) as koen, pytest.raises(NotThere):
        require(koen, family.id, "circle.set_fixed_face")


def test_a_desk_stands_in_the_circle_through_its_people(cast: Cast) -> None:
    family = family_of(cast)
    with acting(cast.femke) as femke:
        assert roles_in(femke, family.id) == {"receiving_desk"}
    with acting(cast.koen) as koen:
        assert roles_in(koen, family.id) == frozenset()


def test_a_professionals_page_is_not_there_for_the_family(cast: Cast) -> None:
    """What the family sees is made for the family: the portal's pages, marked as such."""
    from kring.accounts.models import Professional
    from kring.circle import actions
    from kring.locks.subject import Viewer

    family, fatma = family_of(cast), Viewer(uuid.uuid4(), "person", "")
    with acting(cast.tom) as tom:
        assert Professional.objects.exists()
        actions.admit(by=tom, family=family, role="family_member", ground="self", person_id=fatma.id)
    for page in ("kring", "logboek"):
        assert browser(fatma).get(f"/gezin/{family.id}/{page}/").status_code == 404
    assert browser(fatma).get("/berichten/").status_code == 200
