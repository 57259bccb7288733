"""Migrations are one line per room: a fork means that two people changed the tables without seeing each other."""

import pytest
from django.conf import settings
from django.db.migrations.loader import MigrationLoader


@pytest.mark.parametrize("room", settings.ROOMS)
def test_the_migrations_of_a_room_are_one_line(room):
    migrations = MigrationLoader(None, ignore_no_migrations=True).graph
    assert len(migrations.leaf_nodes(room)) <= 1
    own = [node for node in migrations.nodes if node[0] == room]
    parents = {node: [p.key for p in migrations.node_map[node].parents if p.key[0] == room] for node in own}
    assert {node: several for node, several in parents.items() if len(several) > 1} == {}
