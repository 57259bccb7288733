"""Fixtures for all rooms: the database bed with the demo's cast in it, and somebody to act as.

With KRING_TEST_ADMIN_URL the bed uses that server (any PostgreSQL 15 to 18); else it starts the embedded one.
"""

import os
import secrets
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test import Client, TransactionTestCase

from config import environment
from kring.demo.cast import Cast, build_region
from kring.locks.management.commands.prepare_database import LOGINS, _connect, database_statements, prepare
from kring.locks.postgres.base import as_owner
from kring.locks.subject import Subject, Viewer, acting_as

PASSWORD = secrets.token_hex(16)
SUFFIX = f"{os.getpid()}_{os.environ.get('PYTEST_XDIST_WORKER', 'one')}"
TEMPLATE, DATABASE = f"kring_template_{SUFFIX}", f"kring_test_{SUFFIX}"


@pytest.fixture(scope="session")
def database_server() -> Iterator[dict[str, str]]:
    """An administrator's URL of a server for this session."""
    if url := os.environ.get("KRING_TEST_ADMIN_URL"):
        os.environ["KRING_ADMIN_URL"] = url
        yield environment.database("KRING_ADMIN_URL")
        return
    from kring.locks.embedded import EmbeddedPostgres

    folder = Path(tempfile.mkdtemp(prefix="bed-"))
    try:
        with EmbeddedPostgres(folder, durable=False) as server:
            os.environ["KRING_ADMIN_URL"] = server.url("postgres", "postgres")
            yield environment.database("KRING_ADMIN_URL")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _point_at(server: dict[str, str], name: str) -> None:
    """Turn every door of the settings to this server and database."""
    for door, role in LOGINS.items():
        url = settings.DATABASE_ROLES[door]
        password = PASSWORD if server["PASSWORD"] else ""
        url.update(NAME=name, USER=role, HOST=server["HOST"], PORT=server["PORT"], PASSWORD=password)
    for alias, door in (("default", "app"), ("login", "login")):
        connections[alias].close()
        connections[alias].settings_dict.update(settings.DATABASE_ROLES[door])


def _admin(server: dict[str, str]) -> psycopg.Connection[Any]:
    return psycopg.connect(**_connect(server), autocommit=True)


def _fresh_database(server: dict[str, str]) -> None:
    """The test database anew from the template: migrated, with the cast in it (some 50 ms)."""
    for alias in connections:
        connections[alias].close()
    with _admin(server) as admin:
        admin.execute(f'drop database if exists "{DATABASE}" with (force)')
        admin.execute(f'create database "{DATABASE}" template "{TEMPLATE}" owner kring_owner')
        for statement in database_statements(DATABASE):
            admin.execute(statement)


@pytest.fixture(scope="session")
def django_db_setup(database_server: dict[str, str], django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        _point_at(database_server, TEMPLATE)
        prepare(database_server, TEMPLATE)
        call_command("migrate", verbosity=0)
        build_region()
        _fresh_database(database_server)
        _point_at(database_server, DATABASE)
        with connection.cursor() as cursor:
            cursor.execute("select rolsuper or rolbypassrls, current_user from pg_roles where rolname = current_user")
            assert cursor.fetchone() == (False, "kring_app"), "tests as an owner or superuser prove nothing"
    TransactionTestCase._fixture_teardown = lambda self: _fresh_database(database_server)
    yield
    with django_db_blocker.unblock(), _admin(database_server) as admin:
        for alias in connections:
            connections[alias].close()
        for name in (DATABASE, TEMPLATE):
            admin.execute(f'drop database "{name}" with (force)')


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Both doors are there in every database test."""
    for item in items:
        for mark in item.iter_markers("django_db"):
            mark.kwargs.setdefault("databases", ["default", "login"])


@pytest.fixture(scope="session")
def cast() -> Cast:
    """The invented region's people, by first name: `cast.samira`."""
    return Cast()


@contextmanager
def door(name: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection through one of the doors (owner, app, login, jobs), outside the test's transaction."""
    with psycopg.connect(**_connect(settings.DATABASE_ROLES[name]), autocommit=True) as connection:
        yield connection


def mint(subject_id: uuid.UUID, kind: str = "professional") -> str:
    """A token for a subject, minted on an own connection so that it is there inside a test's transaction."""
    token = str(uuid.uuid4())
    with door("login") as login:
        login.execute("select sec.sign_in(%s, %s, %s, 1)", [token, subject_id, kind])
    return token


@contextmanager
def acting(viewer: Viewer, purpose: str = "test") -> Iterator[Viewer]:
    """`with acting(cast.samira) as samira:` act as this viewer, in a transaction, as one request."""
    with acting_as(Subject(mint(viewer.id, viewer.kind), purpose)), transaction.atomic():
        yield viewer


def browser(viewer: Viewer | None = None) -> Client:
    """A test client that is this viewer (or nobody)."""
    client = Client(raise_request_exception=False)
    if viewer:
        client.cookies[settings.SUBJECT_COOKIE] = mint(viewer.id, viewer.kind)
    return client


@contextmanager
def jobs_role() -> Iterator[None]:
    """The connection is the worker's (needs a test with real commits: another connection)."""
    default = connections["default"]
    kept = {key: default.settings_dict[key] for key in ("USER", "PASSWORD")}
    default.close()
    default.settings_dict.update({key: settings.DATABASE_ROLES["jobs"][key] for key in kept})
    try:
        yield
    finally:
        default.close()
        default.settings_dict.update(kept)


@contextmanager
def as_system(purpose: str = "test job") -> Iterator[Viewer]:
    """Act as a job does, under the jobs role."""
    from kring.lifecycle.jobs import as_system as system

    with jobs_role(), system(purpose) as viewer:
        yield viewer


@pytest.fixture
def the_owner() -> Callable[..., Any]:
    return as_owner
