"""Every table of every room obeys the lock it declares, and breaking any clause of a lock is noticed.

`make mutants` breaks every clause of every policy and every guard in the definer functions; ten of them always run.
"""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from kring.circle.access import open_family
from kring.demo.cast import Cast
from kring.locks import policies
from kring.locks.models import Model, System, own_models
from kring.locks.subject import Subject, acting_as
from tests.bed import door, mint
from tests.locks.walker import Ground, breaches, prepare_ground

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True)
class Mutant:
    """One clause broken: what it is, the statement that breaks it, and the table whose walk must notice."""

    name: str
    sql: str
    undo: str
    table: type[Model]


def by_label(label: str) -> type[Model]:
    return next(model for model in own_models() if model._meta.label == label)


def policy_mutants() -> Iterator[Mutant]:
    """Each policy of each table without its `using`, without its `with check`, and, where it narrows, gone."""
    for model in own_models():
        if isinstance(model.lock, System):
            continue
        for statement in policies._policies(model):
            name, restrictive = statement.split()[2], " as restrictive " in statement
            if name in ("owner_all", "sec_all"):
                continue
            table = model._meta.db_table
            policy = f"policy {name} on {table}"
            again = f"drop {policy}; {statement}"
            if " using (" in statement:
                yield Mutant(f"{table}.{name} using (true)", f"alter {policy} using (true)", again, model)
            if " with check (" in statement and set(model.lock.writes) & {"insert", "update"}:
                yield Mutant(f"{table}.{name} check (true)", f"alter {policy} with check (true)", again, model)
            if restrictive:
                yield Mutant(f"{table}.{name} gone", f"drop {policy}", statement, model)


# Guards in the definer functions: function, the clause, and what stands in its place.
GUARDS = [
    ("_is_active", "(m.until_at is null or m.until_at > now())", "true"),
    ("_in_this_request", "and e.request = current_setting('kring.request')", ""),
    ("_in_this_request", "e.xid = pg_current_xact_id_if_assigned() and ", ""),
    ("_in_this_request", " and e.subject_id = me", ""),
    ("_session", "and s.expires_at > now()", ""),
    ("_session", "and (s.kind <> 'system' or session_user = 'kring_jobs')", ""),
    ("my_families", "where wanted is null or m.opens_kinds is null or wanted = any (m.opens_kinds)", ""),
    ("my_whole_families", "where m.opens_persons is null", ""),
    ("open_family", "not family = any (sec.my_families())", "false"),
    ("am_staff", "(sec._session()).kind in ('professional', 'system')", "true"),
    ("am_professional", "(sec._session()).kind in ('professional', 'system', 'sender', 'reporter')", "true"),
    ("i_administer", "cardinality(sec._holds(sec.me(), 'administrator')) > 0", "true"),
]
# Ten that always run, one of each kind of clause.
ALWAYS = (
    "circle_contactcard.visible using (true)",
    "circle_contactcard.visible check (true)",
    "circle_contactcard.opened gone",
    "circle_contactcard.opened check (true)",
    "families_safecontact.scope gone",
    "lifecycle_happening.audience using (true)",
    "circle_family.visible using (true)",
    "accounts_organisation.administered_update gone",
    "notices_notice.visible using (true)",
    "guard _is_active 0",
)


def guard_mutants() -> Iterator[Mutant]:
    texts = "\n".join(policies.function_files())
    for number, (name, clause, instead) in enumerate(GUARDS):
        found = re.search(rf"create function sec\.{name}\(.*?\n(.*?)\$\$;", texts, re.S)
        assert found, name
        whole = found[0]
        if clause not in whole:
            pytest.fail(f"sec.{name} no longer says: {clause}")
        undo = whole.replace("create function", "create or replace function", 1)
        table = "accounts.Professional" if name in ("am_staff", "i_administer") else "circle.ContactCard"
        if name == "my_whole_families":
            table = "families.SafeContact"
        if name == "am_professional":
            table = "lifecycle.Happening"
        yield Mutant(f"guard {name} {number}", undo.replace(clause, instead), undo, by_label(table))


@contextmanager
def broken(mutant: Mutant) -> Iterator[None]:
    with door("owner") as owner:
        owner.execute(mutant.sql)
    try:
        yield
    finally:
        with door("owner") as owner:
            owner.execute(mutant.undo)


def survivors(mutants: list[Mutant], ground: Ground) -> list[str]:
    left = []
    for mutant in mutants:
        with broken(mutant):
            if not breaches(mutant.table, ground) and not _past_the_functions(ground):
                left.append(mutant.name)
    return left


def _past_the_functions(ground: Ground) -> list[str]:
    """What definer functions must refuse, asked directly."""
    let_through = []
    for who in (ground.cast.koen, ground.cast.petra):
        with ground.as_(who), connection.cursor() as cursor:
            cursor.execute("select sec.open_family(%s, 'x')", [ground.theirs])
            if cursor.fetchone()[0]:
                let_through.append(f"{who.name}, an outsider, opens")
    expired, system = mint(ground.cast.wendy.id), mint(uuid.uuid4(), "system")
    with door("owner") as owner:
        owner.execute(
            "update sec.session set expires_at = now() - interval '1 hour' where token_hash = sha256(convert_to(%s, 'UTF8'))",
            [expired],
        )
    for token, what in ((expired, "an expired session acts"), (system, "the web role is the system")):
        with acting_as(Subject(token, "x")), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select sec.me()")
            if cursor.fetchone()[0]:
                let_through.append(what)
    return let_through + _opened_by_another(ground)


def _opened_by_another(ground: Ground) -> list[str]:
    """What one request opened is shut for the next transaction under its number, and for another person in it."""
    samira, tom = (Subject(mint(who.id), "x", request="shared") for who in (ground.cast.samira, ground.cast.tom))
    let_through = []
    with transaction.atomic():
        with acting_as(samira), transaction.atomic():
            open_family(ground.cast.samira, ground.theirs, "x")
        with acting_as(tom), transaction.atomic():
            if _opened():
                let_through.append("another person reads what was opened")
    with acting_as(samira), transaction.atomic():
        if _opened():
            let_through.append("a later transaction reads what was opened")
    return let_through


def _opened() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select cardinality(sec.opened()) > 0")
        return bool(cursor.fetchone()[0])


def test_every_table_obeys_its_lock(cast: Cast) -> None:
    ground = prepare_ground(cast)
    found = [f"{model._meta.label}: {breach}" for model in own_models() for breach in breaches(model, ground)]
    assert not found, "\n".join(found)
    assert not _past_the_functions(ground)


def test_ten_broken_clauses_are_noticed(cast: Cast) -> None:
    ground = prepare_ground(cast)
    chosen = [mutant for mutant in (*policy_mutants(), *guard_mutants()) if mutant.name in ALWAYS]
    assert len(chosen) == len(ALWAYS)
    assert survivors(chosen, ground) == []


@pytest.mark.mutant
def test_every_broken_clause_is_noticed(cast: Cast) -> None:
    """All of them; the rate goes into docs/benchmarks.md."""
    ground = prepare_ground(cast)
    mutants = [*policy_mutants(), *guard_mutants()]
    left = survivors(mutants, ground)
    _write_down(len(mutants), left)
    assert len(left) <= len(mutants) / 5, left  # administered tables are guarded by two clauses that cover each other


def _write_down(total: int, left: list[str]) -> None:
    path = Path(settings.ROOT, "docs", "benchmarks.md")
    text = path.read_text(encoding="utf-8") if path.exists() else "# Benchmarks, as measured\n"
    head = "## Broken locks that the tests notice"
    said = f"{head}\n\n`make mutants`: {total} clauses of policies and definer functions broken one at a time, {total - len(left)} noticed"
    said += f" ({100 * (total - len(left)) / total:.1f} %).\n"
    said += "".join(f"- not noticed: {name}\n" for name in left)
    before, _, after = text.partition(head)
    rest = after[after.find("\n## ") + 1 :] if "\n## " in after else ""
    path.write_text(f"{before.rstrip()}\n\n{said}" + (f"\n{rest}" if rest else ""), encoding="utf-8")
