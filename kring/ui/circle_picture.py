"""The picture of a circle: people in the middle, two rings around them, no name on top of another.

Pure geometry: who belongs in which ring is the caller's. Text is measured by estimate, on the wide side, since the
server does not know the reader's font. Everything is a whole number, so no language writes a comma into the SVG.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, cos, hypot, pi, sin, sqrt
from typing import Literal

Ring = Literal["inner", "network", "outer"]

FONT = 15
RADIUS = {"inner": 23, "network": 22, "outer": 25}
NAME_WIDTH = 124
LINE = 18
GAP = 8
ROOM = 58
NARROW, WIDE = "iljtfrI.,:;'|!()[]·- ", "mwMWÆŒ@%—…"


@dataclass(frozen=True)
class Node:
    """One person to draw."""

    label: str
    initials: str
    ring: Ring
    href: str = ""
    sublabel: str = ""
    emphasised: bool = False


@dataclass(frozen=True)
class Line:
    text: str
    y: int
    name: bool


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True)
class Placed:
    """A node with its place: (x, y) is the middle of the badge, the lines stand under it."""

    node: Node
    x: int
    y: int
    radius: int
    lines: tuple[Line, ...]

    @property
    def title(self) -> str:
        return ", ".join(filter(None, (self.node.label, self.node.sublabel)))

    @property
    def left(self) -> int:
        return self.x - self.radius

    @property
    def top(self) -> int:
        return self.y - self.radius

    @property
    def size(self) -> int:
        return 2 * self.radius

    @property
    def corner(self) -> int:
        """The middle ring has rounded squares: the ring is told by shape too, never by colour alone."""
        return self.radius // 2 if self.node.ring == "network" else self.radius

    @property
    def initials_y(self) -> int:
        return self.y + 5

    @property
    def box(self) -> Box:
        half = max([self.radius, *(ceil(width(line.text, line.name) / 2) for line in self.lines)])
        bottom = self.lines[-1].y + 5 if self.lines else self.y + self.radius
        return Box(self.x - half, self.y - self.radius, self.x + half, bottom)


@dataclass(frozen=True)
class Picture:
    """What `ui/parts/circle.html` draws; `middle` is the x and y of the centre."""

    placed: tuple[Placed, ...]
    left: int
    top: int
    width: int
    height: int
    inner_radius: int
    network_radius: int
    outer_radius: int


def draw(nodes: Iterable[Node]) -> Picture:
    """Place everybody. Each ring grows until its names are clear of all that is drawn already."""
    people = list(nodes)
    inner = place_inside([node for node in people if node.ring == "inner"])
    inner_radius = max([72, *(reach(one.box) + 10 for one in inner)])
    taken = [one.box for one in inner]
    disc = inner_radius
    network, network_radius = place_around(of_ring(people, "network"), disc, disc, taken, (0.5, 0.75, 0.25, 0))
    taken += [one.box for one in network]
    outer, outer_radius = place_around(of_ring(people, "outer"), network_radius, disc, taken, (0,))
    placed = (*inner, *network, *outer)
    edge = [Box(-r, -r, r, r) for r in (inner_radius, network_radius if network else 0, outer_radius if outer else 0)]
    boxes = [*(one.box for one in placed), *edge]
    left, top = int(min(box.left for box in boxes)) - GAP, int(min(box.top for box in boxes)) - GAP
    return Picture(
        placed,
        left,
        top,
        int(max(box.right for box in boxes)) + GAP - left,
        int(max(box.bottom for box in boxes)) + GAP - top,
        inner_radius,
        network_radius if network else 0,
        outer_radius if outer else 0,
    )


def of_ring(people: list[Node], ring: Ring) -> list[Node]:
    """Who stands out comes first, which is on top."""
    return sorted((node for node in people if node.ring == ring), key=lambda node: not node.emphasised)


def place_inside(nodes: list[Node]) -> list[Placed]:
    """Rows in the middle, as near to a round shape as rows can be."""
    if not nodes:
        return []
    columns = max(1, round(sqrt(len(nodes))))
    rows = [list(nodes[at : at + columns]) for at in range(0, len(nodes), columns)]
    drawn = [[put(node, 0, 0) for node in row] for row in rows]
    heights = [max(one.box.bottom - one.box.top for one in row) + GAP for row in drawn]
    y = -(sum(heights) - GAP) / 2
    placed = []
    for row, height in zip(drawn, heights, strict=True):
        widths = [one.box.right - one.box.left + 2 * GAP for one in row]
        x = -sum(widths) / 2
        for one, wide in zip(row, widths, strict=True):
            placed.append(put(one.node, round(x + wide / 2), round(y + one.radius)))
            x += wide
        y += height
    return placed


def place_around(
    nodes: list[Node], beyond: int, disc: int, taken: list[Box], turns: tuple[float, ...]
) -> tuple[list[Placed], int]:
    """Evenly spread on a ring beyond the last one; turned by part of a step, or grown, until nothing touches.

    Turn 0 puts the first on top. Nothing reaches over the `disc` in the middle.
    """
    radius = beyond + ROOM
    if not nodes:
        return [], beyond
    step = 2 * pi / len(nodes)
    while True:
        for turn in turns:
            angles = [step * (index + turn) - pi / 2 for index in range(len(nodes))]
            ring = [
                put(node, round(radius * cos(angle)), round(radius * sin(angle)))
                for node, angle in zip(nodes, angles, strict=True)
            ]
            if clear(ring, taken, disc):
                return ring, radius
        radius += GAP


def clear(ring: list[Placed], taken: list[Box], disc: int) -> bool:
    boxes = [one.box for one in ring]
    return all(nearest(box) > disc for box in boxes) and not any(
        box.overlaps(other) for at, box in enumerate(boxes) for other in [*boxes[:at], *taken]
    )


def put(node: Node, x: int, y: int) -> Placed:
    radius = RADIUS[node.ring] + (3 if node.emphasised else 0)
    texts = [(text, True) for text in wrap(node.label)] + ([(shorten(node.sublabel), False)] if node.sublabel else [])
    first = y + radius + LINE
    return Placed(
        node, x, y, radius, tuple(Line(text, first + LINE * at, name) for at, (text, name) in enumerate(texts))
    )


def wrap(label: str) -> list[str]:
    """At most two lines; what does not fit is in the list beside the picture."""
    words, first = label.split(), ""
    while words and (not first or width(f"{first} {words[0]}") <= NAME_WIDTH):
        first = f"{first} {words.pop(0)}".strip()
    return [shorten(part) for part in (first, " ".join(words)) if part]


def shorten(text: str) -> str:
    if width(text) <= NAME_WIDTH:
        return text
    while text and width(f"{text}…") > NAME_WIDTH:
        text = text[:-1]
    return f"{text.rstrip()}…"


def width(text: str, bold: bool = True) -> float:
    """Estimated: Latin in three widths, every other script as wide as it is high."""
    em = sum(
        0.42 if c in NARROW else 1.0 if c in WIDE or ord(c) > 0x24F else 0.72 if c.isupper() else 0.62 for c in text
    )
    return em * FONT * (1 if bold else 0.94)


def reach(box: Box) -> int:
    """How far a box reaches from the middle."""
    return ceil(max(hypot(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)))


def nearest(box: Box) -> float:
    """How near a box comes to the middle."""
    x = max(box.left, -box.right, 0)
    y = max(box.top, -box.bottom, 0)
    return hypot(x, y)
