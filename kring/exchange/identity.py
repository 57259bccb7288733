"""Which system is at the door: the OIN in its client certificate, verified by our own server or by a named proxy."""

import re
import ssl
from ipaddress import ip_address
from typing import Any
from urllib.parse import unquote

from cryptography import x509
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.http import HttpRequest

OIN = re.compile(r"[0-9]{20}")
# Set in the WSGI environment by our own TLS server. A header can't have this name: those begin with HTTP_.
PEER = "kring.peer_oin"


def oin_of(request: HttpRequest) -> str:
    """The number, or nothing when nobody verified a certificate. Never from a header that came past the proxy."""
    if peer := request.META.get(PEER):
        return str(peer)
    if not _is_from_our_proxy(request):
        return ""
    return _oin_in_header(request.headers.get(settings.EXCHANGE_HEADER, "").strip())


def _is_from_our_proxy(request: HttpRequest) -> bool:
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(address in network for network in settings.EXCHANGE_PROXIES)


def _oin_in_header(value: str) -> str:
    """The number itself, or the URL-encoded certificate it is in. A distinguished name is not read: it can be forged
    by a name that holds a comma."""
    if OIN.fullmatch(value):
        return value
    if not value.startswith("-----BEGIN"):
        return ""
    try:
        certificate = x509.load_pem_x509_certificate(unquote(value).encode())
    except ValueError:
        return ""
    numbers = certificate.subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)
    return _only([str(number.value) for number in numbers])


def oin_of_peer(connection: ssl.SSLSocket) -> str:
    """From the certificate that our own server verified."""
    certificate: dict[str, Any] = connection.getpeercert() or {}
    names = [pair for part in certificate.get("subject", ()) for pair in part]
    return _only([value for name, value in names if name == "serialNumber"])


def _only(numbers: list[str]) -> str:
    return numbers[0] if len(numbers) == 1 and OIN.fullmatch(numbers[0]) else ""
