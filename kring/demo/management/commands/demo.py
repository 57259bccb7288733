"""`kring demo`: everything in one go, with an invented region; Ctrl-C ends it, the data stays."""

import os
import signal
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kring.demo.cast import ORGANISATIONS, PEOPLE
from kring.demo.supervisor import RunsAlreadyError, Supervisor, SupervisorError
from kring.locks.children import end_with_parent
from kring.locks.embedded import EmbeddedPostgresError

RUNS_ALREADY = 3


class Command(BaseCommand):
    help = "Start database, worker and server with an invented region, and say where they are."
    requires_system_checks = []  # there is no database yet

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=_port, default=8000, help="8000 unless told")
        parser.add_argument("--reset", action="store_true", help="throw the invented region away and begin anew")
        parser.add_argument("--reload", action="store_true", help="start the server again when code changes")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.MODE != "demo":
            raise CommandError("The demo lets anybody be anybody: it runs with KRING_MODE=demo only (`make demo`).")
        if "MAKELEVEL" in os.environ:
            end_with_parent(signal.SIGTERM)
        began = time.monotonic()
        try:
            with Supervisor(settings.DATA_ROOT, options["port"]).running(reset=options["reset"]) as supervisor:
                supervisor.run("prepare_demo")
                supervisor.start_worker()
                supervisor.start_web(settings.STATIC_ROOT, reload=options["reload"])
                supervisor.wait_until_it_answers()
                self._say_where(supervisor.address, time.monotonic() - began)
                supervisor.watch()
        except KeyboardInterrupt:
            self.stdout.write("\nStopped. The data stays; `make demo` goes on, `make demo RESET=1` begins anew.")
        except (SupervisorError, EmbeddedPostgresError) as error:
            raise CommandError(
                str(error), returncode=RUNS_ALREADY if isinstance(error, RunsAlreadyError) else 1
            ) from error

    def _say_where(self, address: str, seconds: float) -> None:
        self.stdout.write(f"\n  Kring runs at  {address}   (started in {seconds:.1f} s; Ctrl-C stops it)")
        self.stdout.write("  Choose there who you are; all of it is invented:\n")
        for key, (organisation, *_) in ORGANISATIONS.items():
            people = ", ".join(f"{given} {surname}" for given, surname, home, *_ in PEOPLE.values() if home == key)
            if people:
                self.stdout.write(f"    {organisation}: {people}")
        self.stdout.flush()


def _port(text: str) -> int:
    port = int(text)
    if not 1024 <= port <= 65535:
        raise ValueError(text)
    return port
