"""`kring prepare_database`: make the five roles and the database, once, as an administrator."""

from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from psycopg import sql

from config import environment

LOGINS = {"owner": "kring_owner", "app": "kring_app", "login": "kring_login", "jobs": "kring_jobs"}


def role_statements() -> list[sql.Composable]:
    """Roles live in the cluster, so they are made here and never by a migration. Nobody gets BYPASSRLS."""
    out: list[sql.Composable] = []
    for door, role in LOGINS.items():
        password = settings.DATABASE_ROLES[door]["PASSWORD"]
        inherit = "inherit" if door == "owner" else "noinherit"
        rights = f"login nosuperuser nocreaterole nobypassrls nocreatedb {inherit}"
        secret = sql.SQL(" password {}").format(sql.Literal(password)) if password else sql.SQL("")
        out.append(_role(role, rights, secret))
    out.append(_role("kring_sec", "nologin nosuperuser nobypassrls noinherit", sql.SQL("")))
    # A membership lets a migration hand a function to kring_sec; the web and jobs roles are members of nothing.
    return [*out, sql.SQL("grant kring_sec to kring_owner")]


def _role(role: str, rights: str, secret: sql.Composable) -> sql.Composable:
    body = sql.SQL("role {} with {}").format(sql.Identifier(role), sql.SQL(rights)) + secret
    return sql.SQL(
        "do $$ begin if exists (select from pg_roles where rolname = {name}) then alter {body};"
        " else create {body}; end if; end $$"
    ).format(name=sql.Literal(role), body=body)


def database_statements(name: str) -> list[sql.Composable]:
    database = sql.Identifier(name)
    return [
        sql.SQL("revoke all on database {} from public").format(database),
        sql.SQL("grant connect on database {} to kring_app, kring_login, kring_jobs").format(database),
        sql.SQL("grant all on database {} to kring_owner").format(database),
    ]


def prepare(admin_url: dict[str, str], name: str) -> None:
    with psycopg.connect(**_connect(admin_url), autocommit=True) as connection:
        for statement in role_statements():
            connection.execute(statement)
        if not connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            connection.execute(sql.SQL("create database {} owner kring_owner").format(sql.Identifier(name)))
        for statement in database_statements(name):
            connection.execute(statement)
    with psycopg.connect(**(_connect(admin_url) | {"dbname": name}), autocommit=True) as connection:
        connection.execute("alter schema public owner to kring_owner")
        connection.execute("revoke create on schema public from public")


def _connect(url: dict[str, str]) -> dict[str, Any]:
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return {names[key]: value for key, value in url.items() if value}


class Command(BaseCommand):
    help = "Make roles and database as an administrator (KRING_ADMIN_URL), or print the SQL with --sql."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sql", action="store_true", help="only print the statements, without passwords")

    def handle(self, *args: Any, **options: Any) -> None:
        name = settings.DATABASE_ROLES["owner"]["NAME"]
        if options["sql"]:
            for statement in [*role_statements(), *database_statements(name)]:
                self.stdout.write(statement.as_string(None) + ";")
            return
        try:
            prepare(environment.database("KRING_ADMIN_URL"), name)
        except psycopg.OperationalError as error:
            raise CommandError("KRING_ADMIN_URL: the database server can't be reached with it.") from error
        if options["verbosity"]:
            self.stdout.write(f"Roles and database {name} are ready.")
