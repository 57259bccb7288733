"""Our own door with a lock in it: a small server that asks for a client certificate and tells the application whose
it is. For a place without a proxy that can do so; the address is /exchange/stuf/ and nothing else.
"""

import socket
import ssl
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.db import connections

from kring.exchange.identity import PEER, oin_of_peer

ONLY_PATH = "/exchange/stuf/"
PATIENCE = 30  # seconds for a handshake or a read: who holds a line open without speaking is hung up on
AT_ONCE = 16
LAST_WORDS = 2
MAX_LAST_WORDS = 2000  # of 64 kB
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def context(certificate: Path, key: Path, authority: Path) -> ssl.SSLContext:
    """TLS 1.2 or newer, and no connection at all without a certificate that this authority signed."""
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=str(authority))
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.verify_mode = ssl.CERT_REQUIRED
    made.load_cert_chain(certificate, key)
    return made


class Handler(WSGIRequestHandler):
    timeout = PATIENCE

    def get_environ(self) -> dict[str, Any]:
        environ = super().get_environ()
        environ["wsgi.url_scheme"] = "https"
        environ["HTTP_X_FORWARDED_PROTO"] = "https"
        environ[PEER] = oin_of_peer(self.connection) or "none"
        return environ

    def log_message(self, format: str, *args: Any) -> None:
        """The application logs each request; this line would hold an address only."""


class Server(ThreadingMixIn, WSGIServer):
    """One thread a connection; the handshake happens there, so that a slow one keeps nobody waiting."""

    daemon_threads = True
    request_queue_size = AT_ONCE

    def __init__(self, address: tuple[str, int], tls: ssl.SSLContext, application: Wsgi) -> None:
        self.tls = tls
        super().__init__(address, Handler)
        self.set_app(only_this_path(application))

    def finish_request(self, request: Any, client_address: Any) -> None:
        request.settimeout(PATIENCE)
        try:
            spoken = self.tls.wrap_socket(request, server_side=True)
        except (ssl.SSLError, OSError):
            return  # no certificate of ours: no conversation
        try:
            super().finish_request(spoken, client_address)
        finally:
            hang_up(spoken)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            connections.close_all()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A line that was cut is no event; what the application did wrong it logged itself."""


def hang_up(line: ssl.SSLSocket) -> None:
    """Say goodbye and let the sender finish the sentence: closing on unread bytes takes our answer away with it."""
    with suppress(OSError):
        line.shutdown(socket.SHUT_WR)
        line.settimeout(LAST_WORDS)
        for _ in range(MAX_LAST_WORDS):
            if not line.recv(65536):
                break
    line.close()


def only_this_path(application: Wsgi) -> Wsgi:
    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != ONLY_PATH:
            start_response("404 Not Found", [("Content-Length", "0")])
            return []
        return application(environ, start_response)

    return answer
