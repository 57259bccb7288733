"""The tree against an independent judge (pymerkle): same roots, same proofs, and no proof for what is not so."""

import hashlib

import pymerkle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.accountability.merkle import EMPTY, STEP, Fetch, Growing, consistency_proof, fold, is_consistent, root_at

ENTRIES = [b"row %d" % number for number in range(1100)]
LEAVES = [hashlib.sha256(b"\x00" + entry).digest() for entry in ENTRIES]


def kept(level: int, first: int, count: int) -> list[bytes]:
    """What the database gives: leaves, or roots of complete subtrees at a kept level."""
    assert level % STEP == 0
    assert count <= 256
    if level == 0:
        return LEAVES[first : first + count]
    return [fold(LEAVES[ix << level : (ix + 1) << level]) for ix in range(first, first + count)]


fetch: Fetch = kept


@pytest.fixture(scope="module")
def judge() -> pymerkle.InmemoryTree:
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    for entry in ENTRIES:
        tree.append_entry(entry)
    return tree


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 255, 256, 257, 512, 1000, 1100])
def test_the_root_is_the_one_an_independent_tree_has(judge: pymerkle.InmemoryTree, size: int) -> None:
    assert Growing().add(LEAVES[:size]).root() == judge.get_root(size)
    assert root_at(fetch, size) == judge.get_root(size)


def test_an_empty_log_has_a_root_too() -> None:
    assert Growing().root() == root_at(fetch, 0) == EMPTY


@given(st.tuples(st.integers(1, 1100), st.integers(1, 1100)).map(sorted))
def test_a_log_that_grew_can_prove_it(sizes: list[int]) -> None:
    old, new = sizes
    proof = consistency_proof(fetch, old, new)
    assert is_consistent(old, root_at(fetch, old), new, root_at(fetch, new), proof)


@given(st.tuples(st.integers(1, 1099), st.integers(2, 1100)).filter(lambda pair: pair[0] < pair[1]), st.data())
def test_a_log_with_another_past_can_not(sizes: tuple[int, int], data: st.DataObject) -> None:
    old, new = sizes
    other = list(LEAVES[:old])
    other[data.draw(st.integers(0, old - 1))] = bytes(32)
    proof = consistency_proof(fetch, old, new)
    assert not is_consistent(old, Growing().add(other).root(), new, root_at(fetch, new), proof)


@pytest.mark.parametrize(("old", "new"), [(1, 2), (400, 1000), (512, 1100), (777, 778)])
def test_the_judge_proves_from_our_roots_what_we_prove(judge: pymerkle.InmemoryTree, old: int, new: int) -> None:
    ours = root_at(fetch, old), root_at(fetch, new)
    pymerkle.verify_consistency(*ours, judge.prove_consistency(old, new))
    assert is_consistent(old, ours[0], new, ours[1], consistency_proof(fetch, old, new))


@pytest.mark.parametrize("proof", [[], [bytes(32)], [bytes(32)] * 40])
def test_nonsense_is_no_proof(proof: list[bytes]) -> None:
    assert not is_consistent(5, Growing().add(LEAVES[:5]).root(), 9, Growing().add(LEAVES[:9]).root(), proof)


def test_a_log_that_shrank_has_no_proof() -> None:
    assert not is_consistent(9, Growing().add(LEAVES[:9]).root(), 5, Growing().add(LEAVES[:5]).root(), [])
