"""`kring witness`: look at another Kring's trail, and cosign it when it only grew."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kring.accountability import witness


class Command(BaseCommand):
    help = "Witness the trail of a Kring (needs no database; also: python -m kring.accountability.witness)."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        witness.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        given = {name: options[name] for name in ("log", "log_key", "name", "folder", "every")}
        if code := witness.run(**given, say=self.stdout.write):
            sys.exit(code)
