"""`kring check_catalogue`: does the database stand as the code says?"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kring.locks.catalogue import faults


class Command(BaseCommand):
    help = "Compare policies, rights, owners and functions in the database with the code; names every fault."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        found = faults(settings.ROOT)
        for sentence in found:
            self.stderr.write(sentence)
        if found:
            raise CommandError(f"{len(found)} fault(s) in the catalogue.", returncode=1)
        self.stdout.write("The catalogue stands as the code says.")
