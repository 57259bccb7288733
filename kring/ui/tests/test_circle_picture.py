from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from kring.ui.circle_picture import Node, draw, nearest, wrap

names = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=40)


def people(ring, low, high):
    node = st.builds(
        Node,
        label=names,
        initials=st.just("AB"),
        ring=st.just(ring),
        sublabel=st.one_of(st.just(""), names),
        emphasised=st.booleans(),
    )
    return st.lists(node, min_size=low, max_size=high)


@settings(max_examples=60, deadline=None)
@given(inner=people("inner", 1, 15), network=people("network", 0, 10), outer=people("outer", 0, 15))
def test_no_name_covers_another_and_nobody_falls_off_the_picture(inner, network, outer):
    picture = draw([*outer, *inner, *network])

    assert len(picture.placed) == len(inner) + len(network) + len(outer)
    for one, other in combinations(picture.placed, 2):
        assert not one.box.overlaps(other.box), (one, other)
    for one in picture.placed:
        assert picture.left <= one.box.left
        assert one.box.right <= picture.left + picture.width
        assert picture.top <= one.box.top
        assert one.box.bottom <= picture.top + picture.height


@settings(max_examples=30, deadline=None)
@given(inner=people("inner", 1, 15), network=people("network", 0, 10), outer=people("outer", 1, 15))
def test_nobody_from_outside_stands_in_the_middle(inner, network, outer):
    picture = draw([*inner, *network, *outer])

    for one in picture.placed:
        outside = nearest(one.box) > picture.inner_radius
        assert outside == (one.node.ring != "inner")


def test_who_stands_out_is_drawn_on_top():
    inner = [Node("Fatma", "FV", "inner")]
    outer = [Node(f"Persoon {n}", "P", "outer", emphasised=n == 3) for n in range(5)]

    placed = [one for one in draw([*inner, *outer]).placed if one.node.ring == "outer"]

    assert min(placed, key=lambda one: one.y).node.label == "Persoon 3"


def test_a_small_circle_stays_small_enough_to_read():
    inner = [Node(name, "XX", "inner") for name in ("Fatma", "Daan · 14", "Lisa · 9", "Mees · 4")]
    network = [Node(name, "XX", "network") for name in ("Oma Ayşe", "Buurvrouw", "Rob (vader)")]
    outer = [Node(name, "XX", "outer", sublabel="school") for name in ("Samira", "Joost", "Noor", "Juf Wendy")]

    assert draw([*inner, *network, *outer]).width < 760


def test_a_long_name_takes_two_lines_and_is_never_cut_without_a_sign():
    assert wrap("Buurvrouw Bea van den Heuvel") == ["Buurvrouw Bea", "van den Heuvel"]
    assert wrap("Wolfeschlegelsteinhausenbergerdorff")[-1].endswith("…")
