"""The professional's pages: what they show, to whom, what a form keeps, and how few queries they cost."""

import uuid
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kring.circle import actions as circle
from kring.circle.access import open_family
from kring.circle.models import Family
from kring.demo.cast import Cast
from kring.families import actions, queries
from kring.families.models import FamilyMember, Household, Inquiry, MemberMerge
from kring.families.tests.conftest import BSN, add, join
from kring.lifecycle.models import Happening
from kring.locks.subject import Viewer
from tests.bed import acting, browser

pytestmark = pytest.mark.django_db
NOTHING = "11111111-1111-4111-8111-111111111111"


def page(client: Client, name: str, *args: object, **data: object) -> str:
    answer = client.get(reverse(f"families:{name}", args=args), data)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def sent(client: Client, name: str, *args: object, **fields: object) -> object:
    """Post a form as a browser would: with the key and version that the page gave."""
    url = reverse(f"families:{name}", args=args)
    form = client.get(url).context["form"]
    hidden = {field.html_name: field.value() for field in form.hidden_fields() if field.value() is not None}
    return client.post(url, hidden | fields)


@pytest.fixture
def tom(cast: Cast) -> Client:
    return browser(cast.tom)


@pytest.fixture
def home(cast: Cast, family: Family, daan: FamilyMember) -> Household:
    with acting(cast.tom) as by:
        return actions.start_household(by=by, family=family, members=[daan], label="Bij Rob")


def test_the_list_says_who_belong_and_what_is_still_unknown(tom: Client, family: Family, daan: FamilyMember) -> None:
    shown = page(tom, "people", family.id)
    assert "Daan de Vries" in shown
    assert "veilig contact onbekend" in shown
    assert "gezag niet vastgesteld" in shown


def test_a_member_is_added_with_a_half_known_birth_date(cast: Cast, tom: Client, family: Family) -> None:
    sent(
        tom,
        "add",
        family.id,
        "gezinslid",
        called="Mees",
        born_month="5",
        born_year="2022",
        standing="member",
        gender="unknown",
    )
    with acting(cast.tom) as by:
        (mees,) = queries.members_of(open_family(by, family.id, "kijken"))
        assert (mees.name, mees.birth.precision) == ("Mees", "month")
        assert "4 jaar" in page(tom, "people", family.id) or "mei 2022" in page(tom, "member", family.id, mees.id)


def test_a_form_without_a_name_keeps_what_was_typed_and_says_what_is_missing(tom: Client, family: Family) -> None:
    answer = sent(
        tom, "add", family.id, "gezinslid", born_words="een jaar of acht", standing="member", gender="unknown"
    )
    shown = answer.content.decode()  # type: ignore[attr-defined]
    assert "Vul ten minste één naam in." in shown
    assert "een jaar of acht" in shown


def test_sent_twice_is_done_once(cast: Cast, tom: Client, family: Family) -> None:
    url = reverse("families:add", args=[family.id, "gezinslid"])
    fields = {"idempotency_key": str(uuid.uuid4()), "called": "Lisa", "standing": "member", "gender": "female"}
    for _ in range(2):
        assert tom.post(url, fields).status_code == 302
    with acting(cast.tom) as by:
        assert len(queries.members_of(open_family(by, family.id, "kijken"))) == 1


def test_when_two_write_at_once_the_second_keeps_the_text_and_sees_both(
    cast: Cast, tom: Client, family: Family, daan: FamilyMember
) -> None:
    url = reverse("families:change", args=[family.id, daan.id, "wijzigen"])
    form = tom.get(url).context["form"]
    typed = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    with acting(cast.tom) as by:
        actions.change_member(by=by, member=daan, called="Daantje")
    answer = tom.post(url, typed | {"called": "Daniël"})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Daniël" in shown
    assert "Daantje" in shown
    again = {field.html_name: field.value() for field in answer.context["form"] if field.value() not in (None, False)}
    assert tom.post(url, again).status_code == 302
    assert "Daniël de Vries" in page(tom, "member", family.id, daan.id)


@pytest.mark.parametrize("what", ["wijzigen", "relatie", "gezag", "bereiken", "plaats", "elders"])
def test_every_form_about_a_member_opens(tom: Client, family: Family, daan: FamilyMember, what: str) -> None:
    assert "<form" in page(tom, "change", family.id, daan.id, what)


@pytest.mark.parametrize("what", ["gezinslid", "woonsituatie", "gevaar"])
def test_every_form_for_something_new_opens(tom: Client, family: Family, what: str) -> None:
    assert "<form" in page(tom, "add", family.id, what)


@pytest.mark.parametrize("what", ["wijzigen", "wie", "adres", "geheim-adres", "niet-meer-geheim"])
def test_every_form_about_a_home_opens(tom: Client, family: Family, home: Household, what: str) -> None:
    assert "<form" in page(tom, "change_home", family.id, home.id, what)


def test_safe_contact_is_written_down_and_shown(tom: Client, family: Family, daan: FamilyMember) -> None:
    assert "gaat er niets naar deze persoon" in page(tom, "member", family.id, daan.id)
    sent(
        tom, "change", family.id, daan.id, "bereiken", channels=["call"], phone="06 12345678", as_whom="van de bieb",
        voicemail="no", checked_on="2026-11-20",
    )  # fmt: skip
    shown = page(tom, "member", family.id, daan.id)
    assert "van de bieb" in shown
    assert "gaat er niets naar deze persoon" not in shown


def test_a_secret_address_is_written_through_the_page_and_a_colleague_outside_the_duo_sees_no_sign_of_it(
    cast: Cast, tom: Client, family: Family, daan: FamilyMember, home: Household
) -> None:
    sent(tom, "change_home", family.id, home.id, "adres", street="Kade", house_number="3", town="Havenwijk")
    assert "Kade 3, Havenwijk" in page(tom, "home", family.id, home.id)
    sent(
        tom,
        "change_home",
        family.id,
        home.id,
        "geheim-adres",
        street="Geheimlaan",
        house_number="77",
        organisation="Het Anker",
    )
    assert "Geheimlaan 77" in page(tom, "home", family.id, home.id)
    join(cast, family, cast.noor, role="care_provider")
    noor = browser(cast.noor)
    for shown in (
        page(noor, "people", family.id),
        page(noor, "member", family.id, daan.id),
        page(noor, "home", family.id, home.id),
        page(noor, "change_home", family.id, home.id, "geheim-adres"),
    ):
        for leak in ("Geheimlaan", "Anker", "Kade", "geheim adres"):
            assert leak not in shown


def test_authority_and_relations_go_through_their_forms(
    cast: Cast, tom: Client, family: Family, daan: FamilyMember
) -> None:
    rob = add(cast.tom, family, called="Rob", surname="Vries", born_on=date(1985, 2, 1))
    sent(tom, "change", family.id, daan.id, "relatie", who=rob.id, kind="parent")
    sent(tom, "change", family.id, daan.id, "gezag", kind="single_parental", holders=[rob.id], source="register")
    shown = page(tom, "member", family.id, daan.id)
    assert "Eenhoofdig ouderlijk gezag" in shown
    assert "kind" in page(tom, "member", family.id, rob.id)
    refused = sent(tom, "change", family.id, daan.id, "gezag", kind="joint_parental", holders=[rob.id], source="said")
    assert "Noem wie het gezag heeft" in refused.content.decode()  # type: ignore[attr-defined]
    assert "Gezag</h2>" not in page(tom, "member", family.id, rob.id)


def test_the_number_is_on_the_page_of_who_may_hold_it_and_of_nobody_else(
    cast: Cast, tom: Client, family: Family, daan: FamilyMember
) -> None:
    with acting(cast.tom) as by:
        actions.change_member(by=by, member=daan, bsn=BSN)
    join(cast, family, cast.samira)
    join(cast, family, cast.noor, role="care_provider")
    assert BSN in page(tom, "member", family.id, daan.id)
    assert BSN in page(browser(cast.samira), "member", family.id, daan.id)
    for where in ("member", "change"):
        shown = page(browser(cast.noor), where, family.id, daan.id, *(["wijzigen"] if where == "change" else []))
        assert BSN not in shown
    assert "geen recht op het burgerservicenummer" in page(browser(cast.noor), "member", family.id, daan.id)


def test_two_who_look_alike_are_compared_merged_and_taken_apart(
    cast: Cast, tom: Client, family: Family, daan: FamilyMember
) -> None:
    twin = add(cast.tom, family, initials="D.", prefix="de", surname="Vries", born_on=date(2012, 5, 3))
    assert "Misschien dezelfde persoon" in page(tom, "people", family.id)
    sent(tom, "merge", family.id, daan.id, twin.id, reason="Zelfde kind, school gebeld")
    shown = page(tom, "people", family.id)
    assert "Misschien dezelfde persoon" not in shown
    assert "Zelfde kind, school gebeld" in shown
    with acting(cast.tom) as by:
        open_family(by, family.id, "kijken")
        merge = MemberMerge.objects.get()
    sent(tom, "end", family.id, "samenvoeging", merge.id, reason="Het zijn neefjes")
    assert "Misschien dezelfde persoon" in page(tom, "people", family.id)


def test_known_elsewhere_is_asked_and_answered_through_pages_and_the_desk(
    cast: Cast, found: Callable[..., Family], family: Family, daan: FamilyMember
) -> None:
    join(cast, family, cast.samira)
    again = found("Melding")
    other = add(cast.tom, again, called="Daan", prefix="de", surname="Vries", born_on=date(2012, 5, 3))
    tom, samira = browser(cast.tom), browser(cast.samira)
    sent(tom, "change", again.id, other.id, "elders", reason="Beoordeling van een melding")
    assert "Ja, bekend" in page(tom, "change", again.id, other.id, "elders")
    assert "Is dit gezin bekend?" in samira.get("/").content.decode()
    with acting(cast.samira):
        inquiry = Inquiry.objects.get()
    shown = page(samira, "end", family.id, "vraag", inquiry.id)
    assert "Tom Vermeer van Veilig Thuis" in shown
    assert "melding" not in shown.lower().replace("meldingen", "")
    sent(samira, "end", family.id, "vraag", inquiry.id, answer="Gebeld")
    assert "Is dit gezin bekend?" not in samira.get("/").content.decode()


def test_hidden_and_absent_are_the_same_to_an_outsider_on_every_page(
    cast: Cast, family: Family, daan: FamilyMember, home: Household
) -> None:
    samira = browser(cast.samira)
    for name, hidden, absent in (
        ("people", [family.id], [NOTHING]),
        ("member", [family.id, daan.id], [NOTHING, NOTHING]),
        ("home", [family.id, home.id], [NOTHING, NOTHING]),
        ("add", [family.id, "gezinslid"], [NOTHING, "gezinslid"]),
        ("change", [family.id, daan.id, "wijzigen"], [NOTHING, NOTHING, "wijzigen"]),
        ("merge", [family.id, daan.id, daan.id], [NOTHING, NOTHING, NOTHING]),
        ("change_home", [family.id, home.id, "adres"], [NOTHING, NOTHING, "adres"]),
    ):
        one, other = (samira.get(reverse(f"families:{name}", args=args)) for args in (hidden, absent))
        assert (one.status_code, one.content) == (404, other.content), name


def test_a_member_of_another_family_is_not_there_by_way_of_ones_own(
    cast: Cast, tom: Client, found: Callable[..., Family], daan: FamilyMember
) -> None:
    mine = found("Familie Yıldız")
    for name in ("member", "change"):
        args = [mine.id, daan.id, *(["wijzigen"] if name == "change" else [])]
        assert tom.get(reverse(f"families:{name}", args=args)).status_code == 404


def test_the_family_has_the_portal_and_not_these_pages(cast: Cast, family: Family, daan: FamilyMember) -> None:
    with acting(cast.tom) as by:
        circle.admit(by=by, family=family, role="family_member", ground="self", person_id=daan.person_id)
    client = browser(Viewer(daan.person_id, "person", "Daan"))
    assert client.get(reverse("families:people", args=[family.id])).status_code == 404


def test_who_may_look_and_not_write_sees_no_buttons_and_is_refused(
    cast: Cast, family: Family, daan: FamilyMember
) -> None:
    join(cast, family, cast.noor, role="expert")
    noor = browser(cast.noor)
    assert "Wijzig gegevens" not in page(noor, "member", family.id, daan.id)
    assert "Dit kan nu nog niet" in page(noor, "change", family.id, daan.id, "wijzigen")
    url = reverse("families:change", args=[family.id, daan.id, "wijzigen"])
    assert noor.post(url, {"called": "x"}).status_code == 403
    with acting(cast.tom):
        assert not Happening.objects.filter(kind="families.member_changed").exists()


def test_what_people_typed_stays_text(cast: Cast, tom: Client, family: Family) -> None:
    nasty = "<script>alert(1)</script>"
    member = add(cast.tom, family, called=nasty, surname="=cmd|x")
    for shown in (page(tom, "people", family.id), page(tom, "member", family.id, member.id)):
        assert nasty not in shown
        assert "&lt;script&gt;" in shown


def _crowd(cast: Cast, family: Family, number: int) -> FamilyMember:
    """A family of so many, each with a home, a relation, a contact and a clue."""
    with acting(cast.tom) as by:
        first = actions.add_member(
            by=by, family=family, called="Eerste", surname="Een", born_on=date(2015, 1, 1), bsn=BSN
        )
        for n in range(number - 1):
            one = actions.add_member(
                by=by, family=family, called=f"Kind {n}", surname="Een", born_on=date(2012, 1, n + 1)
            )
            actions.relate(by=by, member=one, other=first, kind="sibling")
            home = actions.start_household(by=by, family=family, members=[one, first], label=f"Huis {n}")
            actions.set_address(by=by, household=home, street="Kade", house_number=str(n), postcode="1234AB")
            actions.set_safe_contact(by=by, member=one, channels=["call"])
            actions.add_place_clue(by=by, member=first, kind="phone", text=f"06 0000000{n}")
            actions.set_authority(by=by, child=one, kind="undeterminable")
    return first


def _queries(client: Client, name: str, *args: object) -> int:
    client.get(reverse(f"families:{name}", args=args))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse(f"families:{name}", args=args)).status_code == 200
    transaction_control = ("SAVEPOINT", "RELEASE", "set_config", "sec.open_family")
    counted = [query["sql"] for query in captured if not any(word in query["sql"] for word in transaction_control)]
    return len(counted)


@pytest.mark.parametrize("name", ["people", "member"])
def test_a_page_costs_the_same_few_queries_for_one_member_and_for_twelve(
    cast: Cast, tom: Client, found: Callable[..., Family], name: str
) -> None:
    counts = []
    for number in (1, 12):
        family = found(f"Gezin van {number}")
        first = _crowd(cast, family, number)
        counts.append(_queries(tom, name, family.id, *([first.id] if name == "member" else [])))
    assert counts[0] == counts[1] <= 15
