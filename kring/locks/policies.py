"""From each table's declared lock to its row-level security, grants and trail trigger.

Policies are derived state, as an index of the code: `kring migrate` writes them all again in one transaction after the
migrations (skipped when nothing changed), and the catalogue check compares. See docs/decisions/0007.
"""

import hashlib
from importlib.resources import files

from django.apps import apps
from django.db.backends.utils import CursorWrapper

from kring.locks.models import Content, Desk, Index, Lock, Model, Own, Public, System, own_models

READERS = "kring_app, kring_jobs"
ROLES = ("kring_app", "kring_jobs", "kring_login", "kring_sec", "kring_owner")


def _any(column: str, function: str) -> str:
    """The one form that measured fast: an array worked out once, used as an index condition."""
    return f"{column} = any((select {function})::uuid[])"


def main_predicate(lock: Lock) -> str:
    """Which rows exist for this subject at all: one predicate for every command."""
    match lock:
        case Content(kind=kind, family=family):
            return _any(family, f"sec.my_families('{kind}')")
        case Index(family=family):
            return _any(family, "sec.my_families()")
        case Desk(organisation=organisation, role="desk"):
            return _any(organisation, "sec.my_desks()")
        case Desk(organisation=organisation, role=role):
            return _any(organisation, f"sec.where_i_am('{role}')")
        case Own(subject=subject):
            return f"{subject} = (select sec.me())"
        case Public(staff=True):
            return "(select sec.am_staff())"
        case Public():
            return "(select sec.me()) is not null"
    raise TypeError(f"no predicate for {lock}")


def _policies(model: type[Model]) -> list[str]:
    table, lock = model._meta.db_table, model.lock
    sql = [
        f"create policy owner_all on {table} to kring_owner using (true) with check (true)",
        f"create policy sec_all on {table} to kring_sec using (true) with check (true)",
    ]
    if isinstance(lock, System):
        return sql
    where = main_predicate(lock)
    sql.append(f"create policy visible on {table} for all to {READERS} using ({where}) with check ({where})")
    narrow = {}
    if isinstance(lock, Content):
        narrow["opened"] = _any(lock.family, "sec.opened()")
        if lock.about:
            # Inside the families already found by index: either the membership opens everybody, or this person.
            narrow["scope"] = (
                f"{_any(lock.family, 'sec.my_whole_families()')} or {lock.about} is null"
                f" or {_any(lock.about, 'sec.my_persons()')}"
            )
        if lock.power:
            narrow["power"] = f"(select sec.may_use('{lock.power}'))"
    if isinstance(lock, Public):
        for verb in ("insert", "update", "delete"):
            using = "" if verb == "insert" else f"using ({lock.written_when})"
            check = "" if verb == "delete" else f"with check ({lock.written_when})"
            sql.append(
                f"create policy administered_{verb} on {table} as restrictive for {verb} to {READERS} {using} {check}"
            )
    if isinstance(lock, Content | Index) and "audience" in {field.name for field in model._meta.concrete_fields}:
        narrow["audience"] = (
            "audience = 'everyone' or (audience = 'professionals' and (select sec.am_professional()))"
            f" or (audience = 'duo' and {_any(lock.family, 'sec.my_duo_families()')})"
            " or (select sec.me()) = any(audience_ids)"
        )
    sql += [
        f"create policy {name} on {table} as restrictive for all to {READERS} using ({rule}) with check ({rule})"
        for name, rule in narrow.items()
    ]
    return sql


def _grants(model: type[Model]) -> list[str]:
    table, lock = model._meta.db_table, model.lock
    sql = [f"revoke all on {table} from public, {', '.join(ROLES[:3])}, kring_sec"]
    if isinstance(lock, System):
        sql += [f"grant {rights} on {table} to {role}" for role, rights in lock.grants.items()]
    else:
        sql.append(f"grant {', '.join(('select', *lock.writes))} on {table} to {READERS}")
    sql.append(f"grant {lock.definer or 'select'} on {table} to kring_sec")
    return sql


def _trail(model: type[Model]) -> list[str]:
    lock = model.lock
    if not lock.trail:
        return []
    family = getattr(lock, "family", "")
    return [
        f"create trigger trail_change after insert or update or delete on {model._meta.db_table}"
        f" for each row execute function trail.changed('{family}')"
    ]


ALL_ROWS = "select, insert, update, delete"
# Third parties' tables: which of our doors needs what. A label that is missing here fails the catalogue check.
THIRD_PARTY = {
    "procrastinate": {"kring_app": "select, insert, update", "kring_jobs": ALL_ROWS},
    "contenttypes": {"kring_app": "select", "kring_login": "select", "kring_jobs": "select"},
    **{label: {"kring_login": ALL_ROWS} for label in ("auth", "account", "mfa", "socialaccount", "sessions")},
}
EXTRA_TABLES = {
    "django_migrations": {"kring_app": "select", "kring_jobs": "select", "kring_login": "select"},
    "login_cache": {"kring_login": ALL_ROWS},
}


def third_party_tables() -> dict[str, dict[str, str]]:
    tables = dict(EXTRA_TABLES)
    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith("kring."):
            tables[model._meta.db_table] = THIRD_PARTY[model._meta.app_label]
    return tables


def _third_party() -> list[str]:
    sql = []
    for table, grants in sorted(third_party_tables().items()):
        sql.append(f"revoke all on {table} from public, {', '.join(ROLES[:4])}")
        sql += [f"grant {rights} on {table} to {role}" for role, rights in grants.items()]
    return sql


FORGET = """
do $forget$ declare it record; begin
  for it in select policyname as name, tablename as tab from pg_policies where schemaname = 'public' loop
    execute format('drop policy %I on public.%I', it.name, it.tab); end loop;
  for it in select tgname as name, tgrelid::regclass as tab from pg_trigger where tgname = 'trail_change' loop
    execute format('drop trigger %I on %s', it.name, it.tab); end loop;
  for it in select p.oid::regprocedure as name from pg_proc p where pronamespace in ('sec'::regnamespace, 'trail'::regnamespace) loop
    execute format('drop function %s cascade', it.name); end loop;
end $forget$
"""
HANDS = """
do $hands$ declare it record; begin
  for it in select p.oid::regprocedure as name, pronamespace = 'sec'::regnamespace and proname not like E'\\\\_%' as door
            from pg_proc p where pronamespace in ('sec'::regnamespace, 'trail'::regnamespace) loop
    execute format('alter function %s owner to kring_sec', it.name);
    execute format('revoke all on function %s from public', it.name);
    if it.door then execute format('grant execute on function %s to kring_app, kring_jobs', it.name); end if;
  end loop;
end $hands$
"""


def function_files() -> list[str]:
    """Each room's definer functions, lowest room first. A name that begins with `_` is for other functions only;
    one granted to another door says so itself, in a `grant` after it."""
    texts = []
    for config in apps.get_app_configs():
        if config.name.startswith("kring."):
            path = files(config.name) / "functions.sql"
            if path.is_file():
                texts.append(path.read_text(encoding="utf-8"))
    return texts


def statements() -> list[str]:
    """The whole of the locks as SQL, in order."""
    sql = [
        FORGET,
        "create table if not exists sec.standing (kind text, name text, says text, primary key (kind, name))",
        "alter table sec.standing owner to kring_sec",
        "grant select on sec.standing to kring_app, kring_jobs, kring_login",
        "set local check_function_bodies = off",  # the trail asks the circle, and the circle the trail
        *function_files(),
        HANDS,
        *[grant for text in function_files() for grant in _declared_grants(text)],
        "revoke all on all functions in schema public from public",
        "grant execute on all functions in schema public to kring_app, kring_jobs, kring_owner",
        "grant usage on all sequences in schema public to kring_app, kring_jobs, kring_login",
        "grant usage on schema sec, public to kring_app, kring_jobs, kring_login, kring_sec",
    ]
    for model in own_models():
        table = model._meta.db_table
        sql += [f"alter table {table} enable row level security", f"alter table {table} force row level security"]
        if isinstance(model.lock, System):
            sql.append(f"alter table {table} no force row level security")
        sql += _policies(model) + _grants(model) + _trail(model)
        if isinstance(model.lock, System):
            sql += [
                f"create policy granted_{role} on {table} to {role} using (true) with check (true)"
                for role in model.lock.grants
            ]
    return sql + _third_party()


def _declared_grants(text: str) -> list[str]:
    """Lines `-- grant: <sql>` in a functions file, run after the hands-over (which revokes everything)."""
    return [line.removeprefix("-- grant: ").strip() for line in text.splitlines() if line.startswith("-- grant: ")]


def fingerprint() -> str:
    return hashlib.sha256("\n;\n".join(statements()).encode()).hexdigest()


def is_written(cursor: CursorWrapper) -> bool:
    """The locks that stand were written by this code, under this version of PostgreSQL (which words them its way)."""
    cursor.execute(
        "select obj_description('sec'::regnamespace, 'pg_namespace'), current_setting('server_version_num')::int / 10000"
    )
    standing, major = cursor.fetchone()
    return bool(standing == f"{fingerprint()} {major}")


def apply(cursor: CursorWrapper, force: bool = False) -> bool:
    """Write all locks again when they differ from what stands; True when something was written."""
    if is_written(cursor) and not force:
        return False
    for statement in statements():
        cursor.execute(statement)
    from kring.locks.catalogue import note_what_stands

    note_what_stands(cursor)
    cursor.execute("select current_setting('server_version_num')::int / 10000")
    cursor.execute(f"comment on schema sec is '{fingerprint()} {cursor.fetchone()[0]}'")
    return True
