"""The Merkle tree over the leaves (RFC 6962): roots, and proofs that a later tree only adds to an earlier one."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

EMPTY = hashlib.sha256(b"").digest()
# Complete subtrees are kept at every eighth level: a proof reads some hundreds of hashes, whatever the size of the log.
STEP = 8

Fetch = Callable[[int, int, int], list[bytes]]  # (level, first, count) -> hashes; level 0 are the leaves


def parent(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def fold(hashes: list[bytes]) -> bytes:
    """The root of a complete subtree: the number of hashes is a power of two."""
    while len(hashes) > 1:
        hashes = [parent(*hashes[at : at + 2]) for at in range(0, len(hashes), 2)]
    return hashes[0]


@dataclass
class Growing:
    """A tree that only grows, known by its size and the roots of its complete subtrees: some 30 hashes at most."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def add(self, leaves: Iterable[bytes]) -> "Growing":
        for leaf in leaves:
            at = self.size
            while at & 1:
                leaf, at = parent(self.peaks.pop(), leaf), at >> 1
            self.peaks.append(leaf)
            self.size += 1
        return self

    def root(self) -> bytes:
        if not self.peaks:
            return EMPTY
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = parent(peak, root)
        return root


def node(fetch: Fetch, level: int, place: int) -> bytes:
    """The root of one complete subtree of 2**level leaves, from the nearest kept level below it."""
    kept = level - level % STEP
    count = 1 << (level - kept)
    return fold(fetch(kept, place * count, count))


def _range(fetch: Fetch, start: int, end: int) -> bytes:
    size = end - start
    if size & (size - 1) == 0 and start % size == 0:
        level = size.bit_length() - 1
        return node(fetch, level, start >> level)
    half = 1 << ((size - 1).bit_length() - 1)
    return parent(_range(fetch, start, start + half), _range(fetch, start + half, end))


def root_at(fetch: Fetch, size: int) -> bytes:
    return _range(fetch, 0, size) if size else EMPTY


def consistency_proof(fetch: Fetch, old: int, new: int) -> list[bytes]:
    """Hashes that show that the tree of `new` leaves begins with the tree of `old` (RFC 6962, 2.1.2)."""
    if not 0 < old < new:
        return []
    return _subproof(fetch, old, 0, new, True)


def _subproof(fetch: Fetch, old: int, start: int, end: int, known: bool) -> list[bytes]:
    if old == end - start:
        return [] if known else [_range(fetch, start, end)]
    half = 1 << ((end - start - 1).bit_length() - 1)
    if old <= half:
        return [*_subproof(fetch, old, start, start + half, known), _range(fetch, start + half, end)]
    return [*_subproof(fetch, old - half, start + half, end, False), _range(fetch, start, start + half)]


def is_consistent(old: int, old_root: bytes, new: int, new_root: bytes, proof: list[bytes]) -> bool:
    """Does the proof show that the new tree only adds to the old one? (RFC 9162, 2.1.4.2)"""
    if old == new:
        return not proof and old_root == new_root
    if old == 0:
        return not proof
    if old > new or not proof:
        return False
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    first = second = path[0]
    for hash_ in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            first, second = parent(hash_, first), parent(hash_, second)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            second = parent(second, hash_)
        at, last = at >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root
