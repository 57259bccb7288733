"""`kring worker`: jobs from the queue in the database, under the one role that may act as the system."""

import asyncio
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from kring.lifecycle.worker import work
from kring.locks.catalogue import refuse_unless_sound


class Command(BaseCommand):
    help = "Run the jobs until told to stop (Ctrl-C or TERM: jobs that run are finished first)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--until-empty", action="store_true", help="stop when no job is left")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.ROLE != "jobs":
            raise CommandError("Start the worker with KRING_ROLE=jobs: the web role can't act as the system.")
        assert isinstance(app.connector, DjangoConnector)
        refuse_unless_sound()
        connection.close()  # the checks opened one; jobs have connections of their own
        with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
            asyncio.run(work(worker_app, until_empty=options["until_empty"]))
