"""Who answers when, on the Dutch clock, and where nobody does."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from kring.accounts.models import Organisation
from kring.circle.access import open_family
from kring.demo.cast import Cast
from kring.duty import actions, queries, rosters, rules
from kring.duty.models import Roster, Shift
from kring.duty.tests.night import AMSTERDAM, professional, roster, with_a_circle
from kring.lifecycle.reasons import NotAllowed
from kring.locks.subject import Viewer
from tests.bed import acting, browser

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 12, 21)
OVERVIEW = 11  # session and viewer, alarms, rosters with shifts, may I look up, and the menu


def at(day: int, hour: int, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=AMSTERDAM)


def shift(start: datetime, end: datetime) -> Shift:
    return Shift(starts_at=start, ends_at=end)


def hours(found: list[rosters.Stretch]) -> list[str]:
    return [stretch.hours for stretch in found]


def test_hours_without_a_shift_are_a_gap() -> None:
    planned = [shift(at(21, 8), at(21, 20)), shift(at(21, 22), at(22, 8))]
    assert hours(rosters.gaps(planned, at(21, 8), at(22, 8))) == ["20:00 – 22:00"]


def test_shifts_that_overlap_leave_no_gap() -> None:
    planned = [shift(at(21, 0), at(21, 12)), shift(at(21, 6), at(21, 9)), shift(at(21, 11), at(22, 0))]
    assert rosters.gaps(planned, at(21, 0), at(22, 0)) == []


def test_an_empty_roster_is_one_gap() -> None:
    assert hours(rosters.gaps([], *rosters.day_of(MONDAY))) == ["00:00 – 24:00"]


def test_the_day_on_which_the_clock_goes_back_has_twenty_five_hours() -> None:
    start, end = rosters.day_of(date(2026, 10, 25))
    night = shift(at(24, 22, month=10), at(25, 8, month=10))
    assert end.timestamp() - start.timestamp() == 25 * 3600
    assert hours(rosters.gaps([night], start, end)) == ["08:00 – 24:00"]


def test_the_week_shows_who_and_nobody(cast: Cast) -> None:
    made = roster(cast, "regional", "raad", (cast.ruben, at(21, 18), 14))
    page = browser(cast.koen).get(f"/piket/rooster/{made.id}/?week=2026-12-23").content.decode()
    assert page.count("Ruben Meijer") == 2  # monday evening, and tuesday morning
    assert "08:00 – 24:00" in page
    assert "niemand" in page


def test_nonsense_in_the_address_shows_this_week(cast: Cast) -> None:
    made = roster(cast, "regional", "raad")
    for asked in ("gisteren", "9999-12-31", "-1", ""):
        assert browser(cast.koen).get(f"/piket/rooster/{made.id}/?week={asked}").status_code == 200


def test_a_team_leader_plans_the_own_organisation_only(cast: Cast) -> None:
    made = roster(cast, "veilig_thuis", "veilig_thuis")
    with acting(cast.femke) as femke:
        actions.plan_shift(
            by=femke, roster=made, professional=professional(cast.amira), starts_at=at(21, 8), ends_at=at(21, 20)
        )
    with acting(cast.marleen) as marleen, pytest.raises(NotAllowed), transaction.atomic():
        actions.plan_shift(
            by=marleen, roster=made, professional=professional(cast.amira), starts_at=at(22, 8), ends_at=at(22, 20)
        )


def test_the_database_refuses_who_does_not_plan_there(cast: Cast) -> None:
    made = roster(cast, "veilig_thuis", "veilig_thuis", (cast.amira, at(21, 8), 12))
    for other in (cast.amira, cast.marleen, cast.samira):
        with acting(other), pytest.raises(DatabaseError), transaction.atomic():
            Roster.objects.create(name="x", kind="desk", region_id=made.region_id, organisation_id=made.organisation_id)
        with acting(other):
            assert Shift.objects.all().delete()[0] == 0
            assert Shift.objects.update(ends_at=at(30, 8)) == 0


def test_who_is_not_appointed_gets_no_shift(cast: Cast) -> None:
    with pytest.raises(NotAllowed) as refused, transaction.atomic():
        roster(cast, "regional", "raad", (cast.samira, at(21, 8), 12))
    assert [reason.code for reason in refused.value.reasons] == ["not_appointed"]


def test_one_person_stands_once_at_one_hour() -> None:
    assert rules.may_have_shift(True, at(21, 8), at(21, 20), [(at(21, 20), at(21, 23))]) == []
    taken = rules.may_have_shift(True, at(21, 8), at(21, 20), [(at(21, 19), at(21, 23))])
    assert [reason.code for reason in taken] == ["twice"]


def test_taking_somebody_off_shows_the_gap(cast: Cast) -> None:
    now = timezone.now()
    made = roster(cast, "regional", "raad", (cast.ruben, now - timedelta(hours=1), 300))
    with acting(cast.koen) as koen:
        (line,) = queries.rosters_now(koen, now)
        assert (line.is_gap, line.next_gap) == (False, None)
    with acting(cast.ilse):
        shift_now = Shift.objects.get()
    assert browser(cast.ilse).post(f"/piket/dienst/{shift_now.id}/weghalen/").status_code == 302
    page = browser(cast.koen).get("/piket/").content.decode()
    assert "Er staat nu niemand in het rooster." in page
    assert made.name in page


def test_planning_by_the_form_says_what_is_wrong_and_keeps_what_was_typed(cast: Cast) -> None:
    made = roster(cast, "veilig_thuis", "veilig_thuis")
    femke, address = browser(cast.femke), f"/piket/rooster/{made.id}/dienst/"
    key = femke.get(address).context["form"]["idempotency_key"].value()
    sent = {"idempotency_key": key, "professional": cast.amira.id, "starts_at": "2026-12-24T18:00"}
    wrong = femke.post(address, sent | {"ends_at": "2026-12-24T08:00"})
    assert "De dienst eindigt voor hij begint." in wrong.content.decode()
    for _ in range(2):
        assert femke.post(address, sent | {"ends_at": "2026-12-25T08:00"}).status_code == 302
    with acting(cast.femke):
        assert [one.starts_at for one in Shift.objects.all()] == [at(24, 18)]


def test_the_family_reads_truly_whether_somebody_answers_now(cast: Cast) -> None:
    family, now = with_a_circle(cast), timezone.now()
    with acting(cast.samira) as samira:
        opened = open_family(samira, family.id, "test")
        assert queries.when_is_it_read(opened, now).answered is False
    made = roster(cast, "veilig_thuis", "veilig_thuis", (cast.amira, now - timedelta(hours=1), 8))
    with acting(cast.samira) as samira:
        found = queries.when_is_it_read(open_family(samira, family.id, "test"), now)
    assert (found.answered, found.organisation, found.phone) == (True, "Veilig Thuis Waterrijk", "0800 2000")
    assert found.until is not None
    assert made.id


def test_a_family_member_finds_no_roster(cast: Cast) -> None:
    made = roster(cast, "regional", "raad")
    fatma = Viewer(made.id, "person", "Fatma")
    for address in (
        "/piket/",
        f"/piket/rooster/{made.id}/",
        "/piket/opzoeken/",
        "/piket/toetsen/",
        "/piket/rooster/nieuw/",
    ):
        assert browser(fatma).get(address).status_code == 404
    with acting(fatma):
        assert (Roster.objects.count(), Shift.objects.count()) == (0, 0)


def test_the_overview_costs_the_same_for_one_roster_and_for_ten(cast: Cast, django_assert_num_queries) -> None:
    now = timezone.now()
    roster(cast, "regional", "raad", (cast.ruben, now - timedelta(hours=1), 8))
    ruben = browser(cast.ruben)
    with django_assert_num_queries(OVERVIEW):
        ruben.get("/piket/")
    for _ in range(9):
        roster(cast, "desk", "veilig_thuis", (cast.amira, now - timedelta(hours=1), 8))
    with django_assert_num_queries(OVERVIEW):
        ruben.get("/piket/")


def test_a_new_roster_by_the_form(cast: Cast) -> None:
    femke = browser(cast.femke)
    page = femke.get("/piket/rooster/nieuw/")
    form = page.context["form"]
    assert "Veilig Thuis Waterrijk</option>" in page.content.decode()
    assert "Wijkteam Havenwijk</option>" not in page.content.decode()
    sent = {"idempotency_key": form["idempotency_key"].value(), "name": "Nacht", "kind": "veilig_thuis"}
    femke.post("/piket/rooster/nieuw/", sent | {"organisation": cast.organisation("veilig_thuis")})
    with acting(cast.koen):
        assert Roster.objects.get().organisation == Organisation.objects.get(name="Veilig Thuis Waterrijk")
