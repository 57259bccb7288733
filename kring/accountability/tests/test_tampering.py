"""An owner of the database rewrites the past: each way of doing so is found, and the row is named."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from kring.accountability import log
from kring.accountability.canonical import leaf_of
from kring.accountability.ledger import Ledger, make_key
from kring.accountability.tests.bed import administrator, family_of, rows
from kring.circle.access import open_family
from kring.demo.cast import Cast
from tests.bed import acting, as_system

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def book(cast: Cast, tmp_path: Path, settings: Any) -> Ledger:
    """A signed log of some thirty rows."""
    settings.TRAIL_FOLDER, settings.TRAIL_ORIGIN = tmp_path, "kring.test/trail"
    make_key(tmp_path / "key")
    family = family_of(cast)
    with as_system():
        log.extend(log.ledger())
    with acting(cast.tom) as tom:
        open_family(tom, family.id, "gezinspagina")
    with as_system():
        log.extend(log.ledger())
    return log.ledger()


def judge(*more: str) -> tuple[bool, str]:
    out = StringIO()
    try:
        call_command("verify_trail", *more, stdout=out, stderr=out)
    except CommandError:
        return False, out.getvalue()
    return True, out.getvalue()


def at(place: int) -> int:
    return next(row.id for row in rows() if row.place == place)


def refit(*ids: int) -> None:
    """The leaf is worked out again, as somebody would who can write everything."""
    with administrator() as admin:
        for row in rows():
            if row.id in ids:
                admin.execute("update trail.event set leaf = %s where id = %s", [leaf_of(row), row.id])


def test_an_untouched_trail_is_whole(book: Ledger) -> None:
    whole, said = judge()
    assert whole, said
    assert "0 not signed yet" in said


def test_an_edited_row_is_named(book: Ledger) -> None:
    row = at(5)
    with administrator() as admin:
        admin.execute("update trail.event set subject_id = gen_random_uuid() where id = %s", [row])
    whole, said = judge()
    assert not whole
    assert f"row {row} " in said
    assert "changed" in said


def test_an_edited_row_with_a_fitting_leaf_is_named(book: Ledger) -> None:
    row = at(5)
    with administrator() as admin:
        admin.execute("update trail.event set subject_id = gen_random_uuid() where id = %s", [row])
    refit(row)
    whole, said = judge()
    assert not whole
    assert [line.split(" of ")[0] for line in said.splitlines() if "changed" in line] == [f"row {row}"]


def test_an_edited_payload_is_named(book: Ledger) -> None:
    with administrator() as admin:
        (row,) = admin.execute(
            'update trail.payload set body = \'{"what": "iets anders"}\' where event_id = (select max(event_id) from trail.payload) returning event_id'
        ).fetchone()
    whole, said = judge()
    assert not whole
    assert f"row {row} " in said
    assert "payload" in said


def test_a_row_taken_out_of_the_middle_is_named_by_its_place_and_neighbours(book: Ledger) -> None:
    row, before, after = at(7), at(6), at(8)
    remove(row)
    whole, said = judge()
    assert not whole
    assert "place 7: removed" in said
    assert f"between row {before} " in said
    assert f"and row {after} " in said


def test_a_row_taken_out_with_the_gap_closed_is_named_all_the_same(book: Ledger) -> None:
    remove(at(7))
    with administrator() as admin:
        admin.execute("update trail.leaf_index set leaf_ix = -leaf_ix where leaf_ix > 7")
        admin.execute("update trail.leaf_index set leaf_ix = -leaf_ix - 1 where leaf_ix < 0")
    whole, said = judge()
    assert not whole
    assert "place 7: removed" in said
    assert len(said.splitlines()) < 5


def test_the_last_rows_taken_out_with_their_checkpoint_are_named(book: Ledger) -> None:
    last = max(row.place or 0 for row in rows())
    remove(at(last))
    with administrator() as admin:
        admin.execute("delete from trail.checkpoint where size = (select max(size) from trail.checkpoint)")
    whole, said = judge()
    assert not whole
    assert f"place {last}: removed" in said


def test_two_rows_that_changed_places_are_named(book: Ledger) -> None:
    one, other = at(3), at(9)
    with administrator() as admin:
        admin.execute("update trail.leaf_index set leaf_ix = -1 where leaf_ix = 3")
        admin.execute("update trail.leaf_index set leaf_ix = 3 where leaf_ix = 9")
        admin.execute("update trail.leaf_index set leaf_ix = 9 where leaf_ix = -1")
    whole, said = judge()
    assert not whole
    assert f"row {one} " in said
    assert f"row {other} " in said
    assert said.count("reordered") == 2


def test_a_row_forged_into_the_past_is_named(book: Ledger) -> None:
    with administrator() as admin:
        admin.execute("set session_replication_role = origin")  # with the trigger: its leaf fits
        (row,) = admin.execute(
            "insert into trail.event (xid, at, action, outcome, leaf)"
            " select xid, at, 'open', 'done', '' from trail.event order by id offset 4 limit 1 returning id"
        ).fetchone()
    whole, said = judge()
    assert not whole
    assert f"row {row} " in said
    assert "inserted" in said


def test_a_row_put_in_place_of_another_is_named(book: Ledger) -> None:
    row = at(5)
    with administrator() as admin:
        admin.execute("update trail.leaf_index set event_id = event_id + 100000 where event_id = %s", [row])
        admin.execute("alter table trail.event alter column id drop identity")
        admin.execute("update trail.event set id = id + 100000 where id = %s", [row])
    refit(row + 100000)
    whole, said = judge()
    assert not whole
    assert f"row {row + 100000} " in said


def test_a_rewritten_past_with_new_checkpoints_fails_on_what_a_witness_holds(book: Ledger, tmp_path: Path) -> None:
    """Everything beside the database was rewritten as well: then only another organisation can tell."""
    held = tmp_path / "last"
    held.write_text(book.standing()[1], encoding="utf-8")
    remove(at(7))
    with administrator() as admin:
        admin.execute("delete from trail.checkpoint")
        admin.execute("delete from trail.leaf_index")
    (tmp_path / "state").unlink()
    with as_system():
        log.extend(log.ledger())
    assert judge()[0]
    whole, said = judge("--held", str(held))
    assert not whole
    assert "checkpoint" in said


def test_without_the_folder_the_fault_is_placed_between_two_checkpoints(book: Ledger, tmp_path: Path) -> None:
    row = at(5)
    with administrator() as admin:
        admin.execute("update trail.event set subject_id = gen_random_uuid() where id = %s", [row])
    refit(row)
    (tmp_path / "state").unlink()
    whole, said = judge()
    assert not whole
    assert "places 0 to" in said


def test_a_row_that_was_never_signed_is_waiting_and_not_wrong(book: Ledger, cast: Cast) -> None:
    """The limit, stated: what is forged at the end before the next checkpoint looks like a row that was written."""
    family_of(cast)
    whole, said = judge()
    assert whole
    assert "0 not signed yet" not in said


def remove(row: int) -> None:
    with administrator() as admin:
        for table, key in (("leaf_index", "event_id"), ("payload", "event_id"), ("event", "id")):
            admin.execute(f"delete from trail.{table} where {key} = %s", [row])
