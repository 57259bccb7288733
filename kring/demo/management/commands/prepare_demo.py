"""`kring prepare_demo`: roles, tables, translations, style sheets and the invented region, as far as they are missing."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config import environment
from kring.demo.supervisor import HALF_BUILT


class Command(BaseCommand):
    help = "Bring the demo's database and files up to date (`kring demo` calls it)."
    requires_system_checks = []  # the tables they look at are made here

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.MODE != "demo":
            raise CommandError("The invented region never goes into a database in use: it needs KRING_MODE=demo.")
        if environment.text("KRING_ADMIN_URL", ""):
            call_command("prepare_database", verbosity=0)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("compilemessages", verbosity=0)
        call_command("collectstatic", clear=True, interactive=False, verbosity=0)
        half_built = settings.DATA_ROOT / HALF_BUILT
        half_built.touch()
        call_command("build_demo", verbosity=1)
        half_built.unlink()
