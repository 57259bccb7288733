"""The circle's pages, as the people in it and beside it see them."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from kring.accounts.models import Professional
from kring.circle import actions
from kring.circle.models import Circle, Family, Membership
from kring.demo.cast import Cast
from kring.lifecycle.action import record
from kring.lifecycle.reasons import NotAllowed
from tests.bed import acting, browser

pytestmark = pytest.mark.django_db
KEY = "0b6c2f0e-0000-4000-8000-00000000000{}"


@pytest.fixture
def family(cast: Cast) -> Family:
    with acting(cast.tom) as tom:
        family = actions.found_family(
            by=tom, label="Gezin De Vries", desk_id=cast.organisation("veilig_thuis"), assessed_before=date(2030, 1, 1)
        )
        actions.take_up_sight(by=tom, family=family)
    return family


def invite_samira(cast: Cast, family: Family) -> None:
    url = reverse("circle:change", args=[family.id, "uitnodigen"])
    answer = browser(cast.tom).post(
        url,
        {
            "idempotency_key": KEY.format(1),
            "who": "El Idrissi",
            "role": "local_professional",
            "ground": "veilig_thuis_transfer",
            "opens": ["family", "intake"],
            "audience": "everyone",
        },
    )
    assert answer.status_code == 302, answer.context["form"].errors


def accept(cast: Cast) -> None:
    page = browser(cast.samira).get("/").content.decode()
    path = page.split('href="/uitnodiging/')[1].split('"')[0]
    assert browser(cast.samira).post(f"/uitnodiging/{path}", {"yes": "1"}).status_code == 302


def test_who_is_invited_sees_the_family_only_after_saying_yes(cast: Cast, family: Family) -> None:
    invite_samira(cast, family)
    page = reverse("desk:family", args=[family.id])
    assert browser(cast.samira).get(page).status_code == 404
    accept(cast)
    assert browser(cast.samira).get(page).status_code == 200


def test_an_invitation_is_nobody_elses(cast: Cast, family: Family) -> None:
    invite_samira(cast, family)
    path = browser(cast.samira).get("/").content.decode().split('href="/uitnodiging/')[1].split('"')[0]
    assert browser(cast.koen).get(f"/uitnodiging/{path}").status_code == 404
    assert browser(cast.koen).post(f"/uitnodiging/{path}", {"yes": "1"}).status_code == 404


def test_sight_stays_with_the_giver_until_the_other_accepts(cast: Cast, family: Family) -> None:
    invite_samira(cast, family)
    accept(cast)
    with acting(cast.tom):
        samira = Membership.objects.get(family=family, professional_id=cast.samira.id)
    url = reverse("circle:change", args=[family.id, "zicht"])
    browser(cast.tom).post(url, {"idempotency_key": KEY.format(2), "to": str(samira.id)})
    with acting(cast.tom):
        assert Circle.objects.get(family=family).sight_owner.professional_id == cast.tom.id
    browser(cast.samira).post(reverse("circle:accept_sight", args=[family.id]))
    with acting(cast.tom):
        assert Circle.objects.get(family=family).sight_owner.professional_id == cast.samira.id


def test_who_watches_can_not_leave_and_hears_what_to_do_first(cast: Cast, family: Family) -> None:
    page = browser(cast.tom).get(reverse("circle:leave", args=[family.id])).content.decode()
    assert "laat dit eerst door een ander aanvaarden" in page
    assert browser(cast.tom).post(reverse("circle:leave", args=[family.id])).status_code == 403


def test_a_change_a_role_may_not_make_is_refused_with_the_reason(cast: Cast, family: Family) -> None:
    invite_samira(cast, family)
    accept(cast)
    url = reverse("circle:change", args=[family.id, "regie"])
    assert "Dit kan alleen" in browser(cast.samira).get(url).content.decode()
    refused = browser(cast.samira).post(url, {"idempotency_key": KEY.format(3), "direction": "family"})
    assert refused.status_code == 403


def test_asking_for_access_gives_the_same_answer_whatever_there_is(cast: Cast, family: Family) -> None:
    about = {"who": "Vermeer", "reason": "Ik help moeder", "ground": "consent"}
    answers = []
    for number, name in ((4, "Gezin De Vries"), (5, "Gezin Dat Er Niet Is")):
        client = browser(cast.noor)
        answers.append(
            client.post(reverse("circle:ask_access"), {**about, "about": name, "idempotency_key": KEY.format(number)})
        )
    assert {answer.status_code for answer in answers} == {302}
    assert answers[0].url == answers[1].url
    waiting = browser(cast.tom).get(reverse("circle:access_requests")).content.decode()
    assert "Gezin De Vries" in waiting
    assert "Gezin De Vries" not in browser(cast.femke).get(reverse("circle:access_requests")).content.decode()


def test_the_form_sent_twice_invites_once(cast: Cast, family: Family) -> None:
    invite_samira(cast, family)
    invite_samira(cast, family)
    accept(cast)
    assert 'href="/uitnodiging/' not in browser(cast.samira).get("/").content.decode()


def test_what_a_hidden_member_does_is_heard_by_the_duo_only(cast: Cast, family: Family) -> None:
    with acting(cast.tom) as tom:
        for who, ground in ((cast.lotte, "consent"), (cast.bram, "consent")):
            professional = Professional.objects.select_related("organisation").get(pk=who.id)
            actions.admit(by=tom, family=family, professional=professional, role="care_provider", ground=ground)
    with acting(cast.lotte) as lotte:
        record("circle.contact_card_written", by=lotte, family_id=family.id, audience="everyone")
    said = "Afspraken met school of huisarts zijn vastgelegd"
    page = reverse("desk:family", args=[family.id])
    assert said in browser(cast.tom).get(page).content.decode()
    assert said not in browser(cast.bram).get(page).content.decode()


def test_sight_that_somebody_has_is_offered_and_never_seized(cast: Cast, family: Family) -> None:
    """Tom has it by name; a colleague of the same desk can't take it, by the page or past it."""
    answer = browser(cast.amira).post(reverse("circle:take_up", args=[family.id]))
    assert answer.status_code == 403
    assert "Vraag of die het aan u aanbiedt" in answer.content.decode()
    with acting(cast.tom) as tom:
        amira = Professional.objects.select_related("organisation").get(pk=cast.amira.id)
        hers = actions.admit(by=tom, family=family, professional=amira, role="assessor", ground="veilig_thuis")
    with acting(cast.amira), pytest.raises(IntegrityError), transaction.atomic():
        Circle.objects.filter(family=family).update(sight_owner=hers)


def test_a_narrow_partner_does_not_open_more_for_herself(cast: Cast, family: Family) -> None:
    with acting(cast.tom) as tom:
        joost = Professional.objects.select_related("organisation").get(pk=cast.joost.id)
        his = actions.admit(
            by=tom, family=family, professional=joost, role="safety_partner", ground="consent", opens_kinds=["family"]
        )
    with acting(cast.joost) as joost_himself, pytest.raises(NotAllowed):
        actions.set_scope(by=joost_himself, membership=his, opens_kinds=None)
    with acting(cast.joost), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select sec.set_scope(%s, null, null, null, null, 'everyone', null)", [his.id])


def test_the_deputy_is_another_than_the_fixed_face(cast: Cast, family: Family) -> None:
    with acting(cast.tom) as tom:
        mine = Membership.objects.get(family=family, professional_id=tom.id)
        with pytest.raises(NotAllowed):
            actions.set_fixed_face(by=tom, family=family, face=mine, deputy=mine)
