"""Filling the region: migrated by the product, its organisations made by the product, its rows by SQL.

The administrator loads with `session_replication_role = replica`: no trigger, no policy, no foreign key looks. What the
foreign keys would have said is asked afterwards, all at once (`_nothing_dangles`).
"""

import os
from functools import cache
from typing import Any

import psycopg
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from psycopg import Connection

from benchmarks import invented
from benchmarks.progress import Progress
from kring.accounts.models import Region
from kring.demo.cast import ORGANISATIONS, build_region, fixed_id
from kring.locks.models import Content, Index, own_models
from kring.locks.postgres.base import as_owner
from kring.locks.secret import seal


def admin() -> Connection[Any]:
    """The administrator's own connection: it loads past every lock, which no door of Kring can."""
    return psycopg.connect(os.environ["KRING_ADMIN_URL"].replace("/postgres?", "/region?"), autocommit=True)


def prepare() -> None:
    """Roles, tables and locks, and the invented region's own organisations and people."""
    call_command("prepare_database", verbosity=0)
    call_command("migrate", verbosity=0)
    with as_owner():
        new = not Region.objects.exists()
    if new:
        build_region()


def families_loaded() -> int:
    with admin() as database:
        return _one(database, "select count(*) from circle_family where not provisional")


def grow(loaded: int, size: int) -> None:
    """From `loaded` families to `size`, and their professionals with them."""
    if size <= loaded:
        return
    families, staff = (loaded + 1, size), (_professionals(loaded), _professionals(size) - 1)
    work = [(rows, *staff) for rows in invented.STAFF] + [(rows, *families) for rows in invented.EVERYTHING]
    if not loaded:
        first = invented.PROVISIONAL + 1
        waiting = min(invented.OPEN_AT_THE_DESK, size)
        work += [(rows, 0, invented.DESK_WORKERS - 1) for rows in invented.AT_THE_DESK]
        work += [(rows, first, first + waiting - 1) for rows in invented.EVERYTHING]
    with admin() as database:
        progress = Progress(sum(rows.each for rows, *_ in work) + 10 + 2, f"Loading {size:,} families")
        with database.transaction():  # broken off half-way, the folder is as before
            database.execute("set local session_replication_role = replica")
            database.execute("set local work_mem = '256MB'")
            for rows, low, high in work:
                for k in range(1, rows.each + 1):
                    _insert(database, rows, k, low, high)
                    progress.step(rows.model)
            for k in range(1, 11):
                database.execute(invented.TRAIL, {"k": k, "first": families[0], "last": families[1]})
                progress.step("trail")
            _nothing_dangles(database)
            progress.step("keys checked")
        database.execute("vacuum analyze")
        database.execute("checkpoint")
        progress.step("analysed")


def _professionals(families: int) -> int:
    return -(-families // 1000) * invented.PER_BLOCK


def _insert(database: Connection[Any], rows: invented.Rows, k: int, low: int, high: int) -> None:
    model = apps.get_model(*rows.model.split("."))
    fields = {field.column: field for field in model._meta.concrete_fields}
    columns, values = dict(rows.columns), {"k": k, "low": low, "high": high, **_known()}
    for column, field in fields.items():
        if columns.get(column) == "sealed":
            values[column] = seal("0600000000", f"{model._meta.db_table}.{column}")
        elif column not in columns and not field.null and not field.has_db_default():
            values[column] = field.get_db_prep_save(_default(field), connection)
        if column in values:
            columns[column] = "gen_random_uuid()" if column == "id" else f"%({column})s::{field.db_type(connection)}"
    names = ", ".join(f'"{name}"' for name in columns)
    database.execute(
        f"insert into {model._meta.db_table} ({names}) select {', '.join(columns.values())}"
        f" from generate_series(%(k)s::int, %(k)s::int) k, generate_series(%(low)s::int, %(high)s::int) f where {rows.when}",
        values,
    )


def _default(field: "models.Field[Any, Any]") -> Any:
    if not field.has_default() and not (field.blank and field.empty_strings_allowed):
        raise SystemExit(f"benchmarks/invented.py gives no value for {field}, and the model has no default.")
    return field.get_default()


@cache
def _known() -> dict[str, Any]:
    elsewhere = [fixed_id(key) for key in ORGANISATIONS if key not in ("beheer", "veilig_thuis", "opvang", "inspectie")]
    return {"veilig_thuis": fixed_id("veilig_thuis"), "region": fixed_id("waterrijk"), "elsewhere": elsewhere}


def _nothing_dangles(database: Connection[Any]) -> None:
    """Every foreign key of every table, as one join each."""
    keys = database.execute(
        "select conrelid::regclass::text, confrelid::regclass::text,"
        "  array(select attname::text from unnest(conkey) with ordinality c (n, i) join pg_attribute on attrelid = conrelid and attnum = c.n order by i),"
        "  array(select attname::text from unnest(confkey) with ordinality c (n, i) join pg_attribute on attrelid = confrelid and attnum = c.n order by i)"
        " from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace"
    ).fetchall()
    for table, other, columns, theirs in keys:
        same = " and ".join(f"t.{mine} = o.{their}" for mine, their in zip(columns, theirs, strict=True))
        given = " and ".join(f"t.{mine} is not null" for mine in columns)
        lost = _one(
            database,
            f"select count(*) from {table} t where {given} and not exists (select from {other} o where {same})",
        )
        if lost:
            raise SystemExit(f"{lost} rows of {table} point by {', '.join(columns)} at no {other}.")


def size_of_it() -> str:
    """What there is now, in one line: rows, and bytes."""
    with admin() as database:
        counts = {
            name: _one(database, f"select count(*) from {name}")
            for name in ("circle_family", "families_familymember", "accounts_professional")
        }
        locked = [model._meta.db_table for model in own_models() if isinstance(model.lock, Content | Index)]
        content = sum(_one(database, f"select count(*) from {name}") for name in locked)
        size = database.execute("select pg_size_pretty(pg_database_size(current_database()))").fetchone()
    families, members, staff = counts.values()
    return f"{families:,} families, {members:,} members, {staff:,} professionals, {content:,} rows of families; {size and size[0]}."


def _one(database: Connection[Any], query: str) -> int:
    row = database.execute(query).fetchone()
    return int(row[0]) if row else 0
