"""WSGI entry: `granian --interface wsgi config.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from kring.exchange.queries import say_how_messages_are_checked  # noqa: E402
from kring.locks.catalogue import refuse_unless_sound  # noqa: E402 - the rooms are loaded by now

refuse_unless_sound()
say_how_messages_are_checked()
