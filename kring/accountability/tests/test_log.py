"""The log over the trail: every committed row gets one place, in an order that nothing can come before."""

import threading
import time
from pathlib import Path

import pytest
from django.db import connection, transaction

from kring.accountability import log, notes
from kring.accountability.canonical import leaf_of
from kring.accountability.ledger import DoesNotFit, Ledger, make_key
from kring.accountability.merkle import Growing
from kring.accountability.tests.bed import administrator, family_of, rows
from kring.circle.access import open_family
from kring.demo.cast import Cast
from kring.locks.subject import Subject, acting_as
from tests.bed import acting, as_system, door, mint

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def book(tmp_path: Path) -> Ledger:
    make_key(tmp_path / "key")
    return Ledger(tmp_path, "kring.test/trail")


def extend(book: Ledger, most: int = log.BATCH) -> notes.Checkpoint | None:
    """As the worker does, once no other transaction is open."""
    with as_system():
        return log.extend(book, most)


def test_every_row_gets_a_place_and_the_signed_root_follows_from_the_rows(cast: Cast, book: Ledger) -> None:
    family_of(cast)
    point = extend(book)
    ordered = sorted(rows(), key=lambda row: row.place if row.place is not None else -1)
    assert point
    assert [row.place for row in ordered] == list(range(point.size))
    assert point.root == Growing().add(leaf_of(row) for row in ordered).root()
    with transaction.atomic():
        assert notes.read(log.last_note() or "", book.signer().verifier) == point


def test_nothing_new_makes_no_checkpoint(cast: Cast, book: Ledger) -> None:
    extend(book)
    assert extend(book) is None


def test_a_row_whose_transaction_is_open_is_waited_for_and_keeps_its_place(cast: Cast, book: Ledger) -> None:
    """The later row has committed, the earlier one not yet: neither gets a place, so none is ever passed over."""
    family = family_of(cast)
    first = extend(book)
    with door("app") as slow:
        slow.execute("begin")
        slow.execute(
            "select set_config('kring.token', %s, true), set_config('kring.purpose', 'x', true), set_config('kring.request', 'r', true)",
            [mint(cast.samira.id)],
        )
        slow.execute("select sec.open_family(%s, 'langzaam')", [family.id])
        with acting(cast.tom) as tom:
            open_family(tom, family.id, "snel")
        assert extend(book) is None
        slow.execute("commit")
    second = extend(book)
    assert first
    assert second
    assert second.size == first.size + 2
    assert [row.body for row in sorted(rows(), key=lambda row: row.place or 0)][-2:] == ['{"what": "langzaam"}', '{"what": "snel"}']  # fmt: skip


def test_a_log_made_in_many_small_steps_is_the_one_made_at_once(cast: Cast, book: Ledger, tmp_path: Path) -> None:
    for _ in range(3):
        family_of(cast)
    total = len(rows())
    assert total > 256 / 8
    while (point := extend(book, most=7)) and point.size < total:
        pass
    assert point
    assert point.root == Growing().add(book.leaves()).root()
    with transaction.atomic():
        for old in (1, 6, 7, 50, point.size - 1):
            assert log.root_of(old) == Growing().add(book.leaves()[:old]).root()


def test_kept_subtrees_give_the_same_roots_as_the_leaves(cast: Cast, book: Ledger) -> None:
    with administrator() as admin:
        admin.execute(
            "insert into trail.event (action, outcome, leaf) select 'load', 'done', sha256(n::text::bytea) from generate_series(1, 1500) n"
        )
    point = extend(book, most=400)
    while further := extend(book, most=400):
        point = further
    assert point
    with door("owner") as owner:
        assert owner.execute("select count(*) from trail.node").fetchone() == (point.size // 256,)
    with transaction.atomic():
        assert log.root_of(point.size) == point.root
        assert log.root_of(1024) == Growing().add(book.leaves()[:1024]).root()


def test_a_worker_that_died_between_signing_and_commit_goes_on_where_it_was(cast: Cast, book: Ledger) -> None:
    family = family_of(cast)
    with pytest.raises(KeyboardInterrupt), as_system():  # noqa: PT012
        log.extend(book)
        raise KeyboardInterrupt
    ahead, _ = book.standing()
    assert ahead.size == len(rows())
    with acting(cast.tom) as tom:
        open_family(tom, family.id, "later")
    point = extend(book)
    assert point
    assert point.size == ahead.size + 1 == len(rows())


def test_rows_that_were_taken_out_after_signing_are_not_signed_over(cast: Cast, book: Ledger) -> None:
    family_of(cast)
    extend(book)
    with administrator() as admin:
        admin.execute("delete from trail.leaf_index where leaf_ix = (select max(leaf_ix) from trail.leaf_index)")
        admin.execute("delete from trail.checkpoint")
        admin.execute("delete from trail.event where id = (select max(id) from trail.event)")
    with pytest.raises(DoesNotFit):
        extend(book)


def test_no_committed_row_is_missed_or_doubled_while_many_write(cast: Cast, book: Ledger) -> None:
    family = family_of(cast)
    token, until, written = mint(cast.tom.id), time.monotonic() + 2, []

    def write() -> None:
        try:
            while time.monotonic() < until:
                with acting_as(Subject(token, "x")), transaction.atomic():
                    open_family(cast.tom, family.id, "vaak")
                    time.sleep(0.002)
                    if len(written) % 7 == 3:
                        transaction.set_rollback(True)
                    written.append(1)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    while time.monotonic() < until:
        extend_beside(book)
        time.sleep(0.05)
    for thread in threads:
        thread.join()
    extend_beside(book)
    places = sorted(row.place if row.place is not None else -1 for row in rows())
    assert len(places) > 100
    assert places == list(range(len(places)))


def extend_beside(book: Ledger) -> None:
    with as_system():
        log.extend(book)
