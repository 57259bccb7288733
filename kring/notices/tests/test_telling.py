"""Telling somebody in Kring: the receiver sees it, nobody else does, and it holds no text."""

import uuid
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from kring.circle.actions import found_family
from kring.demo.cast import Cast
from kring.locks.subject import Viewer
from kring.notices import actions
from kring.notices.models import Notice
from tests.bed import acting, browser

pytestmark = pytest.mark.django_db
QUERIES_OF_THE_LIST = 8  # savepoint, session, viewer, count, list and menu


def told(cast: Cast, to: Viewer, **facts) -> uuid.UUID:
    with acting(cast.tom) as tom:
        return actions.tell(by=tom, to_id=to.id, to_kind="professional", kind="duty.alarm", **facts)


def test_only_the_receiver_sees_a_notice(cast: Cast) -> None:
    notice_id = told(cast, cast.samira)
    for other in (cast.tom, cast.koen, cast.marleen, cast.ilse):
        with acting(other):
            assert Notice.objects.count() == 0
    with acting(cast.samira):
        assert [notice.id for notice in Notice.objects.all()] == [notice_id]


def test_nobody_is_told_of_a_family_by_who_is_not_in_its_circle(cast: Cast) -> None:
    with acting(cast.tom) as tom:
        desk = cast.organisation("veilig_thuis")
        family = found_family(by=tom, label="Gezin De Vries", desk_id=desk, assessed_before=date(2030, 1, 1))
    with acting(cast.koen) as koen, pytest.raises(DatabaseError), transaction.atomic():
        actions.tell(by=koen, to_id=cast.samira.id, to_kind="professional", kind="duty.alarm", family_id=family.id)


def test_a_kind_without_a_sentence_is_refused(cast: Cast) -> None:
    with acting(cast.tom) as tom, pytest.raises(KeyError):
        actions.tell(by=tom, to_id=cast.samira.id, to_kind="professional", kind="vader heeft gebeld")


def test_a_notice_leads_nowhere_outside(cast: Cast) -> None:
    for path in ("https://elders.example/", "//elders.example/", "elders"):
        with pytest.raises(DatabaseError), transaction.atomic():
            told(cast, cast.samira, path=path)


def test_nobody_writes_a_notice_but_the_definer_function(cast: Cast) -> None:
    with acting(cast.samira) as samira, pytest.raises(DatabaseError), transaction.atomic():
        Notice.objects.create(to_id=samira.id, to_kind="professional", from_id=cast.tom.id, kind="duty.alarm")
    with acting(cast.tom), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select * from notices_dispatch")


def test_the_list_says_what_to_do_and_reading_leads_there(cast: Cast) -> None:
    notice_id = told(cast, cast.samira, path="/piket/", urgent=True)
    samira = browser(cast.samira)
    page = samira.get("/berichten/").content.decode()
    assert "Er is alarm. Kijk meteen" in page
    assert "Berichten (1)" in page
    answer = samira.post(f"/berichten/{notice_id}/")
    assert (answer.status_code, answer["Location"]) == (302, "/piket/")
    assert "Berichten (1)" not in samira.get("/berichten/").content.decode()


def test_somebody_elses_notice_is_as_absent_as_none(cast: Cast) -> None:
    notice_id = told(cast, cast.samira, path="/piket/")
    hidden, absent = (browser(cast.koen).post(f"/berichten/{one}/") for one in (notice_id, uuid.uuid4()))
    assert (hidden.status_code, hidden.content) == (404, absent.content)


def test_reading_everything_leaves_what_is_urgent(cast: Cast) -> None:
    told(cast, cast.samira)
    told(cast, cast.samira, urgent=True)
    samira = browser(cast.samira)
    samira.post("/berichten/gelezen/")
    assert "Berichten (1)" in samira.get("/berichten/").content.decode()


def test_one_notice_and_thirty_cost_the_same_queries(cast: Cast, django_assert_num_queries) -> None:
    told(cast, cast.samira)
    samira = browser(cast.samira)
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        samira.get("/berichten/")
    for _ in range(29):
        told(cast, cast.samira)
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        samira.get("/berichten/")
