"""Does the database stand as the code says? Read from its own catalogue: at every start, and in CI.

Two kinds of question. Rules that hold whatever the code is (nobody past row-level security, nothing for PUBLIC), and
likeness: each table, policy, function, trigger and right is what `kring migrate` wrote, which it noted in
`sec.standing`; and what it wrote came from this very code. The comparing is of PostgreSQL's own wording.
"""

# ruff: noqa: S608 - the queries are put together from our own constants only

from collections.abc import Callable, Iterator
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from kring.locks import policies
from kring.locks.models import System, own_models

SCHEMAS = "('public', 'sec', 'trail')"

# One row a thing: what it is, its name, and everything about it that could be changed behind our back.
STANDS = f"""
select 'table', c.oid::regclass::text, concat_ws(' ', 'rls', c.relrowsecurity, 'forced', c.relforcerowsecurity, 'owner',
    pg_get_userbyid(c.relowner), (select string_agg(a::text, ',' order by a::text) from unnest(c.relacl) a))
  from pg_class c where c.relkind in ('r', 'p', 'S') and c.relnamespace::regnamespace::text in {SCHEMAS}
union all
select 'column right', a.attrelid::regclass::text || '.' || a.attname, a.attacl::text
  from pg_attribute a join pg_class c on c.oid = a.attrelid
  where a.attacl is not null and c.relnamespace::regnamespace::text in {SCHEMAS}
union all
select 'policy', tablename || '.' || policyname, concat_ws(' ', permissive, cmd, 'to', roles::text, 'using', qual, 'check', with_check)
  from pg_policies where schemaname in {SCHEMAS}
union all
select 'trigger', tgrelid::regclass::text || '.' || tgname, tgenabled::text || ' ' || pg_get_triggerdef(t.oid)
  from pg_trigger t join pg_class c on c.oid = tgrelid where not tgisinternal and c.relnamespace::regnamespace::text in {SCHEMAS}
union all
select 'rule', tablename || '.' || rulename, definition from pg_rules where schemaname in {SCHEMAS}
union all
select 'function', p.oid::regprocedure::text, concat_ws(' ', 'definer', prosecdef, 'owner', pg_get_userbyid(proowner), provolatile,
    proconfig::text, 'rights', (select string_agg(a::text, ',' order by a::text) from unnest(proacl) a), md5(prosrc))
  from pg_proc p where pronamespace::regnamespace::text in {SCHEMAS}
union all
select 'schema', nspname, pg_get_userbyid(nspowner) || ' ' || (select string_agg(a::text, ',' order by a::text) from unnest(nspacl) a)
  from pg_namespace where nspname in {SCHEMAS}
"""

# Each query gives names of what should not be; the sentence says what is wrong with them.
NEVER = {
    "is past row-level security, or makes roles or databases": """
        select 'role ' || rolname from pg_roles where rolname like 'kring\\_%'
          and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
        union select 'this connection, ' || rolname from pg_roles where rolname in (current_user, session_user) and (rolsuper or rolbypassrls)""",
    "is a member of a role of ours": """
        select 'role ' || member::regrole from pg_auth_members
        where roleid::regrole::text like 'kring\\_%' and (member::regrole::text, roleid::regrole::text) <> ('kring_owner', 'kring_sec')
          and not exists (select from pg_roles r where r.oid = member and (r.rolsuper or r.rolcreaterole))""",
    "is a materialised view, which knows no row-level security": f"""
        select 'view ' || oid::regclass from pg_class where relkind = 'm' and relnamespace::regnamespace::text in {SCHEMAS}""",
    "is a view that reads with its owner's rights (security_invoker is off)": f"""
        select 'view ' || oid::regclass from pg_class where relkind = 'v' and relnamespace::regnamespace::text in {SCHEMAS}
          and not coalesce(reloptions && '{{security_invoker=true,security_invoker=on,security_invoker=1}}', false)""",
    "is a foreign table": f"""
        select 'table ' || oid::regclass from pg_class where relkind = 'f' and relnamespace::regnamespace::text in {SCHEMAS}""",
    "runs with its owner's rights without search_path = pg_catalog": """
        select 'function ' || oid::regprocedure from pg_proc where prosecdef
          and pronamespace::regnamespace::text not in ('pg_catalog', 'information_schema')
          and proconfig is distinct from '{search_path=pg_catalog}'""",
    "runs with its owner's rights, and that is not kring_sec": """
        select 'function ' || oid::regprocedure from pg_proc where prosecdef
          and pronamespace::regnamespace::text not in ('pg_catalog', 'information_schema')
          and pg_get_userbyid(proowner) <> 'kring_sec'""",
    "gives rights on what is still to be made": """
        select 'default privileges of ' || pg_get_userbyid(defaclrole) from pg_default_acl""",
    "may be called by everybody": f"""
        select 'function ' || p.oid::regprocedure from pg_proc p, aclexplode(coalesce(proacl, acldefault('f', proowner))) a
        where pronamespace::regnamespace::text in {SCHEMAS} and a.grantee = 0""",
    "gives everybody a right": f"""
        select 'table ' || c.oid::regclass from pg_class c, aclexplode(c.relacl) a
          where relnamespace::regnamespace::text in {SCHEMAS} and a.grantee = 0
        union select 'schema ' || nspname from pg_namespace n, aclexplode(nspacl) a
          where nspname in {SCHEMAS} and a.grantee = 0 and a.privilege_type = 'CREATE'
        union select 'schema ' || nspname from pg_namespace n, aclexplode(nspacl) a
          where nspname in ('sec', 'trail') and a.grantee = 0
        union select 'database ' || datname from pg_database d, aclexplode(coalesce(datacl, acldefault('d', datdba))) a
          where datname = current_database() and a.grantee = 0""",
    "lets a door make temporary tables or things of its own": """
        select 'role ' || rolname from pg_roles where rolname in ('kring_app', 'kring_jobs', 'kring_login')
          and (has_database_privilege(rolname, current_database(), 'TEMP,CREATE')
               or has_schema_privilege(rolname, 'public', 'CREATE'))""",
}


class NotSound(Exception):
    """The database does not stand as the code says; the message names every fault."""


def note_what_stands(cursor: CursorWrapper) -> None:
    """At the end of writing the locks, as the owner."""
    cursor.execute("truncate sec.standing")
    cursor.execute(f"insert into sec.standing (kind, name, says) {STANDS}")


def faults(root: Path | None = None) -> list[str]:
    """Everything that is wrong, a sentence each. With `root`, also whether each definer's test exists (CI)."""
    with transaction.atomic(), connection.cursor() as cursor:
        return faults_seen_by(cursor, root)


def faults_seen_by(cursor: CursorWrapper, root: Path | None = None) -> list[str]:
    found: list[str] = []
    if not policies.is_written(cursor):
        found.append("The locks were written by other code than this: run kring migrate.")
    parts: tuple[Callable[[CursorWrapper], Iterator[str]], ...] = (_never, _unlike, _unlocked, _unknown, _untold)
    for part in parts:
        found += part(cursor)
    if root:
        found += _untested(cursor, root)
    return found


def _never(cursor: CursorWrapper) -> Iterator[str]:
    for sentence, query in NEVER.items():
        cursor.execute(query)
        yield from (f"{name} {sentence}." for (name,) in cursor.fetchall())


def _unlike(cursor: CursorWrapper) -> Iterator[str]:
    cursor.execute(f"""
        with now (kind, name, says) as ({STANDS})
        select coalesce(n.kind, s.kind), coalesce(n.name, s.name),
          case when s.name is null then 'was added' when n.name is null then 'is gone' else 'was changed' end
        from now n full join sec.standing s on s.kind = n.kind and s.name = n.name
        where (n.says is distinct from s.says or n.name is null or s.name is null)
          and coalesce(n.name, s.name) not like 'pg_temp%'
        order by 1, 2""")
    yield from (f"{kind} {name} {what} since kring migrate wrote it." for kind, name, what in cursor.fetchall())


def _unlocked(cursor: CursorWrapper) -> Iterator[str]:
    """Row-level security on and forced, whatever was noted; the tables that only a grant guards are on but not forced."""
    cursor.execute(
        "select relname, relrowsecurity, relforcerowsecurity from pg_class where relnamespace = 'public'::regnamespace"
    )
    stand = {name: (on, forced) for name, on, forced in cursor.fetchall()}
    for model in own_models():
        on, forced = stand.get(model._meta.db_table, (False, False))
        if not on or not (forced or isinstance(model.lock, System)):
            yield f"table {model._meta.db_table} has no row-level security, or not for its owner."


def _unknown(cursor: CursorWrapper) -> Iterator[str]:
    known = {model._meta.db_table for model in own_models()} | set(policies.third_party_tables())
    cursor.execute("select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')")
    yield from (f"table {name} belongs to no room." for (name,) in cursor.fetchall() if name not in known)


def _untold(cursor: CursorWrapper) -> Iterator[str]:
    yield from (f"function {name} names no test in its comment." for name, told in _definers(cursor) if not told)


def _untested(cursor: CursorWrapper, root: Path) -> Iterator[str]:
    for name, told in _definers(cursor):
        if told and not (root / told).is_file():
            yield f"function {name} names a test that does not exist: {told}."


def _definers(cursor: CursorWrapper) -> list[tuple[str, str | None]]:
    cursor.execute("""
        select oid::regprocedure::text, obj_description(oid, 'pg_proc') from pg_proc
        where pronamespace::regnamespace::text in ('sec', 'trail') order by 1""")
    return list(cursor.fetchall())


def refuse_unless_sound() -> None:
    """Before anything is served or any job runs. Raises NotSound."""
    found = faults()
    connection.close()
    if found:
        raise NotSound("Kring does not start: the database does not stand as the code says.\n" + "\n".join(found))
