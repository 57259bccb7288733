"""Walks every table as people who may not, and says each thing that the database let through.

Generated from the models' locks: a new table is walked by itself. What it finds is a breach; no breach, and the
positive controls hold, is what "two locks" means for that table.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection, transaction

from kring.accountability.tests.bed import family_of
from kring.accounts.models import Professional
from kring.circle import actions
from kring.circle.access import open_family
from kring.circle.models import Membership
from kring.demo.cast import Cast
from kring.locks.models import Content, Desk, Index, Model, Own, Public, System
from kring.locks.postgres.base import as_owner
from kring.locks.subject import Subject, Viewer, acting_as
from tests.bed import mint
from tests.routes import an_object


@dataclass(frozen=True)
class Ground:
    """`theirs`: Samira's family, with a duo (Tom), a member who may see no kind (Noor), one for another person only
    (Bram), one who left (Petra), and a mother with an account. `koens`: Koen's, who knows nothing of the other."""

    theirs: uuid.UUID
    koens: uuid.UUID
    mother: Viewer
    cast: Cast
    tokens: dict[uuid.UUID, str]

    @contextmanager
    def as_(self, who: Viewer, *opened: uuid.UUID) -> Iterator[None]:
        """One request of this person, that opened these families; taken back."""
        token = self.tokens.setdefault(who.id, mint(who.id, who.kind))
        with acting_as(Subject(token, "walk")), transaction.atomic():
            for family in opened:
                open_family(who, family, "rondgang")
            yield
            transaction.set_rollback(True)


def prepare_ground(cast: Cast) -> Ground:
    theirs, koens = family_of(cast), family_of(cast)
    mother = Viewer(uuid.uuid4(), "person", "")
    with acting_as(Subject(mint(cast.tom.id), "walk")), transaction.atomic():
        for who, scope in (
            (cast.noor, {"opens_kinds": ["no_such_kind"]}),
            (cast.bram, {"opens_persons": [uuid.uuid4()]}),
            (cast.petra, {}),
        ):
            _admit(cast.tom, theirs, who, **scope)
        _admit(cast.tom, koens, cast.koen)
        left = Membership.objects.get(family=theirs, professional_id=cast.petra.id)
        actions.end_membership(by=cast.tom, membership=left, reason="klaar")
        actions.admit(by=cast.tom, family=theirs, role="family_member", ground="self", person_id=mother.id)
    return Ground(theirs.id, koens.id, mother, cast, {})


def _admit(by: Viewer, family: Any, who: Viewer, **scope: Any) -> None:
    professional = Professional.objects.select_related("organisation").get(pk=who.id)
    actions.admit(by=by, family=family, role="care_provider", ground="consent", professional=professional, **scope)


def breaches(model: type[Model], ground: Ground) -> list[str]:
    walks: dict[type, Callable[[type[Model], Ground], Iterator[str]]] = {
        Content: _family_table, Index: _family_table, Own: _own, Desk: _desk, Public: _public, System: _system,
    }  # fmt: skip
    return list(walks[type(model.lock)](model, ground))


def _family_table(model: type[Model], ground: Ground) -> Iterator[str]:
    lock, cast = model.lock, ground.cast
    assert isinstance(lock, Content | Index)
    row, koens = (an_object(model, family) for family in (ground.theirs, ground.koens))
    _set(model, row, audience="everyone", **({lock.about: None} if _nullable_about(model) else {}))
    _set(model, koens, audience="everyone")
    opens = (ground.theirs,) if isinstance(lock, Content) else ()
    with ground.as_(cast.samira, *opens):
        if not model._default_manager.filter(pk=row).exists():
            yield "a member does not see it (control)"
    for who, opened in ((cast.koen, (ground.koens,)), (cast.petra, ())):
        with ground.as_(who, *opened):
            yield from _shut(model, ground, row, who.name)
    if "update" in lock.writes:
        into = f"update {model._meta.db_table} set {lock.family} = '{ground.theirs}'"
        for what, sql in (("a row moves", f"{into} where id = '{koens}'"), ("all rows move", into)):
            with ground.as_(cast.koen, ground.koens):
                if _refused(lambda sql=sql: _execute(sql)) is False:
                    yield f"{what} into a family of others"
    if isinstance(lock, Content):
        yield from _content(model, ground, row)
    if "audience" in {field.name for field in model._meta.concrete_fields}:
        yield from _audience(model, ground, row, opens)


def _content(model: type[Model], ground: Ground, row: uuid.UUID) -> Iterator[str]:
    lock, cast = model.lock, ground.cast
    assert isinstance(lock, Content)
    with ground.as_(cast.samira):
        yield from _shut(model, ground, row, "a member who did not open")
    with transaction.atomic(), ground.as_(cast.samira, ground.theirs), ground.as_(cast.samira):
        yield from _shut(model, ground, row, "another request of the same transaction")
    with ground.as_(cast.noor, ground.theirs):
        yield from _shut(model, ground, row, "a member for another kind")
    if lock.about:
        person = _a_person(model, lock.about, ground)
        if person is None:
            return
        _set(model, row, **{lock.about: person})
        with ground.as_(cast.bram, ground.theirs):
            yield from _shut(model, ground, row, "a member for another person")


def _audience(model: type[Model], ground: Ground, row: uuid.UUID, opens: tuple[uuid.UUID, ...]) -> Iterator[str]:
    cast = ground.cast
    stands: list[tuple[str, list[Viewer], list[Viewer]]] = [
        ("professionals", [ground.mother], [cast.samira]),
        ("duo", [cast.samira, ground.mother], [cast.tom]),
        ("named", [cast.samira, cast.tom], []),
    ]
    for audience, shut, seen in stands:
        _set(model, row, audience=audience, audience_ids=[])
        for who in shut:
            with ground.as_(who, *opens):
                yield from _shut(model, ground, row, f"not in the audience ({audience})")
        for who in seen:
            with ground.as_(who, *opens):
                if not model._default_manager.filter(pk=row).exists():
                    yield f"who is in the audience does not see it ({audience}; control)"
    _set(model, row, audience="everyone")


def _shut(model: type[Model], ground: Ground, row: uuid.UUID, who: str) -> Iterator[str]:
    """This row is not there: not to read, not to change with or without WHERE, not to take out, not to add another."""
    if model._default_manager.filter(pk=row).exists():
        yield f"{who} reads it"
    if "update" in model.lock.writes:
        if _changed(f"update {model._meta.db_table} set version = version + 1 where id = '{row}'"):
            yield f"{who} changes it"
        before = model._default_manager.count()
        if _changed(f"update {model._meta.db_table} set version = version + 1") > before:
            yield f"{who} changes it without WHERE"
    if "delete" in model.lock.writes and _changed(f"delete from {model._meta.db_table} where id = '{row}'"):
        yield f"{who} takes it out"
    if "insert" in model.lock.writes and _refused(lambda: _insert_beside(model, row)) is False:
        yield f"{who} adds one"


def _own(model: type[Model], ground: Ground) -> Iterator[str]:
    lock, cast = model.lock, ground.cast
    assert isinstance(lock, Own)
    with as_owner():
        hers = model._default_manager.filter(**{lock.subject: cast.samira.id}).first()
    row = hers.pk if hers else an_object(model, ground.theirs)
    _set(model, row, **{lock.subject: cast.samira.id})
    with ground.as_(cast.samira):
        if not model._default_manager.filter(pk=row).exists():
            yield "its owner does not see it (control)"
        if (
            "update" in lock.writes
            and _refused(lambda: model._default_manager.filter(pk=row).update(**{lock.subject: cast.koen.id})) is False
        ):
            yield "it is given to another"
    with ground.as_(cast.koen):
        yield from _shut(model, ground, row, "another")


def _desk(model: type[Model], ground: Ground) -> Iterator[str]:
    lock, cast = model.lock, ground.cast
    assert isinstance(lock, Desk)
    holder, place = {"desk": (cast.tom, "veilig_thuis"), "reviewer": (cast.hanna, "toetsing")}[lock.role]
    row = an_object(model, ground.theirs)
    _set(model, row, **{lock.organisation: cast.organisation(place)})
    away = (
        f"update {model._meta.db_table} set {lock.organisation} = '{cast.organisation('wijkteam')}' where id = '{row}'"
    )
    with ground.as_(holder):
        if not model._default_manager.filter(pk=row).exists():
            yield "its desk does not see it (control)"
        if "update" in lock.writes and _refused(lambda: _execute(away)) is False:
            yield "it moves to another desk"
    for who in (cast.samira, cast.ilse, ground.mother):
        with ground.as_(who):
            yield from _shut(model, ground, row, "who is not of the desk")


def _public(model: type[Model], ground: Ground) -> Iterator[str]:
    lock = model.lock
    assert isinstance(lock, Public)
    row = an_object(model, ground.theirs)
    _set(model, row)
    with ground.as_(ground.cast.samira):
        if not model._default_manager.filter(pk=row).exists():
            yield "a professional does not see it (control)"
        if "update" in lock.writes and _changed(f"update {model._meta.db_table} set version = version + 1"):
            yield "who is no administrator changes it"
        if "insert" in lock.writes and _refused(lambda: _insert_beside(model, row)) is False:
            yield "who is no administrator adds one"
    if lock.staff:
        with ground.as_(ground.mother):
            if model._default_manager.exists():
                yield "a family member reads the directory"


def _system(model: type[Model], ground: Ground) -> Iterator[str]:
    lock = model.lock
    assert isinstance(lock, System)
    for verb in ("select", "insert", "update", "delete"):
        with connection.cursor() as cursor:
            cursor.execute("select has_table_privilege('kring_app', %s, %s)", [model._meta.db_table, verb])
            if cursor.fetchone()[0] != (verb in lock.grants.get("kring_app", "")):
                yield f"{verb} is not as granted"


def _changed(sql: str) -> int:
    """How many rows; none when it is refused. Taken back."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
            found = cursor.rowcount
            transaction.set_rollback(True)
    except DatabaseError:
        return 0
    return int(found)


def _execute(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.rowcount)


def _refused(act: Callable[[], Any]) -> bool | None:
    """Refused by row-level security; False: it went through, or another rule stopped it only afterwards."""
    try:
        with transaction.atomic():
            changed = act()
            transaction.set_rollback(True)
    except DatabaseError as error:
        return "row-level security" in str(error) or "permission denied" in str(error)
    return None if changed == 0 else False


def _insert_beside(model: type[Model], row: uuid.UUID) -> int:
    """The same row again under another id, without reading it: the values come from the owner."""
    table = model._meta.db_table
    values = _values[(table, row)]
    columns = ", ".join(f'"{name}"' for name in values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {table} ({columns}) values ({', '.join(['%s'] * len(values))})", list(values.values())
        )
        return int(cursor.rowcount)


_values: dict[tuple[str, uuid.UUID], dict[str, Any]] = {}


def _set(model: type[Model], row: uuid.UUID, **values: Any) -> None:
    """As the owner, before anybody acts; and remember the row for who tries to add one beside it."""
    names = {field.attname for field in model._meta.concrete_fields}
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        if values := {name: value for name, value in values.items() if name in names}:
            model._default_manager.filter(pk=row).update(**values)
        cursor.execute(f"select * from {model._meta.db_table} where id = %s", [row])
        columns = [column.name for column in cursor.description]
        _values[(model._meta.db_table, row)] = dict(zip(columns, cursor.fetchone(), strict=True)) | {"id": uuid.uuid4()}


def _nullable_about(model: type[Model]) -> bool:
    about = getattr(model.lock, "about", "")
    return bool(about) and any(field.attname == about and field.null for field in model._meta.concrete_fields)


def _a_person(model: type[Model], about: str, ground: Ground) -> uuid.UUID | None:
    field = next((field for field in model._meta.concrete_fields if field.attname == about), None)
    if field is None or field.primary_key:
        return None
    return an_object(field.related_model, ground.theirs) if field.is_relation else uuid.uuid4()
