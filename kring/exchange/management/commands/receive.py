"""`kring receive FILE…`: take in messages from files, as if their sender had stood at the door."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kring.exchange.door import answer_to
from kring.exchange.queries import known_sender


class Command(BaseCommand):
    help = "Take in StUF-Jeugdzorg messages from files. Says of each what the sender would have heard."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--sender", required=True, metavar="OIN", help="the known sender these files came from")
        parser.add_argument("--answers", type=Path, help="a folder to write the answers in")

    def handle(self, *args: Any, **options: Any) -> None:
        sender = known_sender(options["sender"])
        if sender is None:
            raise CommandError(f"{options['sender']} is not a known sender today.")
        refused = 0
        for file in options["files"]:
            try:
                data = file.read_bytes()
            except OSError as error:
                raise CommandError(f"{file}: {error.strerror}") from error
            answer = answer_to(sender, data)
            refused += not answer.accepted
            self.stdout.write(f"{file.name}: {'accepted' if answer.accepted else 'refused'}")
            if folder := options["answers"]:
                folder.mkdir(parents=True, exist_ok=True)
                (folder / f"{file.stem}.answer.xml").write_bytes(answer.body)
        if refused:
            raise CommandError(f"{refused} of {len(options['files'])} refused.", returncode=3)
