"""What the tests of the door share: a known sender, its messages, and what can be found afterwards."""

from django.db import connection
from django.test import Client
from lxml import etree

from kring.circle.models import Family
from kring.exchange import actions
from kring.exchange.models import KnownSender, ReceivedMessage, RefusedMessage
from kring.exchange.stuf.parsing import NAMESPACES
from kring.exchange.tests.reading import message
from tests.bed import acting

POLICE = "00000099000000001000"
VEILIG_THUIS = "00000001900000030000"
URL = "/exchange/stuf/"
ALL_KINDS = ["zorgmeldingDi01", "vtMeldingDi01", "meldingGeneriekDi01"]


def let_in(cast, kinds=ALL_KINDS, **fields) -> KnownSender:
    with acting(cast.ilse) as ilse:
        return actions.add_known_sender(by=ilse, name="Politie, basisteam Polder", oin=POLICE, kinds=kinds, **fields)


def to_veilig_thuis(data: bytes) -> bytes:
    return data.replace(b"00000099000000002000", VEILIG_THUIS.encode())


def ready(name: str) -> bytes:
    """One of the invented messages, addressed to a desk in the invented region."""
    return to_veilig_thuis(message(name))


def send(data: bytes, oin: str = POLICE, address: str = "10.0.0.5", **headers: str):
    return Client(REMOTE_ADDR=address).post(
        URL, data, content_type="text/xml", headers={"X-Client-OIN": oin, **headers}
    )


def said(response, *names: str) -> list[str | None]:
    root = etree.fromstring(response.content)
    return [root.findtext(f".//StUF:{name}", namespaces=NAMESPACES) for name in names]


def counted(viewer) -> tuple[int, int, int]:
    """What this viewer can find: families, their messages, refused messages."""
    with acting(viewer):
        families = list(Family.objects.values_list("id", flat=True))
        for family in families:
            with connection.cursor() as cursor:
                cursor.execute("select sec.open_family(%s, 'test')", [family])
        return len(families), ReceivedMessage.objects.count(), RefusedMessage.objects.count()
