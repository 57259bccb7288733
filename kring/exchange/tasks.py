"""What goes out after the exchange itself. At least once: the receiver knows a double by our reference."""

import logging
import ssl
import urllib.error
import urllib.request

from django.conf import settings
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kring.exchange.models import OutgoingMessage
from kring.lifecycle.jobs import as_system

log = logging.getLogger("kring.exchange")
AGAIN = RetryStrategy(max_attempts=14, exponential_wait=3)
SECONDS = 20


class NotDelivered(Exception):
    """The other side did not take it; the job is tried again, later and later."""


@app.task(name="exchange.send", retry=AGAIN)
def send(*, message_id: str) -> None:
    """Send one message, and note how that went also when it failed."""
    with as_system("bericht versturen"):
        going = OutgoingMessage.objects.select_for_update(of=("self",)).get(pk=message_id)
        if going.sent_at:
            return
        status = _post(going.url, going.body.encode())
        going.attempts, going.last_status = going.attempts + 1, status[:40]
        going.sent_at = timezone.now() if status == "200" else None
        going.save(update_fields=["attempts", "last_status", "sent_at"])
    if status != "200":
        raise NotDelivered(status)


def _post(url: str, body: bytes) -> str:
    """ "200", or the status or kind of error. Over TLS only, with our own certificate when the settings name one."""
    request = urllib.request.Request(url, data=body, headers={"Content-Type": "text/xml; charset=utf-8"})  # noqa: S310
    opener = urllib.request.build_opener(_NoRedirects, urllib.request.HTTPSHandler(context=_tls()))
    try:
        with opener.open(request, timeout=SECONDS) as response:
            return "200" if response.status < 300 and _is_taken(response.read(65536)) else f"{response.status} Fo03"
    except urllib.error.HTTPError as error:
        return str(error.code)
    except OSError as error:
        return type(error).__name__


def _is_taken(answer: bytes) -> bool:
    """A refusal can travel under 200. "Not unique" says that they have it already."""
    return b"Fo03Bericht" not in answer or b"StUF016" in answer


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """The address is the one an administrator wrote down, and no other."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=settings.EXCHANGE_AUTHORITY or None)
    if settings.EXCHANGE_CERTIFICATE:
        context.load_cert_chain(settings.EXCHANGE_CERTIFICATE, settings.EXCHANGE_CERTIFICATE_KEY or None)
    return context
