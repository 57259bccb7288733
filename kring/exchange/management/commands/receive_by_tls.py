"""`kring receive_by_tls`: our own server for messages, with client certificates."""

import signal
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.core.wsgi import get_wsgi_application

from kring.exchange.queries import say_how_messages_are_checked
from kring.exchange.tls_server import ONLY_PATH, Server, context


class Command(BaseCommand):
    help = "Take in messages over TLS with client certificates, without a proxy in front."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8443)
        parser.add_argument("--certificate", type=Path, required=True, help="our certificate, with its chain (PEM)")
        parser.add_argument("--key", type=Path, required=True)
        parser.add_argument("--authority", type=Path, required=True, help="who signs the certificates of senders (PEM)")

    def handle(self, *args: Any, **options: Any) -> None:
        say_how_messages_are_checked()
        tls = context(options["certificate"], options["key"], options["authority"])
        with Server((options["host"], options["port"]), tls, get_wsgi_application()) as server:
            signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
            self.stdout.write(f"Messages: https://{options['host']}:{server.server_port}{ONLY_PATH}")
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                self.stdout.write("Closed.")
