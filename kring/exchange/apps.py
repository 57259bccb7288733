from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from kring.accounts.apps import administers


class ExchangeConfig(AppConfig):
    name = "kring.exchange"

    def ready(self) -> None:
        from kring.exchange import hooks as ours
        from kring.exchange import permissions, queries  # noqa: F401 -- declares who may do what
        from kring.exchange.stuf.schemas import SchemasMissing
        from kring.lifecycle import hooks, words
        from kring.ui import frame

        ours.register()
        words.describe({queries.RECEIVED: _("Melding ontvangen als bericht van een ander systeem.")})
        hooks.on_desk("exchange", queries.waiting)
        senders = frame.NavItem(_("Afzenders"), "exchange:senders", order=90, section="exchange", visible=administers)
        frame.add_to_nav(senders)
        try:
            queries.schemas()
        except SchemasMissing as error:
            raise ImproperlyConfigured(f"KRING_STUF_SCHEMAS: {error}") from error
