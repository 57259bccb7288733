"""Helpers of these tests: a family with people around it, and the trail as the owner of everything sees it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import psycopg
from django.conf import settings
from psycopg.rows import kwargs_row

from config import environment
from kring.accountability.canonical import Row
from kring.accounts.models import Professional
from kring.circle import actions
from kring.circle.models import Family
from kring.demo.cast import Cast
from kring.locks.management.commands.prepare_database import _connect
from kring.locks.subject import Viewer
from tests.bed import acting, door


def family_of(cast: Cast, *, shelter_worker: Viewer | None = None) -> Family:
    """Founded by the desk of Veilig Thuis; Tom has sight, Samira is a member, a shelter worker too when asked."""
    with acting(cast.tom) as tom:
        family = actions.found_family(
            by=tom, label="Gezin De Vries", desk_id=cast.organisation("veilig_thuis"), assessed_before=date(2030, 1, 1)
        )
        actions.take_up_sight(by=tom, family=family)
        for who, role in ((cast.samira, "local_professional"), (shelter_worker, "care_provider")):
            if who:
                professional = Professional.objects.select_related("organisation").get(pk=who.id)
                actions.admit(
                    by=tom, family=family, role=role, ground="directly_involved", professional=professional
                )  # fmt: skip
    return family


def rows() -> list[Row]:
    return trail("true")


def trail(where: str) -> list[Row]:
    """Rows of the trail that meet this condition, read as the owner."""
    sql = f"select * from sec.trail_rows(-1, 100000) where {where}"
    with door("owner") as owner, owner.cursor(row_factory=kwargs_row(_row)) as cursor:
        return cursor.execute(sql).fetchall()


def _row(**columns: Any) -> Row:
    return Row(**{**columns, "xid": int(columns["xid"])})


@contextmanager
def administrator() -> Iterator[psycopg.Connection[Any]]:
    """Of the whole server, whom no trigger and no foreign key stops: the one against whom the log exists."""
    url = environment.database("KRING_ADMIN_URL") | {"NAME": settings.DATABASE_ROLES["app"]["NAME"]}
    with psycopg.connect(**_connect(url), autocommit=True) as connection:
        connection.execute("set session_replication_role = replica")
        yield connection
