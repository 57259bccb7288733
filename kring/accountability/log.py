"""The log over the trail: giving rows their place, signing where it stands, proving that it only grew.

No domain change and so no action: it adds nothing to what happened, only to how well it can be proved.
"""

from django.conf import settings
from django.db import connection

from kring.accountability.ledger import DoesNotFit, Ledger, make_key
from kring.accountability.merkle import STEP, Fetch, consistency_proof, fold, root_at
from kring.accountability.notes import COSIGNATURE, Checkpoint, Verifier, split

BATCH = 20_000


def ledger() -> Ledger:
    """The folder beside the database. A demo makes its own key; in production somebody does so on purpose."""
    if not settings.PRODUCTION and not (settings.TRAIL_FOLDER / "key").exists():
        make_key(settings.TRAIL_FOLDER / "key")
    return Ledger(settings.TRAIL_FOLDER, settings.TRAIL_ORIGIN)


def extend(book: Ledger, most: int = BATCH) -> Checkpoint | None:
    """Give every row that can no longer be overtaken its place, sign, and keep the checkpoint; None: nothing new.

    In one transaction, under the jobs role. Raises DoesNotFit, and signs nothing, when database and folder differ.
    """
    with connection.cursor() as cursor:
        cursor.execute("select sec.trail_size()")
        start = cursor.fetchone()[0]
        cursor.execute("select place, leaf from sec.trail_extend(%s)", [most])
        fresh = cursor.fetchall()
        if fresh and fresh[0][0] != start:
            raise DoesNotFit(f"the log was at {start} and another went on from {fresh[0][0]}: again next time")
        if not fresh and book.standing()[0].size == start:
            return None
        checkpoint, note = book.sign(start, [bytes(leaf) for _, leaf in fresh])
        _keep_subtrees(start, checkpoint.size)
        cursor.execute("select sec.trail_checkpoint(%s, %s, %s)", [checkpoint.size, checkpoint.root, note])
    return checkpoint


def _keep_subtrees(old: int, new: int) -> None:
    level = STEP
    while new >> level:
        first, end = old >> level, new >> level
        if hashes := [fold(hashes_of(level - STEP, ix << STEP, 1 << STEP)) for ix in range(first, end)]:
            with connection.cursor() as cursor:
                cursor.execute("select sec.trail_keep(%s, %s, %s)", [level, first, hashes])
        level += STEP


def hashes_of(level: int, first: int, count: int) -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute("select hash from sec.trail_hashes(%s, %s, %s)", [level, first, count])
        return [bytes(hash_) for (hash_,) in cursor.fetchall()]


fetch: Fetch = hashes_of


def last_note(size: int | None = None) -> str | None:
    """The signed checkpoint of this size, or the last one, with the cosignatures it has by now."""
    with connection.cursor() as cursor:
        cursor.execute("select sec.trail_note(%s)", [size])
        return cursor.fetchone()[0]


def prove(old: int, new: int) -> list[bytes]:
    return consistency_proof(fetch, old, new)


def root_of(size: int) -> bytes:
    return root_at(fetch, size)


def witnesses() -> list[Verifier]:
    """The organisations whose cosignatures are kept, from KRING_TRAIL_WITNESSES."""
    return [Verifier.read(text) for text in settings.TRAIL_WITNESSES]


def take_cosignature(size: int, line: str) -> bool:
    """Keep a known witness's line under the checkpoint of this size; False when it is not one."""
    note = last_note(size)
    if not note:
        return False
    body = split(note)[0]
    alone = f"{body}\n{line}"
    if not any(witness.kind == COSIGNATURE and witness.signed(alone) for witness in witnesses()):
        return False
    with connection.cursor() as cursor:
        cursor.execute("select sec.trail_cosign(%s, %s)", [size, line])
    return True
