"""`kring make_trail_key`: the key that signs the trail, made once, outside the database."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kring.accountability.ledger import Ledger, make_key


class Command(BaseCommand):
    help = "Make the key that signs the trail (in KRING_TRAIL_FOLDER) and print its public half for the witnesses."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            make_key(settings.TRAIL_FOLDER / "key")
        except FileExistsError as error:
            raise CommandError(f"{settings.TRAIL_FOLDER} already holds a key: it is never overwritten.") from error
        self.stdout.write(str(Ledger(settings.TRAIL_FOLDER, settings.TRAIL_ORIGIN).signer().verifier))
