"""Every route and method as every kind of people. A route without expectations fails: write its row, on purpose.

Rows stand in tests/expectations.py. Who may never read a word of the family is given a family with words in it.
"""

import pytest
from django.http import HttpResponse

from kring.demo.cast import Cast
from tests.bed import mint
from tests.expectations import EXPECTED, GROUPS
from tests.routes import ask, objects, routes
from tests.world import OUTSIDERS, World, build_world

pytestmark = pytest.mark.django_db(transaction=True)
METHODS = ("GET", "POST")


def test_every_route_has_expectations_and_every_expectation_a_route() -> None:
    assert {route.name for route in routes()} == set(EXPECTED)


def test_every_route_answers_every_kind_of_people_as_expected(cast: Cast) -> None:
    world = build_world(cast)
    tokens = {role: viewer and mint(viewer.id, viewer.kind) for role, viewer in world.people.items()}
    wrong, leaks, cells = [], [], 0
    for route in routes():
        ids = objects(route, world.family)
        for method in METHODS:
            answered: dict[str, list[str]] = {}
            for role, token in tokens.items():
                response = ask(token, method, route.url(ids))
                answered.setdefault(answer(response), []).append(role)
                cells += 1
                if role in OUTSIDERS and not route.name.startswith(("ui:", "demo:")) and tells(response, world):
                    leaks.append(f"{role} {method} {route.name}")
            expected = EXPECTED.get(route.name, {}).get(method, "")
            if answered != (found := grouped(expected, list(tokens))):
                wrong.append(f"{route.name} {method}: {in_short(answered)} (expected: {in_short(found)})")
    assert not leaks, "\n".join(leaks)
    assert not wrong, "\n".join(wrong)
    assert cells > 1500


def answer(response: HttpResponse) -> str:
    if response.status_code == 302 and response["Location"].startswith(("/demo/wie/", "/accounts/login/")):
        return "sign-in"
    return str(response.status_code)


def tells(response: HttpResponse, world: World) -> bool:
    return any(word in response.content.decode(errors="replace") for word in world.telltales)


def grouped(expected: str, roles: list[str]) -> dict[str, list[str]]:
    """`200: members | 404: rest` as answer to roles, in the order of the world's people."""
    found: dict[str, list[str]] = {}
    rest: str | None = None
    for part in filter(None, expected.split(" | ")):
        status, _, words = part.partition(": ")
        if words == "rest":
            rest = status
            continue
        for word in words.split():
            found.setdefault(status, []).extend(GROUPS.get(word, word).split())
    if rest:
        named = {role for some in found.values() for role in some}
        found.setdefault(rest, []).extend(role for role in roles if role not in named)
    order = roles.index
    return {
        status: sorted(some, key=order)
        for status, some in sorted(found.items(), key=lambda pair: order(sorted(pair[1], key=order)[0]))
    }


def in_short(answered: dict[str, list[str]]) -> str:
    """As a row of the table: groups named, and the largest as the rest."""
    parts = []
    for status, roles in sorted(answered.items(), key=lambda pair: len(pair[1])):
        left, words = list(roles), []
        for name, some in GROUPS.items():
            if set(some.split()) <= set(left):
                words.append(name)
                left = [role for role in left if role not in some.split()]
        parts.append(f"{status}: {' '.join([*words, *left])}")
    if len(parts) > 1 or len(next(iter(answered.values()), [])) > 3:
        parts[-1] = parts[-1].partition(": ")[0] + ": rest"
    return " | ".join(parts)
