"""The people of a provisional family turn out to belong to another one."""

import uuid
from collections.abc import Mapping

from django.db import connection

from kring.circle.access import ensure_open, require
from kring.circle.models import Family
from kring.lifecycle.action import action, record
from kring.locks.subject import Viewer


@action
def carry_members(*, by: Viewer, left: Family, family: Family, same: Mapping[uuid.UUID, uuid.UUID]) -> list[uuid.UUID]:
    """Everybody of `left` goes to `family` as they stand now: corrections, number, homes, ways to reach them, dangers.

    `same` says who is there already; those are not doubled. Returns who came. The database does it in one go, since who
    acts need not be one who may read all of it there.
    """
    require(by, left.id, "families.change_member")
    require(by, family.id, "families.add_member")
    for family_id in (left.id, family.id):
        ensure_open(by, family_id, "gezinsleden naar hun eigen gezin brengen")
    with connection.cursor() as cursor:
        cursor.execute(
            "select sec.carry_members(%s, %s, %s::uuid[], %s::uuid[])",
            [left.id, family.id, list(same.keys()), list(same.values())],
        )
        came: list[uuid.UUID] = cursor.fetchone()[0]
    for member_id in came:
        record("families.member_added", by=by, family_id=family.id, member_id=member_id, carried=True)
    return came
