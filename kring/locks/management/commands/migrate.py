"""`kring migrate`: as the owner, and then every lock is written again from the code."""

from typing import Any

from django.core.management.commands import migrate
from django.db import transaction

from kring.locks import policies
from kring.locks.postgres.base import as_owner


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner() as connection:
            super().handle(*args, **options)
            if options["plan"] or options["check_unapplied"] or options["app_label"]:
                return
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("set local lock_timeout = '10s'")
                written = policies.apply(cursor)
            if options["verbosity"] > 0 and written:
                self.stdout.write("Locks: written again from the code.")
