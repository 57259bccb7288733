"""`kring worker`: jobs from the queue in the database, under the one role that may act as the system."""

import asyncio
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

from kring.lifecycle.worker import work
from kring.locks.catalogue import refuse_unless_sound

_DATABASE_SECONDS = 5


class Command(BaseCommand):
    help = "Run the jobs until told to stop (Ctrl-C or TERM: jobs that run are finished first)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--until-empty", action="store_true", help="stop when no job is left")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.ROLE != "jobs":
            raise CommandError("Start the worker with KRING_ROLE=jobs: the web role can't act as the system.")
        refuse_unless_sound()
        connection.close()  # the checks opened one; jobs have connections of their own
        # Without the database there is nothing to do: end soon, and be started again.
        connector = PsycopgConnector(kwargs=connector_params("default"), timeout=_DATABASE_SECONDS)
        with app.replace_connector(connector) as worker_app:
            asyncio.run(work(worker_app, until_empty=options["until_empty"]))
