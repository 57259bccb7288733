"""`kring verify_trail`: is the trail whole? Names each row that was changed, removed, inserted or reordered."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from psycopg.rows import kwargs_row

from kring.accountability import notes
from kring.accountability.canonical import Row
from kring.accountability.ledger import Ledger
from kring.accountability.verifying import before_and_after, verify
from kring.locks.management.commands.prepare_database import _connect

PAGE = 10_000


class Command(BaseCommand):
    help = "Hold every row of the trail against what was signed. Ends with 1 when it is not whole."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--key", help="the log's public key; without it, that of the key in KRING_TRAIL_FOLDER")
        parser.add_argument(
            "--held", type=Path, action="append", default=[], help="a witness's file `last`: what it cosigned"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        book = Ledger(settings.TRAIL_FOLDER, settings.TRAIL_ORIGIN)
        has_folder = (settings.TRAIL_FOLDER / "state").exists()
        if not options["key"] and not (settings.TRAIL_FOLDER / "key").exists():
            raise CommandError("No key: give --key, or run this where KRING_TRAIL_FOLDER is.")
        log = notes.Verifier.read(options["key"]) if options["key"] else book.signer().verifier
        with psycopg.connect(**_connect(settings.DATABASE_ROLES["jobs"])) as connection:
            connection.execute("set transaction isolation level repeatable read read only")
            kept = [note for _, note in connection.execute("select size, note from sec.trail_notes()")]
            rows = list(_rows(connection))
        elsewhere = [path.read_text(encoding="utf-8") for path in options["held"]]
        if has_folder:
            elsewhere.append(book.standing()[1])
        try:
            points = [notes.read(note, log) for note in [*kept, *elsewhere]]
        except notes.NotValid as error:
            raise CommandError(f"A checkpoint is forged or damaged: {error}.") from error
        if has_folder:
            found = verify(rows, book.leaves(), points)
            wrong = found.wrong
            self.stdout.write(f"{found.rows} rows, {found.waiting} not signed yet, {found.erased} payloads erased.")
        else:
            self.stderr.write("KRING_TRAIL_FOLDER holds no leaves: a fault is placed between two checkpoints only.")
            wrong = before_and_after(rows, points)
        for sentence in wrong:
            self.stderr.write(sentence)
        if wrong:
            raise CommandError("The trail is not whole.", returncode=1)
        self.stdout.write(f"The trail is whole; {len(points)} checkpoints hold.")


def _rows(connection: psycopg.Connection[Any]) -> Iterator[Row]:
    after = -(2**62)
    while True:
        with connection.cursor(row_factory=kwargs_row(_row)) as cursor:
            page = cursor.execute("select * from sec.trail_rows(%s, %s)", [after, PAGE]).fetchall()
        yield from page
        if len(page) < PAGE:
            return
        after = page[-1].id


def _row(**columns: Any) -> Row:
    return Row(**{**columns, "xid": int(columns["xid"])})
