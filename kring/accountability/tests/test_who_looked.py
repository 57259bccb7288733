"""Who looked, in plain words, and heard by whom it may (harm B4)."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from kring.accountability.queries import Look, who_looked
from kring.accountability.tests.bed import administrator, family_of
from kring.circle import actions
from kring.circle.access import open_family
from kring.circle.models import Family, Membership
from kring.demo.cast import Cast
from kring.locks.subject import Viewer
from tests.bed import acting, browser

pytestmark = pytest.mark.django_db(transaction=True)


def look(who: Viewer, family: Family, what: str) -> None:
    with acting(who):
        open_family(who, family.id, what)


def read(who: Viewer, family: Family) -> list[Look]:
    with acting(who):
        return who_looked(who, family.id)


def test_many_looks_on_one_day_are_one_line_with_what_for(cast: Cast) -> None:
    family = family_of(cast)
    for what in ("gezinspagina", "tijdlijn", "gezinspagina"):
        look(cast.samira, family, what)
    lines = [line for line in read(cast.tom, family) if line.who == "Samira El Idrissi"]
    assert [(line.did, line.why, line.organisation) for line in lines] == [
        ("Keek", "gezinspagina, tijdlijn", "Wijkteam Havenwijk")
    ]


def test_looking_and_writing_are_told_apart_and_i_am_u(cast: Cast) -> None:
    family = family_of(cast)
    look(cast.tom, family, "gezinspagina")
    (line,) = read(cast.tom, family)
    assert (line.who, line.did) == ("U", "Keek, schreef")


def test_a_shelter_workers_look_is_not_seen_by_another_member(cast: Cast) -> None:
    family = family_of(cast, shelter_worker=cast.lotte)
    look(cast.lotte, family, "gezinspagina")
    assert "Visser" not in str(read(cast.samira, family))
    assert "Anker" not in str(read(cast.samira, family))
    page = browser(cast.samira).get(f"/gezin/{family.id}/logboek/").content.decode()
    assert "Vermeer" in page
    assert "Visser" not in page
    assert "Anker" not in page


def test_the_duo_that_looks_after_her_does_see_it_and_so_does_she(cast: Cast) -> None:
    family = family_of(cast, shelter_worker=cast.lotte)
    look(cast.lotte, family, "gezinspagina")
    assert "Visser" in str(read(cast.tom, family))
    assert "U" in [line.who for line in read(cast.lotte, family)]


def test_hiding_a_membership_hides_what_was_looked_at_before(cast: Cast) -> None:
    """The flight came after the look: the old rows were for everyone."""
    family = family_of(cast)
    with acting(cast.tom) as tom:
        actions.admit(
            by=tom,
            family=family,
            role="care_provider",
            ground="directly_involved",
            professional=professional(cast.noor),
        )
    look(cast.noor, family, "gezinspagina")
    assert "Kaya" in str(read(cast.samira, family))
    with acting(cast.tom) as tom:
        noor = Membership.objects.get(family=family, professional_id=cast.noor.id)
        actions.set_scope(by=tom, membership=noor, opens_kinds=None, audience="duo", audience_ids=[cast.noor.id])
    assert "Kaya" not in str(read(cast.samira, family))
    assert "Kaya" in str(read(cast.tom, family))


def test_an_outsider_reads_nothing_and_the_page_is_not_there(cast: Cast) -> None:
    family = family_of(cast)
    look(cast.tom, family, "gezinspagina")
    assert read(cast.koen, family) == []
    assert browser(cast.koen).get(f"/gezin/{family.id}/logboek/").status_code == 404


def test_a_refusal_is_not_told_to_the_circle(cast: Cast) -> None:
    family = family_of(cast)
    browser(cast.koen).get(f"/gezin/{family.id}/logboek/")
    assert "Bakker" not in str(read(cast.tom, family))


def test_a_day_is_a_dutch_day(cast: Cast) -> None:
    family = family_of(cast)
    with administrator() as admin:
        admin.execute("update trail.event set at = '2026-07-01 22:30+00'")
    assert {line.on_day for line in read(cast.tom, family)} == {
        datetime(2026, 7, 2, tzinfo=ZoneInfo("Europe/Amsterdam")).date()
    }


def test_older_lines_are_on_the_next_page(cast: Cast) -> None:
    family = family_of(cast)
    with administrator() as admin:
        admin.execute(
            "insert into trail.event (at, subject_id, subject_kind, action, outcome, family_id, leaf)"
            " select now() - make_interval(days => n), %s, 'professional', 'open', 'done', %s, '' from generate_series(1, 40) n",
            [cast.samira.id, family.id],
        )
    client = browser(cast.tom)
    first = client.get(f"/gezin/{family.id}/logboek/")
    second = client.get(f"/gezin/{family.id}/logboek/?pagina=2")
    assert len(first.context["page"].object_list) == 30
    assert len(second.context["page"].object_list) == 11
    assert not second.context["page"].has_next()


def professional(who: Viewer):  # type: ignore[no-untyped-def]
    from kring.accounts.models import Professional

    return Professional.objects.select_related("organisation").get(pk=who.id)
