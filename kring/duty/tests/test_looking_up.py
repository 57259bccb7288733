"""The night worker finds the family, by an exact identifier, and sees one card (harm B2, story 19)."""

import re
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from kring.circle import actions as circle
from kring.circle.access import open_family
from kring.circle.models import Family, Membership
from kring.demo.cast import Cast
from kring.duty import actions
from kring.duty.models import EmergencyCard, LookUpReview
from kring.duty.tasks import build_card, tell_of_look_up
from kring.duty.tests.night import LABEL, founded, roster, with_a_circle
from kring.families import actions as families
from kring.families import lookup
from kring.families.models import LookupKind
from kring.families.queries import members_of
from kring.lifecycle.reasons import NotAllowed
from kring.locks.secret import seal
from kring.locks.subject import Viewer
from kring.notices.models import Notice
from tests.bed import acting, browser, door, jobs_role

pytestmark = pytest.mark.django_db(transaction=True)
BSN, ADDRESS = "999990019", ("9999 ZZ", "12 b")
REASON = "Politie belt: kind van 9 loopt alleen op straat."
HIDDEN = ("Schuilstraat", "Verborgenhoek", "Het Anker", "Lotte", "0612345678")


def the_family(cast: Cast) -> Family:
    """Fatma and Daan, with danger at the door; Fatma also has a home whose place is secret."""
    family = with_a_circle(cast)
    with acting(cast.joost) as joost:
        daan = families.add_member(
            by=joost, family=family, bsn=BSN, given_names="Daan", prefix="de", surname="Vries", born_on=date(2012, 5, 3)
        )
        fatma = families.add_member(by=joost, family=family, given_names="Fatma", surname="Yıldız")
        home = families.start_household(by=joost, family=family, members=[daan])
        families.set_address(
            by=joost, household=home, street="Dijk", house_number="12B", postcode="9999ZZ", town="Oeverland"
        )
        shelter = families.start_household(by=joost, family=family, members=[fatma])
        families.set_secret_address(
            by=joost, household=shelter, street="Schuilstraat", house_number="1", town="Verborgenhoek", postcode="8888YY",
            organisation="Het Anker",
        )  # fmt: skip
        families.set_safe_contact(by=joost, member=fatma, channels=["call"], phone="0612345678")
        families.warn_at_the_door(by=joost, family=family, what="Grote hond in de gang.", since_on=timezone.localdate())
    make_cards(family)
    return family


def make_cards(*found: Family) -> None:
    with jobs_role():
        for family in found:
            build_card(family_id=str(family.id))


def on_duty(cast: Cast) -> None:
    now = timezone.now()
    roster(cast, "regional", "raad", (cast.ruben, now - timedelta(hours=1), 8))
    roster(cast, "crisis", "gi", (cast.joost, now - timedelta(hours=1), 8))


def look_up(viewer, **given) -> object:
    page = browser(viewer)
    key = page.get("/piket/opzoeken/").context["form"]["idempotency_key"].value()
    return page.post("/piket/opzoeken/", {"idempotency_key": key, "reason": REASON} | given)


def reviews() -> list[LookUpReview]:
    with acting(Cast().hanna):
        return list(LookUpReview.objects.order_by("looked_up_at"))


@pytest.mark.parametrize(
    "given",
    [
        {"bsn": BSN},
        {"surname": "de vries", "born_on": "2012-05-03"},
        {"postcode": "9999 zz", "house_number": "12b"},
        {"bsn": BSN, "postcode": "9999ZZ", "house_number": "12 B"},
    ],
)
def test_one_exact_identifier_shows_one_card_and_nothing_of_where(cast: Cast, given: dict[str, str]) -> None:
    the_family(cast)
    on_duty(cast)
    page = look_up(cast.ruben, **given).content.decode()
    for said in (
        "Noodkaart",
        "Grote hond in de gang.",
        "Ga nooit alleen.",
        "Daan de Vries",
        "Fatma Yıldız",
        "Samira",
    ):
        assert said in page
    for secret in (*HIDDEN, BSN, "Dijk", "Oeverland", "9999", LABEL):
        assert secret not in page.replace(f'value="{BSN}"', "")
    assert [(one.outcome, one.reason) for one in reviews()] == [("one", REASON)]


def test_nobody_becomes_a_member_by_looking_up(cast: Cast) -> None:
    family = the_family(cast)
    on_duty(cast)
    look_up(cast.ruben, bsn=BSN)
    with acting(cast.joost):
        assert not Membership.objects.filter(family=family, professional_id=cast.ruben.id).exists()
    with acting(cast.ruben):
        assert (Family.objects.count(), EmergencyCard.objects.count(), LookUpReview.objects.count()) == (0, 0, 0)


def test_without_a_reason_nothing_is_looked_up(cast: Cast) -> None:
    the_family(cast)
    on_duty(cast)
    for reason in ("", "spoed"):
        page = look_up(cast.ruben, bsn=BSN, reason=reason).content.decode()
        assert "Grote hond" not in page
    assert reviews() == []


def test_who_is_not_on_duty_or_has_no_power_hears_why_and_finds_nothing(cast: Cast) -> None:
    the_family(cast)
    on_duty(cast)
    keys = [(LookupKind.BSN, lookup.of_bsn(BSN))]
    for viewer, codes in (
        (cast.amira, ["not_on_duty"]),
        (cast.koen, ["no_power", "not_on_duty"]),
    ):
        with acting(viewer) as by, pytest.raises(NotAllowed) as refused, transaction.atomic():
            actions.emergency_look_up(by=by, keys=keys, reason=REASON)
        assert [reason.code for reason in refused.value.reasons] == codes
        page = browser(viewer).post("/piket/opzoeken/", {"reason": REASON, "bsn": BSN}).content.decode()
        assert "U kunt nu niet opzoeken" in page
        assert "Grote hond" not in page


def test_the_database_itself_asks_duty_and_power(cast: Cast) -> None:
    the_family(cast)
    on_duty(cast)
    for viewer in (cast.amira, cast.koen, cast.ilse, cast.hanna):
        with acting(viewer), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "select * from sec.emergency_look_up(gen_random_uuid(), array['bsn'], array[%s::bytea], %s)",
                [lookup.of_bsn(BSN), seal(REASON, "duty_lookupreview.reason")],
            )


def test_nothing_found_says_the_same_for_a_secret_address_and_for_none(cast: Cast) -> None:
    the_family(cast)
    on_duty(cast)
    hidden, absent = (
        re.sub(r'value="\w{64}"', "", look_up(cast.ruben, postcode=postcode, house_number="1").content.decode())
        for postcode in ("8888YY", "7777XX")
    )
    assert "Niets gevonden" in hidden
    assert hidden == absent


def test_several_hits_ask_for_one_more_and_never_show_a_list(cast: Cast) -> None:
    the_family(cast)
    other = founded(cast)
    with acting(cast.tom) as tom:
        families.add_member(by=tom, family=other, given_names="Mees", surname="Vries", born_on=date(2012, 5, 3))
    make_cards(other)
    on_duty(cast)
    page = look_up(cast.ruben, surname="Vries", born_on="2012-05-03").content.decode()
    assert "Nog een gegeven nodig" in page
    assert "Daan" not in page
    assert "Mees" not in page
    both = look_up(cast.ruben, surname="Vries", born_on="2012-05-03", postcode="9999ZZ", house_number="12B")
    assert "Daan de Vries" in both.content.decode()


def test_half_an_identifier_is_asked_to_be_whole(cast: Cast) -> None:
    on_duty(cast)
    for given in ({}, {"surname": "Vries"}, {"postcode": "9999ZZ"}, {"bsn": "123456789"}):
        answer = look_up(cast.ruben, **given)
        assert answer.context["form"].errors
    assert reviews() == []


def test_after_ten_in_an_hour_it_stops_and_that_too_is_judged(cast: Cast) -> None:
    the_family(cast)
    on_duty(cast)
    for _ in range(10):
        look_up(cast.ruben, surname="Niemand", born_on="2001-01-01")
    page = look_up(cast.ruben, bsn=BSN).content.decode()
    assert "Even niet" in page
    assert "Grote hond" not in page
    assert [one.outcome for one in reviews()] == [*["none"] * 10, "too_many"]
    assert "Noodkaart" in look_up(cast.joost, bsn=BSN).content.decode()


def test_every_look_up_stands_on_the_trail_found_or_not(cast: Cast) -> None:
    family = the_family(cast)
    on_duty(cast)
    look_up(cast.ruben, bsn=BSN)
    look_up(cast.ruben, surname="Niemand", born_on="2001-01-01")
    with door("owner") as owner:
        owner.execute("set role kring_sec")
        rows = owner.execute(
            "select family_id, audience from trail.event where action = 'look_up' order by id"
        ).fetchall()
    assert rows == [(family.id, "reviewers"), (None, "reviewers")]


def test_a_dump_shows_neither_card_nor_reason(cast: Cast) -> None:
    the_family(cast)
    on_duty(cast)
    look_up(cast.ruben, bsn=BSN)
    with door("owner") as owner:
        for table in ("duty_emergencycard", "duty_lookupreview"):
            dump = str(owner.execute(f"select * from {table}").fetchall())
            for secret in ("hond", "Daan", "Politie"):
                assert secret not in dump


def test_the_duo_hears_that_the_card_was_needed(cast: Cast) -> None:
    family = the_family(cast)
    on_duty(cast)
    look_up(cast.ruben, bsn=BSN)
    with jobs_role():
        tell_of_look_up(review_id=str(reviews()[0].id))
    with acting(cast.samira):
        assert [(one.kind, one.family_id) for one in Notice.objects.all()] == [("duty.looked_up", family.id)]


def test_a_card_is_made_anew_by_a_job_when_something_happens(cast: Cast) -> None:
    family = the_family(cast)
    with acting(cast.joost) as joost, connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where task_name = 'duty.build_card'")
        before = cursor.fetchone()[0]
        families.add_member(by=joost, family=family, given_names="Lisa", surname="Vries")
        cursor.execute("select count(*) from procrastinate_jobs where task_name = 'duty.build_card'")
        assert cursor.fetchone()[0] > before
    make_cards(family)
    make_cards(family)
    on_duty(cast)
    assert "Lisa Vries" in look_up(cast.ruben, bsn=BSN).content.decode()


def test_the_family_itself_never_reads_the_card(cast: Cast) -> None:
    family = the_family(cast)
    with acting(cast.joost) as joost:
        daan = next(one for one in members_of(open_family(joost, family.id, "test")) if one.given_names == "Daan")
        circle.admit(by=joost, family=family, role="family_member", ground="self", person_id=daan.person_id)
        assert EmergencyCard.objects.count() == 1
    with acting(Viewer(daan.person_id, "person", "Daan")) as himself:
        open_family(himself, family.id, "test")
        assert EmergencyCard.objects.count() == 0
