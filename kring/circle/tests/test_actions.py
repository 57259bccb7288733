"""Inviting, answering, narrowing, asking: what the definer functions do for whom."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from kring.accountability.tests.bed import family_of
from kring.accounts.models import Professional
from kring.circle import actions
from kring.circle.models import AccessRequest, Circle, ContactCard, Invitation, Membership
from kring.circle.queries import my_invitations
from kring.demo.cast import Cast
from kring.lifecycle.models import Happening
from kring.lifecycle.reasons import NotAllowed
from kring.locks.subject import Viewer
from tests.bed import acting

pytestmark = pytest.mark.django_db(transaction=True)


def professional(who: Viewer) -> Professional:
    return Professional.objects.select_related("organisation").get(pk=who.id)


def invite(cast: Cast, who: Viewer, **scope: object) -> uuid.UUID:
    family = family_of(cast)
    with acting(cast.tom) as tom:
        actions.invite(
            by=tom, family=family, professional=professional(who), role="care_provider", ground="consent", **scope
        )  # type: ignore[arg-type]
    return family.id


def test_an_invitation_makes_no_member_until_it_is_accepted_by_name(cast: Cast) -> None:
    family_id = invite(cast, cast.noor)
    with acting(cast.noor) as noor:
        (asked,) = my_invitations()
        assert (asked.family_id, asked.label) == (family_id, "Gezin De Vries")
        assert not Membership.objects.exists()
        actions.answer_invitation(by=noor, invitation_id=asked.id, accept=True)
        assert Membership.objects.filter(family_id=family_id, professional_id=noor.id).exists()


def test_an_invitation_can_be_declined_and_then_is_over(cast: Cast) -> None:
    invite(cast, cast.noor)
    with acting(cast.noor) as noor:
        (asked,) = my_invitations()
        actions.answer_invitation(by=noor, invitation_id=asked.id, accept=False)
        assert my_invitations() == []
        with pytest.raises(Invitation.DoesNotExist), transaction.atomic():
            actions.answer_invitation(by=noor, invitation_id=asked.id, accept=True)


def test_nobody_answers_the_invitation_of_another(cast: Cast) -> None:
    invite(cast, cast.noor)
    with acting(cast.noor):
        (asked,) = my_invitations()
    with acting(cast.koen) as koen:
        assert my_invitations() == []
        with pytest.raises(Invitation.DoesNotExist), transaction.atomic():
            actions.answer_invitation(by=koen, invitation_id=asked.id, accept=True)


def test_what_a_membership_opens_is_what_was_invited_to(cast: Cast) -> None:
    family_id = invite(cast, cast.noor, opens_kinds=["plan"])
    with acting(cast.noor) as noor:
        actions.answer_invitation(by=noor, invitation_id=my_invitations()[0].id, accept=True)
    with acting(cast.tom) as tom:
        actions.write_contact_card(
            by=tom, family=Circle.objects.select_related("family").get(family_id=family_id).family, kind="school",
            name="Wendy", organisation="De Regenboog", may_know="Dat Lisa wordt opgehaald.", agreed="",
        )  # fmt: skip
    with acting(cast.noor), connection.cursor() as cursor:
        cursor.execute("select sec.open_family(%s, 'x')", [family_id])
        assert cursor.fetchone() == (True,)
        assert ContactCard.objects.count() == 0  # kind "family"; hers is "plan"


def test_only_the_duo_narrows_a_membership(cast: Cast) -> None:
    family = family_of(cast)
    with acting(cast.samira) as samira:
        mine = Membership.objects.get(professional_id=samira.id)
        with pytest.raises(NotAllowed):
            actions.set_scope(by=samira, membership=mine, opens_kinds=None)
        with pytest.raises(DatabaseError, match="not yours"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select sec.set_scope(%s, null, null, null, null, 'everyone', null)", [mine.id])
    with acting(cast.tom) as tom:
        narrowed = actions.set_scope(by=tom, membership=Membership.objects.get(pk=mine.id), opens_kinds=["plan"])
    assert narrowed.opens_kinds == ["plan"]
    assert narrowed.family_id == family.id


def test_asking_for_access_tells_the_asker_nothing(cast: Cast) -> None:
    family_of(cast)
    with acting(cast.koen) as koen:
        for about in ("Gezin De Vries", "Een gezin dat niet bestaat"):
            answer = actions.ask_access(
                by=koen, asked=professional(cast.tom), about=about, reason="school belde", ground="consent"
            )
            assert answer is None
        assert AccessRequest.objects.count() == 0
    with acting(cast.tom):
        assert AccessRequest.objects.count() == 2
    with acting(cast.samira):
        assert AccessRequest.objects.count() == 0


def test_a_shelters_worker_joins_unheard_by_the_others(cast: Cast) -> None:
    family = family_of(cast, shelter_worker=cast.lotte)
    with acting(cast.samira):
        assert set(Membership.objects.values_list("professional_id", flat=True)) == {None, cast.tom.id, cast.samira.id}
        assert str(cast.lotte.id) not in str(list(Happening.objects.filter(family_id=family.id).values()))
    with acting(cast.tom):
        assert Membership.objects.filter(professional_id=cast.lotte.id).exists()


def test_whoever_is_not_of_the_duo_lets_nobody_in_whatever_the_code_asks(cast: Cast) -> None:
    family = family_of(cast)
    with acting(cast.samira), connection.cursor() as cursor, pytest.raises(DatabaseError, match="only the duo"):
        cursor.execute(
            "select sec.admit(%s,%s,%s,null,null,'expert','consent','',null,null,null,null,null,'everyone',null)",
            [uuid.uuid4(), family.id, cast.koen.id],
        )
