"""The ways out of Kring. What goes out is one sentence, always the same: no name, no place, no subject, no link that
tells what for. An adapter for SMS or push is a class with `send`, named in the settings."""

import logging
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

log = logging.getLogger("kring.notices")


@dataclass(frozen=True)
class Sign:
    """One sign to one address. `key` stays the same when a crash makes it go twice: a provider can drop the second."""

    address: str
    key: str

    @property
    def sentence(self) -> str:
        return _("Er is een bericht voor u in Kring.")


class Adapter(Protocol):
    """Raises when the provider did not take it: the job tries again."""

    def send(self, sign: Sign) -> None: ...


class Mail:
    """Through Django's mail backend. The Message-ID is the key, so a mailbox shows the second of two once."""

    def send(self, sign: Sign) -> None:
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
        EmailMessage(
            subject=sign.sentence,
            body=_("%(sentence)s Log in om het te lezen.") % {"sentence": sign.sentence},
            to=[sign.address],
            headers={"Message-ID": f"<{sign.key}@{domain}>", "Auto-Submitted": "auto-generated"},
        ).send()


class Console:
    """For demo and trying out: the log says that a sign would have gone, not to whom."""

    def __init__(self, channel: str = "sms") -> None:
        self.channel = channel

    def send(self, sign: Sign) -> None:
        log.info("sign outside", extra={"action": f"notices.{self.channel}", "job": sign.key})


def adapters() -> dict[str, Adapter]:
    """The channels that are on, by name. `KRING_SMS` and `KRING_PUSH`: disabled, console, or a class by its path."""
    found: dict[str, Adapter] = {"mail": Mail()}
    for channel, wanted in (("sms", settings.SMS_ADAPTER), ("push", settings.PUSH_ADAPTER)):
        if wanted == "console":
            found[channel] = Console(channel)
        elif wanted != "disabled":
            found[channel] = import_string(wanted)()
    return found
