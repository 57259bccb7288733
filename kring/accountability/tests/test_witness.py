"""Other organisations as witnesses: they cosign a log that only grew, and sound the alarm about any other."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kring.accountability import log, notes
from kring.accountability.ledger import Ledger
from kring.accountability.tests.bed import administrator, family_of
from kring.accountability.witness import Alarm, Ask, Witness, run
from kring.circle.access import open_family
from kring.circle.models import Family
from kring.demo.cast import Cast
from tests.bed import acting, as_system, browser

pytestmark = pytest.mark.django_db(transaction=True)


def over_the_wire(path: str, post: str | None) -> str:
    client = browser()
    answer = client.get(f"/{path}") if post is None else client.post(f"/{path}", post, content_type="text/plain")
    if answer.status_code >= 400:
        raise ConnectionError(answer.status_code)
    return answer.content.decode()


@pytest.fixture
def family(cast: Cast, tmp_path: Path, settings: Any) -> Iterator[Family]:
    settings.TRAIL_FOLDER, settings.TRAIL_ORIGIN = tmp_path / "log", "kring.test/trail"
    return family_of(cast)


@pytest.fixture
def book(family: Family) -> Ledger:
    sign()
    return log.ledger()


def sign() -> None:
    with as_system():
        log.extend(log.ledger())


def witness(book: Ledger, settings: Any, name: str = "board.test/kring", ask: Ask = over_the_wire) -> Witness:
    found = Witness(book.folder.parent / name.partition(".")[0], name, book.signer().verifier, ask)
    settings.TRAIL_WITNESSES = [*settings.TRAIL_WITNESSES, str(found.signer.verifier)]
    return found


def look_at(cast: Cast, family: Family, times: int = 1) -> None:
    for _ in range(times):
        with acting(cast.tom) as tom:
            open_family(tom, family.id, "gezinspagina")


def test_two_organisations_cosign_the_same_checkpoint(book: Ledger, settings: Any) -> None:
    board, police = witness(book, settings), witness(book, settings, "police.test/kring")
    board.look()
    police.look()
    note = over_the_wire("trail/checkpoint", None)
    assert board.signer.verifier.signed(note)
    assert police.signer.verifier.signed(note)
    assert notes.read(note, book.signer().verifier).size == book.standing()[0].size


def test_a_log_that_grew_is_cosigned_again(book: Ledger, settings: Any, cast: Cast, family: Family) -> None:
    board = witness(book, settings)
    first = board.look()
    look_at(cast, family, 3)
    sign()
    assert board.look().size == first.size + 3


def test_looking_twice_at_the_same_checkpoint_is_fine(book: Ledger, settings: Any) -> None:
    board = witness(book, settings)
    assert board.look() == board.look()


def test_a_rewritten_past_is_not_cosigned(book: Ledger, settings: Any, cast: Cast, family: Family) -> None:
    """The owner of log and key rewrites a row, rebuilds everything and signs anew: the key is right, the past is not."""
    board = witness(book, settings)
    board.look()
    with administrator() as admin:
        admin.execute("update trail.event set leaf = sha256('x') where id = (select min(id) + 3 from trail.event)")
        for table in ("checkpoint", "leaf_index"):
            admin.execute(f"delete from trail.{table}")
    for name in ("state", "leaves"):
        (book.folder / name).unlink()
    look_at(cast, family, 2)
    sign()
    with pytest.raises(Alarm):
        board.look()
    assert not board.signer.verifier.signed(over_the_wire("trail/checkpoint", None))
    assert list(board.folder.glob("alarm-*"))


def test_a_log_that_shrank_is_not_cosigned(book: Ledger, settings: Any, cast: Cast, family: Family) -> None:
    board = witness(book, settings)
    older = over_the_wire("trail/checkpoint", None)
    look_at(cast, family)
    sign()
    board.look()
    board.ask = lambda path, post: older
    with pytest.raises(Alarm):
        board.look()


def test_a_checkpoint_of_another_key_is_not_cosigned(book: Ledger, settings: Any) -> None:
    board = witness(book, settings)
    forged = Ledger(book.folder.parent / "forger", book.origin)
    settings.TRAIL_FOLDER = forged.folder
    note = notes.sign(notes.Checkpoint(book.origin, 1, bytes(32)), log.ledger().signer())
    board.ask = lambda path, post: note
    with pytest.raises(Alarm):
        board.look()


def test_the_log_keeps_no_cosignature_of_a_stranger(book: Ledger, settings: Any) -> None:
    stranger = Witness(book.folder.parent / "stranger", "stranger.test", book.signer().verifier, over_the_wire)
    with pytest.raises(ConnectionError):
        stranger.look()
    assert "stranger" not in over_the_wire("trail/checkpoint", None)


@pytest.mark.parametrize(
    "path",
    [
        "trail/consistency",
        "trail/consistency?old=0&new=1",
        "trail/consistency?old=1&new=999999",
        "trail/consistency?old=-1&new=x",
        "trail/consistency?old=9999999999999999999&new=9",
    ],
)
def test_a_proof_is_given_between_signed_checkpoints_only(book: Ledger, path: str) -> None:
    assert browser().get(f"/{path}").status_code == 404


def test_a_witness_whose_log_is_away_says_so_and_tries_later(tmp_path: Path, book: Ledger) -> None:
    said: list[str] = []
    key = str(book.signer().verifier)
    assert run("http://127.0.0.1:9", key, "board.test", tmp_path / "w", 0, said.append) == 2
    assert "not reached" in said[-1]


def test_a_witness_asks_over_tls_only(tmp_path: Path, book: Ledger) -> None:
    with pytest.raises(SystemExit):
        run("http://kring.example", str(book.signer().verifier), "board.test", tmp_path / "w", 0, print)
