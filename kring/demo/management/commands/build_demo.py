"""`kring build_demo`: the invented region Waterrijk, once, in an empty database."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kring.accounts.models import Region
from kring.demo.cast import build_region
from kring.demo.families import build_families
from kring.demo.reports import tonight
from kring.demo.rosters import build_rosters
from kring.locks.postgres.base import as_owner


class Command(BaseCommand):
    help = "Fill an empty database with the invented region; leaves one that has it alone."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The invented region never goes into a database in use.")
        with as_owner():
            if Region.objects.exists():
                return
        build_region()
        build_rosters()
        build_families()
        tonight()
        if options["verbosity"]:
            self.stdout.write("Built the invented region Waterrijk.")
