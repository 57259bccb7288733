"""On every route the hidden and the non-existing answer alike: nobody finds out that something is there.

Walked from the URL resolver: a new route is covered by itself, and when its objects are not in the world, it says so.
"""

import uuid

import pytest

from kring.demo.cast import Cast
from kring.locks.models import Public
from tests.bed import mint
from tests.routes import Route, ask, model_of, objects, routes, shown
from tests.world import OUTSIDERS, build_world

pytestmark = pytest.mark.django_db(transaction=True)
METHODS = ("GET", "POST")
# One of each kind that may know something of a family's edges; who is in no circle at all answers as the others do.
STRANGERS = ("anonymous", "outsider_same", "administrator", "blocked_parent", "invited")
THEIR_OWN = {("invited", "circle:invitation")}
STRANGERS_TO_THE_HIDDEN = ("fixed_face", "duty", "inspector", "adult_member")


def test_the_hidden_and_the_absent_answer_alike_on_every_route(cast: Cast) -> None:
    world = build_world(cast)
    tokens = {role: viewer and mint(viewer.id, viewer.kind) for role, viewer in world.people.items()}
    walked, different = 0, []
    for route in (route for route in routes() if _names_what_may_be_hidden(route)):
        for family, roles in ((world.family, STRANGERS), (world.hidden, STRANGERS_TO_THE_HIDDEN)):
            hidden = objects(route, family)
            for role in roles:
                if (role, route.name) in THEIR_OWN:
                    continue
                for there, absent in _questions(hidden, world.family, role):
                    for method in METHODS:
                        walked += 1
                        if not _alike(tokens[role], method, route, there, absent):
                            different.append(f"{role} {method} {route.name}")
    assert not different, "\n".join(different)
    assert walked > 300


def _names_what_may_be_hidden(route: Route) -> bool:
    """Rosters, organisations and the like are no secret among professionals."""
    return any(not isinstance(model_of(route, name).lock, Public) for name in route.ids)


def _questions(
    hidden: dict[str, uuid.UUID], own: uuid.UUID, role: str
) -> list[tuple[dict[str, uuid.UUID], dict[str, uuid.UUID]]]:
    """The hidden against the absent; and under a family that one knows, the hidden object of another."""
    pairs = [(hidden, {name: uuid.uuid4() for name in hidden})]
    if "family_id" in hidden and len(hidden) > 1 and role not in OUTSIDERS:
        pairs.append(
            ({**hidden, "family_id": own}, {name: own if name == "family_id" else uuid.uuid4() for name in hidden})
        )
    return pairs


def _alike(
    token: str | None, method: str, route: Route, there: dict[str, uuid.UUID], absent: dict[str, uuid.UUID]
) -> bool:
    one = shown(ask(token, method, route.url(there)), *there.values())
    other = shown(ask(token, method, route.url(absent)), *absent.values())
    return one == other
