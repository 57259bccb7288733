"""`kring compilemessages`: by Babel, so that no gettext has to be on the machine."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Compile the translations that changed (.po to .mo), without gettext's own programs."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        for source in sorted(path for root in settings.LOCALE_PATHS for path in Path(root).rglob("*.po")):
            target = source.with_suffix(".mo")
            if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
                continue
            try:
                with source.open("rb") as file:
                    catalogue = read_po(file, abort_invalid=True)
            except PoFileError as error:
                raise CommandError(f"{source}: {error}") from error
            half = target.with_suffix(".mo.half")  # a start that is killed leaves no half translation
            with half.open("wb") as file:
                write_mo(file, catalogue)
            half.rename(target)
            if options["verbosity"]:
                self.stdout.write(f"Compiled {source.relative_to(source.parents[2])}.")
