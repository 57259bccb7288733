"""The trail as it is written: by the database, at once, for what is done, and heard by whom it may."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import psycopg
import pytest
from django.db import connection

from kring.accountability.canonical import Row, entry_of, leaf_of, payload_fits
from kring.accountability.tests.bed import family_of, rows, trail
from kring.circle import actions
from kring.circle.access import open_family
from kring.demo.cast import Cast
from tests.bed import acting, door

pytestmark = pytest.mark.django_db(transaction=True)
PLAIN = Row(1, 2, datetime(2026, 1, 1, tzinfo=UTC), None, None, None, None, None, "open", "done", None, None, None, "everyone", [], None, b"")  # fmt: skip


def test_the_leaf_of_every_row_is_found_again_without_the_database(cast: Cast) -> None:
    family = family_of(cast)
    with acting(cast.tom) as tom:
        open_family(tom, family.id, "tijdlijn, “één” keer €")
    found = rows()
    assert found
    assert all(leaf_of(row) == row.leaf for row in found)
    assert all(payload_fits(row) for row in found)
    assert any(row.body and "€" in row.body for row in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"purpose": None}, {"purpose": ""}),
        ({"purpose": "a", "request": None}, {"purpose": None, "request": "a"}),
        ({"action": "ab", "outcome": "c"}, {"action": "a", "outcome": "bc"}),
    ],
)
def test_two_different_rows_never_have_one_form(one: dict[str, str], other: dict[str, str]) -> None:
    assert entry_of(replace(PLAIN, **one)) != entry_of(replace(PLAIN, **other))


def test_an_erased_payload_leaves_the_proof_whole_and_a_changed_one_does_not() -> None:
    salt, body = b"s" * 16, '{"what": "x"}'
    row = replace(PLAIN, payload_digest=hashlib.sha256(salt + body.encode()).digest(), salt=salt, body=body)
    assert payload_fits(row)
    assert payload_fits(replace(row, salt=None, body=None))
    assert not payload_fits(replace(row, body='{"what": "y"}'))


def test_a_change_names_the_fields_and_never_their_text(cast: Cast) -> None:
    family = family_of(cast)
    with acting(cast.tom) as tom:
        actions.rename(by=tom, family=family, label="Gezin Hartman")
    (row,) = trail("action = 'update' and object_type = 'circle_family'")
    assert row.body == '{"fields": ["label", "provisional", "version"]}'
    assert not trail("body like '%Hartman%'")


def test_what_is_rolled_back_leaves_no_row_and_what_is_done_always_does(cast: Cast) -> None:
    family = family_of(cast)
    before = len(rows())
    with acting(cast.tom) as tom:
        open_family(tom, family.id, "gezinspagina")
    assert len(rows()) == before + 1
    assert rows()[-1].subject_id == cast.tom.id


def test_an_act_without_a_row_of_its_own_can_be_noted_by_a_member_only(cast: Cast) -> None:
    family = family_of(cast)
    with acting(cast.tom), connection.cursor() as cursor:
        cursor.execute("select sec.note('print', %s, 'circle_family', %s)", [family.id, family.id])
    assert trail("action = 'print'")
    with pytest.raises(Exception, match="not yours"), acting(cast.koen), connection.cursor() as cursor:
        cursor.execute("select sec.note('print', %s, 'circle_family', %s)", [family.id, family.id])


def test_no_door_writes_or_reads_the_trail_itself() -> None:
    for who in ("app", "jobs", "login"):
        with door(who) as connected:
            for table in ("event", "payload", "leaf_index", "node", "checkpoint"):
                for verb in ("select * from", "delete from", "truncate"):
                    with pytest.raises(psycopg.errors.InsufficientPrivilege):
                        connected.execute(f"{verb} trail.{table}")


def test_a_row_of_a_hidden_member_is_narrower_than_the_thing_it_is_about(cast: Cast) -> None:
    """The shelter's worker writes something for all professionals: the row stays with the duo (harm B4)."""
    family = family_of(cast, shelter_worker=cast.lotte)
    with acting(cast.lotte) as lotte:
        actions.write_contact_card(
            by=lotte,
            family=family,
            kind="school",
            name="Wendy",
            organisation="De Regenboog",
            may_know="niets",
            agreed="",
        )
    written = trail(f"subject_id = '{cast.lotte.id}'")
    assert {row.action for row in written} == {"open", "insert"}
    assert {row.audience for row in written} == {"duo"}
