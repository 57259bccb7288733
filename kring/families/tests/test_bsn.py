"""The citizen service number: only where a law says so, and only of whom it says so (harm B34)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from kring.accounts.sign_in import REPORTER_ID
from kring.circle import actions as circle
from kring.circle.access import open_family
from kring.circle.models import Family
from kring.demo.cast import Cast
from kring.families import actions, queries, rules
from kring.families.birth import Birth
from kring.families.models import CitizenNumber, FamilyMember, NoBsnReason
from kring.families.tests.conftest import ANOTHER_BSN, BSN, add, join
from kring.lifecycle.reasons import NotAllowed
from kring.locks.subject import Viewer
from tests.bed import acting, browser, door

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
CHILD, ADULT, UNKNOWN = Birth(2012, 5, 3), Birth(1985, 2, 1), Birth()


@pytest.mark.parametrize(
    ("powers", "birth", "since", "codes"),
    [
        (set(), CHILD, None, ["no_power"]),
        ({"hold_bsn"}, CHILD, None, []),
        ({"hold_bsn"}, ADULT, None, ["not_of_a_youth"]),
        ({"hold_bsn"}, UNKNOWN, None, ["not_of_a_youth"]),
        ({"hold_bsn"}, Birth(2005, 1, 1), date(2022, 6, 1), []),
        ({"hold_bsn"}, Birth(2003, 1, 1), date(2020, 6, 1), ["not_of_a_youth"]),
        ({"hold_bsn"}, Birth(2005, 1, 1), date(2024, 6, 1), ["not_of_a_youth"]),
        ({"hold_bsn", "hold_bsn_of_adults"}, ADULT, None, []),
        ({"hold_bsn", "hold_bsn_of_adults"}, UNKNOWN, None, []),
    ],
)
def test_the_law_says_whose_number_may_be_held(
    powers: set[str], birth: Birth, since: date | None, codes: list[str]
) -> None:
    assert [reason.code for reason in rules.may_hold_bsn(powers, birth, since, TODAY)] == codes


@pytest.mark.parametrize("wrong", ["123456789", "99999001", "9999900190", "abc", "000000000"])
def test_a_number_that_fails_the_eleven_test_is_refused(wrong: str) -> None:
    assert [reason.code for reason in rules.is_a_bsn(wrong)] == ["eleven_test"]


def test_veilig_thuis_holds_the_number_of_father_and_a_local_team_sees_only_the_childs(
    cast: Cast, family: Family, daan: FamilyMember
) -> None:
    with acting(cast.tom) as tom:
        actions.change_member(by=tom, member=daan, bsn=BSN)
    rob = add(cast.tom, family, bsn=ANOTHER_BSN, called="Rob", born_on=date(1985, 2, 1))
    join(cast, family, cast.samira)
    with acting(cast.tom) as tom:
        open_family(tom, family.id, "kijken")
        assert queries.bsn_for(tom, rob) == (ANOTHER_BSN, [])
    with acting(cast.samira) as samira:
        open_family(samira, family.id, "kijken")
        assert queries.bsn_for(samira, daan) == (BSN, [])
        number, against = queries.bsn_for(samira, rob)
        assert (number, [reason.code for reason in against]) == ("", ["not_of_a_youth"])


def test_the_database_hides_every_number_from_an_organisation_without_the_power(
    cast: Cast, family: Family, daan: FamilyMember
) -> None:
    with acting(cast.tom) as tom:
        actions.change_member(by=tom, member=daan, bsn=BSN)
    for viewer in (cast.noor, cast.lotte):
        join(cast, family, viewer, role="care_provider")
        with acting(viewer) as by:
            open_family(by, family.id, "kijken")
            assert CitizenNumber.objects.count() == 0
            with pytest.raises(NotAllowed):
                actions.change_member(by=by, member=daan, bsn=ANOTHER_BSN)
            with pytest.raises(DatabaseError), transaction.atomic():
                CitizenNumber.objects.create(family=family, member=daan, bsn=ANOTHER_BSN, held_since_on=TODAY)


def test_a_number_is_unreadable_in_a_dump(cast: Cast, family: Family) -> None:
    member = add(cast.tom, family, bsn=BSN, called="Daan", born_on=date(2012, 5, 3))
    with acting(cast.tom) as tom:
        open_family(tom, family.id, "kijken")
        stored = CitizenNumber.objects.raw("select id, bsn as raw from families_citizennumber where member_id = %s", [
            member.id
        ])[0].raw  # fmt: skip
    assert BSN not in stored
    with door("owner") as owner:
        assert owner.execute(
            "select count(*) from trail.payload where body::text like %s", [f"%{BSN}%"]
        ).fetchone() == (0,)


def test_a_colleague_without_the_power_who_changes_the_birth_date_leaves_the_number_findable_but_not_by_the_old_date(
    cast: Cast, family: Family
) -> None:
    member = add(cast.tom, family, bsn=BSN, called="Daan", surname="Vries", born_on=date(2012, 5, 3))
    join(cast, family, cast.noor, role="care_provider")
    with acting(cast.noor) as noor:
        actions.change_member(by=noor, member=member, born_on=date(2012, 6, 3))
    with acting(cast.tom) as tom:
        open_family(tom, family.id, "kijken")
        assert CitizenNumber.objects.get(member=member).bsn == BSN


def test_a_report_from_the_public_page_is_never_refused_for_a_number_it_may_not_bring(cast: Cast) -> None:
    reporter = Viewer(REPORTER_ID, "reporter", "Melder")
    with acting(reporter) as by:
        family = circle.found_family(
            by=by, label="Melding", desk_id=cast.organisation("wijkteam"), assessed_before=date(2030, 1, 1)
        )
        father = actions.add_member(by=by, family=family, bsn=BSN, called="Rob", born_on=date(1985, 2, 1))
        child = actions.add_member(by=by, family=family, bsn=ANOTHER_BSN, called="Daan", born_on=date(2020, 2, 1))
        assert father.no_bsn_reason == NoBsnReason.NOT_ALLOWED
        assert [held.member_id for held in CitizenNumber.objects.all()] == [child.id]


def test_who_may_not_see_a_number_does_not_wipe_it_by_saving_a_form(cast: Cast, family: Family) -> None:
    rob = add(cast.tom, family, bsn=ANOTHER_BSN, called="Rob")  # of unknown age, so no youth for a local team
    join(cast, family, cast.samira)
    samira = browser(cast.samira)
    url = reverse("families:change", args=[family.id, rob.id, "wijzigen"])
    page = samira.get(url)
    assert ANOTHER_BSN not in page.content.decode()
    typed = {field.html_name: field.value() for field in page.context["form"] if field.value() not in (None, False)}
    assert samira.post(url, typed | {"called": "Robert", "bsn": ""}).status_code == 302
    with acting(cast.samira) as by, pytest.raises(NotAllowed):
        actions.change_member(by=by, member=rob, bsn="")
    with acting(cast.tom) as tom:
        open_family(tom, family.id, "kijken")
        assert queries.bsn_for(tom, FamilyMember.objects.get(pk=rob.pk)) == (ANOTHER_BSN, [])


def test_a_removed_number_is_gone(cast: Cast, found: Callable[..., Family]) -> None:
    family = found()
    member = add(cast.tom, family, bsn=BSN, called="Daan", born_on=timezone.localdate() - timedelta(days=4000))
    with acting(cast.tom) as tom:
        actions.change_member(by=tom, member=member, bsn="")
        assert CitizenNumber.objects.count() == 0
