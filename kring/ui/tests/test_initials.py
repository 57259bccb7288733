import pytest

from kring.ui.initials import initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Samira El Idrissi", "SE"),
        ("Fatma de Vries", "FV"),
        ("Koen van der 't Hoff", "KH"),
        ("Oma Ayşe", "OA"),
        ("Mees", "ME"),
        ("oma bep", "OB"),
        ("’t Lam Lisa", "TL"),
        ("Ö", "Ö"),
        ("", "?"),
        ("– –", "?"),
    ],
)
def test_two_letters_stand_for_a_name(name, letters):
    assert initials(name) == letters
