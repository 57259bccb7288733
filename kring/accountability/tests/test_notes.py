"""Checkpoints in the open format that other tools read (c2sp.org/signed-note, /tlog-cosignature)."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kring.accountability import notes
from kring.accountability.notes import Checkpoint, NotValid, Signer, Verifier

LOG = Signer("kring.example/trail", notes.SIGNATURE, Ed25519PrivateKey.generate())
WITNESS = Signer("board.example/kring", notes.COSIGNATURE, Ed25519PrivateKey.generate())
POINT = Checkpoint("kring.example/trail", 42, bytes(range(32)))


def test_a_note_reads_back_as_what_was_signed() -> None:
    assert notes.read(notes.sign(POINT, LOG), LOG.verifier) == POINT


def test_a_cosignature_stands_under_the_same_note_and_leaves_it_valid() -> None:
    note = notes.sign(POINT, LOG) + WITNESS.line(POINT.body())
    assert WITNESS.verifier.signed(note)
    assert notes.read(note, LOG.verifier) == POINT


@pytest.mark.parametrize("change", [("42", "43"), ("kring.example/trail\n", "kring.elders/trail\n")])
def test_a_changed_note_is_refused(change: tuple[str, str]) -> None:
    note = (notes.sign(POINT, LOG) + WITNESS.line(POINT.body())).replace(*change, 1)
    assert not WITNESS.verifier.signed(note)
    with pytest.raises(NotValid):
        notes.read(note, LOG.verifier)


def test_another_key_with_the_same_name_is_refused() -> None:
    other = Signer(LOG.name, notes.SIGNATURE, Ed25519PrivateKey.generate())
    with pytest.raises(NotValid):
        notes.read(notes.sign(POINT, other), LOG.verifier)


def test_a_public_key_travels_as_text() -> None:
    assert Verifier.read(str(WITNESS.verifier)) == WITNESS.verifier


@pytest.mark.parametrize("text", ["", "a+b", "name+00000000+AQ==", str(LOG.verifier)[:-8], str(LOG.verifier) + "A"])
def test_a_damaged_public_key_is_refused(text: str) -> None:
    with pytest.raises(NotValid):
        Verifier.read(text)


def test_the_vector_of_the_open_format() -> None:
    """The example of Go's golang.org/x/mod/sumdb/note, which defined the format."""
    peter = Verifier.read("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    note = (
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    )
    assert peter.signed(note)
    assert not peter.signed(note.replace("answer", "question"))
