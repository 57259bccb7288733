"""Whose certificate it was: by our own server with real TLS, or by the word of a named proxy."""

import ssl
import threading
import urllib.error
import urllib.request
from ipaddress import ip_network
from urllib.parse import quote

import pytest
from django.test import RequestFactory

from kring.exchange.identity import PEER, oin_of
from kring.exchange.tests.papers import Paper, name
from kring.exchange.tls_server import ONLY_PATH, Server, context

OIN = "00000099000000001000"


@pytest.fixture
def door(tmp_path):
    """Our own server on a free port, in front of an application that says whom it heard."""
    authority = Paper(name("Stelsel"))
    ours = Paper(name("localhost"), authority)
    authority_file, _ = authority.save(tmp_path, "authority")
    certificate, key = ours.save(tmp_path, "ours")

    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [environ[PEER].encode()]

    server = Server(("127.0.0.1", 0), context(certificate, key, authority_file), application)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()

    def knock(paper: Paper | None, path: str = ONLY_PATH, headers=None) -> str:
        tls = ssl.create_default_context(cafile=str(authority_file))
        if paper:
            tls.load_cert_chain(*paper.save(tmp_path, "sender"))
        request = urllib.request.Request(
            f"https://localhost:{server.server_port}{path}", data=b"x", headers=headers or {}
        )
        with urllib.request.urlopen(request, context=tls, timeout=5) as response:
            return response.read().decode()

    yield authority, knock
    server.shutdown()
    server.server_close()
    thread.join()


def test_our_own_server_tells_the_oin_of_the_certificate_it_verified(door):
    authority, knock = door
    assert knock(Paper(name("Politie", OIN), authority)) == OIN


def test_no_certificate_or_one_of_another_authority_gets_no_conversation(door):
    _authority, knock = door
    for paper in (None, Paper(name("Politie", OIN)), Paper(name("Politie", OIN), Paper(name("Elders")))):
        with pytest.raises(OSError):
            knock(paper)


def test_a_certificate_without_an_oin_is_nobody_whatever_the_headers_say(door):
    authority, knock = door
    said = knock(Paper(name("Politie"), authority), headers={"X-Client-OIN": OIN, "kring.peer_oin": OIN})
    assert said == "none"


def test_our_own_server_opens_one_address_only(door):
    authority, knock = door
    with pytest.raises(urllib.error.HTTPError, match="404"):
        knock(Paper(name("Politie", OIN), authority), path="/")


@pytest.fixture
def _one_proxy(settings):
    settings.EXCHANGE_PROXIES = [ip_network("10.0.0.5"), ip_network("fd00::/64")]


def heard(value: str, address: str = "10.0.0.5") -> str:
    return oin_of(RequestFactory(REMOTE_ADDR=address).post(ONLY_PATH, headers={"X-Client-OIN": value}))


@pytest.mark.usefixtures("_one_proxy")
def test_the_proxys_header_holds_the_number_or_the_certificate():
    assert heard(OIN) == OIN
    assert heard(OIN, "fd00::7") == OIN
    assert heard(quote(Paper(name("Politie", OIN)).pem().decode(), safe="-")) == OIN


@pytest.mark.usefixtures("_one_proxy")
@pytest.mark.parametrize(
    "value", ["", "x", OIN + "0", f"{OIN}, {OIN}", f"CN=a,serialNumber={OIN}", "-----BEGIN%20onzin"]
)
def test_anything_else_in_the_header_is_nobody(value):
    assert heard(value) == ""


@pytest.mark.usefixtures("_one_proxy")
def test_a_name_that_holds_a_comma_forges_nothing():
    forged = Paper(name(f"x,serialNumber={OIN}"))
    assert heard(quote(forged.pem().decode(), safe="-")) == ""


def test_without_a_named_proxy_no_header_is_believed():
    assert heard(OIN) == ""
    assert heard(OIN, "") == ""
