"""Each kind of fault is planted by who can do anything, and the check names it."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction

from config import environment
from kring.locks import policies
from kring.locks.catalogue import NotSound, faults, faults_seen_by, refuse_unless_sound
from kring.locks.management.commands.prepare_database import _connect
from kring.locks.postgres.base import as_owner

pytestmark = pytest.mark.django_db(transaction=True)

PLANTED: list[tuple[str, str]] = [
    # (what is done, what the check must name)
    ("alter table circle_contactcard disable row level security", "circle_contactcard has no row-level security"),
    ("alter table circle_contactcard no force row level security", "circle_contactcard has no row-level security"),
    ("drop policy opened on circle_contactcard", "policy circle_contactcard.opened is gone"),
    ("drop policy visible on circle_family", "policy circle_family.visible is gone"),
    ("alter policy visible on circle_family using (true)", "policy circle_family.visible was changed"),
    ("alter policy visible on circle_family with check (true)", "policy circle_family.visible was changed"),
    ("alter policy visible on circle_family to public", "policy circle_family.visible was changed"),
    ("create policy also on circle_family for select to kring_app using (true)", "policy circle_family.also was added"),
    ("grant delete on circle_membership to kring_app", "table circle_membership was changed"),
    ("grant select on accounts_account to kring_app", "table accounts_account was changed"),
    ("grant select (label) on circle_family to kring_login", "column right circle_family.label was added"),
    ("grant select on trail.event to kring_app", "trail.event was changed"),
    ("grant select on circle_family to public", "table circle_family gives everybody a right"),
    ("alter table circle_family owner to kring_app", "table circle_family was changed"),
    ("create table secrets (id int)", "table secrets belongs to no room"),
    ("create materialized view everything as select * from circle_family", "everything is a materialised view"),
    ("create view all_families as select * from circle_family", "all_families is a view that reads with its owner"),
    ("alter function sec.opened() set search_path = public", "sec.opened() runs with its owner's rights without"),
    ("alter function sec.opened() reset search_path", "sec.opened() runs with its owner's rights without"),
    ("alter function sec.opened() owner to postgres", "sec.opened() runs with its owner's rights, and that is not"),
    (
        "create function public.peek() returns int language sql security definer set search_path = pg_catalog as 'select 1'",
        "peek() runs with its owner's rights, and that is not",
    ),
    ("create function sec.peek() returns int language sql as 'select 1'", "sec.peek() names no test"),
    ("comment on function sec.opened() is null", "sec.opened() names no test"),
    ("comment on function sec.opened() is 'kring/circle/tests/test_nothing.py'", "names a test that does not exist"),
    (
        "create or replace function sec.opened() returns uuid[] language sql stable security definer set search_path = pg_catalog as 'select array_agg(id) from public.circle_family'",
        "function sec.opened() was changed",
    ),
    ("grant execute on function sec.sign_in(uuid, uuid, text, int) to kring_app", "function sec.sign_in"),
    (
        "grant execute on function sec.begin_job(uuid, uuid) to public",
        "begin_job(uuid,uuid) may be called by everybody",
    ),
    ("drop trigger trail_change on circle_family", "trigger circle_family.trail_change is gone"),
    ("alter table circle_family disable trigger trail_change", "trigger circle_family.trail_change was changed"),
    ("create rule quiet as on update to circle_family do instead nothing", "rule circle_family.quiet was added"),
    ("alter role kring_app bypassrls", "role kring_app is past row-level security"),
    ("alter role kring_sec superuser", "role kring_sec is past row-level security"),
    ("grant kring_sec to kring_app", "role kring_app is a member of a role of ours"),
    (
        "alter default privileges for role kring_owner grant select on tables to kring_app",
        "default privileges of kring_owner",
    ),
    ("grant temporary on database {database} to public", "gives everybody a right"),
    ("grant temporary on database {database} to kring_app", "role kring_app lets a door make temporary tables"),
    ("grant create on schema public to kring_app", "role kring_app lets a door make temporary tables"),
    ("comment on schema sec is 'other code'", "written by other code"),
]


@pytest.fixture
def administrator() -> Iterator[psycopg.Connection[Any]]:
    url = environment.database("KRING_ADMIN_URL") | {"NAME": settings.DATABASE_ROLES["app"]["NAME"]}
    with psycopg.connect(**_connect(url), autocommit=True) as connected:
        yield connected


def test_the_database_stands_as_the_code_says() -> None:
    assert faults() == []
    refuse_unless_sound()


def test_every_definer_function_names_a_test_that_exists() -> None:
    assert [fault for fault in faults(settings.ROOT) if "test" in fault] == []


def test_writing_the_locks_again_changes_nothing() -> None:
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        assert policies.apply(cursor, force=True)
    assert faults() == []


def test_each_planted_fault_is_named(administrator: psycopg.Connection[Any]) -> None:
    """Planted and looked for in one transaction that is taken back: nothing to undo."""
    unnamed = []
    for plant, name in PLANTED:
        with administrator.transaction(force_rollback=True), administrator.cursor() as cursor:
            cursor.execute(plant.format(database=settings.DATABASE_ROLES["app"]["NAME"]))
            found = faults_seen_by(cursor, settings.ROOT)
        if not any(name in fault for fault in found):
            unnamed.append((plant, found))
    assert unnamed == []


def test_the_server_refuses_to_start_on_a_fault(administrator: psycopg.Connection[Any]) -> None:
    administrator.execute("alter policy visible on circle_family using (true)")
    with pytest.raises(NotSound, match=r"policy circle_family.visible was changed"):
        refuse_unless_sound()
