"""Two rows, one human: merged, undone, nothing lost (harm B15, story 28)."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from kring.circle import actions as circle
from kring.circle.access import NotThere, open_family
from kring.circle.models import Family
from kring.demo.cast import Cast
from kring.families import actions, queries
from kring.families.models import FamilyMember, Relation
from kring.families.tests.conftest import ANOTHER_BSN, BSN, add
from kring.lifecycle.models import Happening
from kring.lifecycle.reasons import NotAllowed
from kring.locks.subject import Viewer
from tests.bed import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def twice(cast: Cast, family: Family) -> tuple[FamilyMember, FamilyMember]:
    """The phone call said Daan, the message said D. de Vries, 3 May 2012."""
    phoned = add(cast.tom, family, called="Daan")
    written = add(
        cast.tom, family, initials="D.", prefix="de", surname="Vries", called="Daniël", born_on=date(2012, 5, 3)
    )
    return phoned, written


def test_merging_fills_what_was_empty_and_takes_over_what_was_asked(
    cast: Cast, family: Family, twice: tuple[FamilyMember, FamilyMember]
) -> None:
    phoned, written = twice
    with acting(cast.tom) as tom:
        actions.merge_members(by=tom, kept=phoned, merged=written, reason="Zelfde kind")
        opened = open_family(tom, family.id, "kijken")
        (daan,) = queries.members_of(opened)
        assert (daan.name, daan.birth.exact) == ("Daan de Vries", date(2012, 5, 3))
        assert queries.member_of(opened, written.id) == daan
        assert set(queries.same_as(opened, daan)) == {phoned.id, written.id}
        assert Happening.objects.filter(kind="families.members_merged").count() == 1


def test_unmerging_gives_back_both_as_they_were(
    cast: Cast, family: Family, twice: tuple[FamilyMember, FamilyMember]
) -> None:
    phoned, written = twice
    with acting(cast.tom) as tom:
        merge = actions.merge_members(by=tom, kept=phoned, merged=written, reason="Zelfde kind", take=["called"])
        actions.unmerge_members(by=tom, merge=merge, reason="Het zijn neefjes")
        opened = open_family(tom, family.id, "kijken")
        back = {member.id: member for member in queries.members_of(opened)}
        assert (back[phoned.id].name, back[phoned.id].birth.precision) == ("Daan", "unknown")
        assert (back[written.id].name, back[written.id].birth.exact) == ("Daniël de Vries", date(2012, 5, 3))
        with pytest.raises(NotAllowed):
            actions.unmerge_members(by=tom, merge=merge, reason="nog eens")


def test_what_somebody_corrected_after_the_merge_is_not_undone_with_it(
    cast: Cast, family: Family, twice: tuple[FamilyMember, FamilyMember]
) -> None:
    phoned, written = twice
    with acting(cast.tom) as tom:
        merge = actions.merge_members(by=tom, kept=phoned, merged=written, reason="Zelfde kind")
        actions.change_member(by=tom, member=phoned, surname="Vriesman")
        actions.unmerge_members(by=tom, merge=merge, reason="Toch niet")
        phoned.refresh_from_db()
        assert phoned.surname == "Vriesman"


def test_relations_of_the_merged_one_are_read_as_those_of_the_kept(
    cast: Cast, family: Family, twice: tuple[FamilyMember, FamilyMember]
) -> None:
    phoned, written = twice
    fatma = add(cast.tom, family, called="Fatma", born_on=date(1988, 4, 2))
    with acting(cast.tom) as tom:
        actions.relate(by=tom, member=fatma, other=written, kind="parent")
        actions.set_safe_contact(by=tom, member=written, channels=["portal"])
        actions.merge_members(by=tom, kept=phoned, merged=written, reason="Zelfde kind")
        opened = open_family(tom, family.id, "kijken")
        (tie,) = queries.ties_of(opened, queries.people_of(opened))[phoned.id]
        assert (tie.other, tie.kind) == (fatma, "parent")
        assert queries.safe_contacts_of(opened, queries.people_of(opened))[phoned.id].channels == ["portal"]
        contact = queries.safe_contact_of(phoned)
        assert contact is not None


def test_two_with_different_birth_dates_are_not_merged(cast: Cast, family: Family) -> None:
    one = add(cast.tom, family, called="Daan", born_on=date(2012, 5, 3))
    two = add(cast.tom, family, called="Daan", born_on=date(2012, 5, 4))
    with acting(cast.tom) as tom, pytest.raises(NotAllowed):
        actions.merge_members(by=tom, kept=one, merged=two, reason="Zelfde naam")


def test_who_stands_in_both_circles_says_that_it_is_the_same_human_and_takes_it_back(
    cast: Cast, found: Callable[..., Family]
) -> None:
    here, there = found(), found("Familie Yıldız")
    one, two = add(cast.tom, here, called="Rob"), add(cast.tom, there, called="Rob")
    with acting(cast.tom) as tom:
        link = actions.link_person(by=tom, member=one, same_as=two, reason="Paspoort gezien")
        one.refresh_from_db()
        assert one.person_id == two.person_id
        actions.unlink_person(by=tom, link=link)
        one.refresh_from_db()
        assert one.person_id == link.former_person_id


def test_nobody_links_to_a_family_they_do_not_see(cast: Cast, found: Callable[..., Family]) -> None:
    here = found()
    there = found("Familie Yıldız", by=cast.femke)
    one, two = add(cast.tom, here, called="Rob"), add(cast.femke, there, called="Rob")
    with acting(cast.ilse) as ilse, pytest.raises(NotThere):
        actions.link_person(by=ilse, member=one, same_as=two, reason="zomaar")


def test_a_person_with_a_portal_is_not_moved_by_a_link(cast: Cast, found: Callable[..., Family]) -> None:
    here, there = found(), found("Familie Yıldız")
    one, two = add(cast.tom, here, called="Rob"), add(cast.tom, there, called="Rob")
    with acting(cast.tom) as tom:
        circle.admit(by=tom, family=here, role="family_member", ground="self", person_id=one.person_id)
        with pytest.raises(NotAllowed):
            actions.link_person(by=tom, member=one, same_as=two, reason="Paspoort gezien")
    with acting(Viewer(one.person_id, "person", "Rob")) as rob:
        assert open_family(rob, here.id, "mijn gezin").id == here.id


def test_two_with_a_number_of_their_own_are_two_humans(cast: Cast, family: Family) -> None:
    one = add(cast.tom, family, bsn=BSN, called="Daan", surname="Vries", born_on=date(2012, 5, 3))
    two = add(cast.tom, family, bsn=ANOTHER_BSN, called="Daan", surname="Vries", born_on=date(2012, 5, 3))
    with acting(cast.tom) as tom, pytest.raises(NotAllowed) as refused:
        actions.merge_members(by=tom, kept=one, merged=two, reason="Zelfde naam en datum")
    assert [reason.code for reason in refused.value.reasons] == ["other_number"]


def test_the_number_of_the_merged_one_is_read_with_the_kept(cast: Cast, family: Family) -> None:
    one = add(cast.tom, family, called="Daan")
    two = add(cast.tom, family, bsn=BSN, called="Daan", born_on=date(2012, 5, 3))
    with acting(cast.tom) as tom:
        actions.merge_members(by=tom, kept=one, merged=two, reason="Zelfde kind")
        opened = open_family(tom, family.id, "kijken")
        (daan,) = queries.members_of(opened)
        assert queries.bsn_for(tom, daan) == (BSN, [])


def test_who_has_the_portal_keeps_it_through_merge_and_unmerge(
    cast: Cast, family: Family, twice: tuple[FamilyMember, FamilyMember]
) -> None:
    phoned, written = twice
    with acting(cast.tom) as tom:
        circle.admit(by=tom, family=family, role="family_member", ground="self", person_id=written.person_id)
        merge = actions.merge_members(by=tom, kept=phoned, merged=written, reason="Zelfde kind")
        phoned.refresh_from_db()
        assert phoned.person_id == written.person_id
        actions.unmerge_members(by=tom, merge=merge, reason="Toch twee")
        phoned.refresh_from_db()
        assert phoned.person_id != written.person_id


def test_nothing_points_out_of_its_own_family_whatever_the_code_does(
    cast: Cast, found: Callable[..., Family], twice: tuple[FamilyMember, FamilyMember]
) -> None:
    elsewhere = add(cast.tom, found("Familie Yıldız"), called="Mina")
    with acting(cast.tom) as tom:
        with pytest.raises(NotAllowed):
            actions.relate(by=tom, member=elsewhere, other=twice[0], kind="sibling")
        with pytest.raises(NotAllowed):
            actions.start_household(by=tom, family=twice[0].family, members=[elsewhere])
        open_family(tom, twice[0].family_id, "kijken")
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
        with pytest.raises(IntegrityError, match="in_family"), transaction.atomic():
            Relation.objects.create(family_id=twice[0].family_id, member=twice[0], other=elsewhere, kind="sibling")
