"""Is the trail whole? Every row is held against the leaves that were signed, and what differs is named."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kring.accountability.canonical import Row, leaf_of, payload_fits
from kring.accountability.merkle import Growing
from kring.accountability.notes import Checkpoint


@dataclass
class Found:
    """What was checked and what is wrong, one sentence each; no sentences: the trail is whole."""

    rows: int = 0
    waiting: int = 0
    erased: int = 0
    wrong: list[str] = field(default_factory=list)


def verify(rows: Sequence[Row], signed: Sequence[bytes], checkpoints: Sequence[Checkpoint]) -> Found:
    """`signed`: the leaves from the signer's folder; `checkpoints`: notes with a valid signature, wherever they were kept.

    The folder is not believed either: every root that was signed must follow from its leaves.
    """
    found = Found(rows=len(rows), erased=sum(row.payload_digest is not None and row.body is None for row in rows))
    found.wrong += _roots(signed, checkpoints)
    leaves = {row.id: leaf_of(row) for row in rows}
    found.wrong += _in_themselves(rows, leaves)
    named, sentences = _in_the_log(rows, signed, leaves)
    found.wrong += sentences
    reached = max((row.xid for row in rows if row.place is not None and row.place < len(signed)), default=-1)
    for row in rows:
        if (row.place is not None and row.place < len(signed)) or row.id in named:
            continue
        if row.place is not None:
            found.wrong.append(f"{_name(row)}: inserted at place {row.place}, beyond what was signed")
        elif row.xid < reached:
            found.wrong.append(f"{_name(row)}: inserted, it has no place in the log among the rows around it")
        else:
            found.waiting += 1
    return found


def _roots(signed: Sequence[bytes], checkpoints: Sequence[Checkpoint]) -> Iterator[str]:
    tree = Growing()
    for point in sorted(checkpoints, key=lambda one: one.size):
        if point.size > len(signed):
            yield f"the checkpoint of {point.size} rows: only {len(signed)} leaves are kept beside the key"
            return
        if tree.add(signed[tree.size : point.size]).root() != point.root:
            yield f"the checkpoint of {point.size} rows: another root was signed than follows from the leaves"


def _in_themselves(rows: Sequence[Row], leaves: dict[int, bytes]) -> Iterator[str]:
    for row in rows:
        if leaves[row.id] != row.leaf:
            yield f"{_name(row)}: changed, or written past the trigger; its leaf does not fit what it says"
        if not payload_fits(row):
            yield f"{_name(row)}: its payload is not the one that was written"


def _in_the_log(rows: Sequence[Row], signed: Sequence[bytes], leaves: dict[int, bytes]) -> tuple[set[int], list[str]]:
    """Which rows are named, and the sentences."""
    at = {row.place: row for row in rows if row.place is not None}
    of = {leaves[row.id]: row for row in rows}
    logged = set(signed)
    sentences, named, moved = [], set(), []
    for place, leaf in enumerate(signed):
        here, there = at.get(place), of.get(leaf)
        if here and there is here:
            continue
        if there:
            moved.append((place, there))
            named.add(there.id)
        elif here and leaves[here.id] not in logged:
            sentences.append(f"{_name(here)}: changed or put in place of another, after place {place} was signed")
            named.add(here.id)
        else:
            sentences.append(f"the row signed at place {place}: removed ({_around(at, place)})")
    return named, sentences + _moved(moved)


def _moved(moved: list[tuple[int, Row]]) -> list[str]:
    """A gap that was closed moves all rows after it by one: said once."""
    runs: list[list[tuple[int, Row]]] = []
    for place, row in moved:
        last = runs[-1][-1] if runs else None
        if last and _shift(place, row) is not None and _shift(place, row) == _shift(*last) and place == last[0] + 1:
            runs[-1].append((place, row))
        else:
            runs.append([(place, row)])
    return [
        f"{_name(run[0][1])}: reordered, signed at place {run[0][0]}, now {_place(run[0][1])}"
        + (f" (and the {len(run) - 1} rows after it)" if run[1:] else "")
        for run in runs
    ]


def _shift(place: int, row: Row) -> int | None:
    return None if row.place is None else row.place - place


def _name(row: Row) -> str:
    return f"row {row.id} of {row.at:%Y-%m-%d %H:%M:%S}"


def _place(row: Row) -> str:
    return "without a place" if row.place is None else f"at place {row.place}"


def _around(at: dict[int | None, Row], place: int) -> str:
    before, after = at.get(place - 1), at.get(place + 1)
    return f"between {_name(before) if before else 'nothing'} and {_name(after) if after else 'nothing'}"


def before_and_after(rows: Sequence[Row], checkpoints: Sequence[Checkpoint]) -> list[str]:
    """Without the folder: the rows as they stand against each signed root; names the batch where it goes wrong."""
    ordered = sorted((row for row in rows if row.place is not None), key=lambda row: row.place or 0)
    leaves = [leaf_of(row) for row in ordered]
    tree, good = Growing(), 0
    for point in sorted(checkpoints, key=lambda one: one.size):
        tree.add(leaves[tree.size : point.size])
        if tree.size != point.size or tree.root() != point.root:
            return [f"the rows at places {good} to {point.size - 1} are not those that were signed"]
        good = point.size
    return []
