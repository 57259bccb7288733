"""What goes out later: with its cause or not at all, over TLS with our own certificate, again until it is taken."""

import threading
from datetime import date

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from kring.exchange import actions, tasks
from kring.exchange.models import OutgoingMessage
from kring.exchange.tasks import NotDelivered
from kring.exchange.tests.papers import Paper, name
from kring.exchange.tests.reading import changed
from kring.exchange.tests.sending import POLICE, let_in, ready, said, send, to_veilig_thuis
from kring.exchange.tls_server import ONLY_PATH, Server, context
from kring.lifecycle.reasons import NotAllowed
from tests.bed import acting, jobs_role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _from_our_proxy(settings):
    from ipaddress import ip_network

    settings.EXCHANGE_PROXIES = [ip_network("10.0.0.5")]


@pytest.fixture
def other_side(tmp_path, settings):
    """The sender's own server: it keeps what it hears, and answers with the status it is told to."""
    authority = Paper(name("Stelsel"))
    authority_file, _ = authority.save(tmp_path, "authority")
    theirs = Paper(name("localhost"), authority).save(tmp_path, "theirs")
    certificate, key = Paper(name("Veilig Thuis", "00000001900000030000"), authority).save(tmp_path, "ours")
    settings.EXCHANGE_AUTHORITY = str(authority_file)
    settings.EXCHANGE_CERTIFICATE, settings.EXCHANGE_CERTIFICATE_KEY = str(certificate), str(key)
    heard = {"status": "200 OK", "answer": b"", "bodies": [], "who": []}

    def application(environ, start_response):
        heard["bodies"].append(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        heard["who"].append(environ["kring.peer_oin"])
        start_response(heard["status"], [("Location", "https://elders.example/")])
        return [heard["answer"]]

    server = Server(("127.0.0.1", 0), context(*theirs, authority_file), application)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    heard["url"] = f"https://localhost:{server.server_port}{ONLY_PATH}"
    yield heard
    server.shutdown()
    server.server_close()
    thread.join()


def run(going: OutgoingMessage) -> None:
    with jobs_role():
        tasks.send(message_id=str(going.id))


def only_one() -> OutgoingMessage:
    return OutgoingMessage.objects.get()


def test_a_confirmation_goes_to_the_senders_own_address_with_our_certificate(cast, other_side):
    let_in(cast, answer_url=other_side["url"])
    send(ready("zorgmelding"))
    run(only_one())
    assert b"Bv01" in other_side["bodies"][0]
    assert other_side["who"] == ["00000001900000030000"]
    assert only_one().sent_at is not None


def test_what_was_sent_is_not_sent_again(cast, other_side):
    let_in(cast, answer_url=other_side["url"])
    send(ready("zorgmelding"))
    run(only_one())
    run(only_one())
    assert len(other_side["bodies"]) == 1


@pytest.mark.parametrize("status", ["500 Internal Server Error", "403 Forbidden", "302 Found"])
def test_what_was_not_taken_stays_due_and_says_why(cast, other_side, status):
    let_in(cast, answer_url=other_side["url"])
    send(to_veilig_thuis(changed("vt_melding", "//JZ:SASHniveau", "extreem")))
    other_side["status"] = status
    with pytest.raises(NotDelivered):
        run(only_one())
    going = only_one()
    assert (going.kind, going.sent_at, going.attempts, going.last_status) == ("Fo01", None, 1, status[:3])


def test_a_refusal_under_200_is_no_delivery_unless_they_have_it_already(cast, other_side):
    let_in(cast, answer_url=other_side["url"])
    send(ready("zorgmelding"))
    other_side["answer"] = b"<Fo03Bericht><code>StUF046</code></Fo03Bericht>"
    with pytest.raises(NotDelivered):
        run(only_one())
    other_side["answer"] = b"<Fo03Bericht><code>StUF016</code></Fo03Bericht>"
    run(only_one())
    assert only_one().sent_at is not None


def test_somebody_else_at_that_address_hears_nothing(cast, other_side, settings, tmp_path):
    let_in(cast, answer_url=other_side["url"])
    send(ready("zorgmelding"))
    stranger, _ = Paper(name("Elders")).save(tmp_path, "stranger")
    settings.EXCHANGE_AUTHORITY = str(stranger)
    with pytest.raises(NotDelivered):
        run(only_one())
    assert other_side["bodies"] == []


def test_the_job_is_committed_with_the_message_or_not_at_all(cast, other_side, monkeypatch):
    let_in(cast, answer_url=other_side["url"])
    with monkeypatch.context() as broken:
        broken.setattr(actions, "record", lambda *parts, **more: 1 / 0)
        assert said(send(ready("zorgmelding")), "code") == ["StUF046"]
    assert not ProcrastinateJob.objects.filter(task_name="exchange.send").exists()
    send(ready("zorgmelding"))
    assert ProcrastinateJob.objects.filter(task_name="exchange.send").count() == 1


def test_answers_travel_over_tls_only(cast):
    with acting(cast.ilse) as ilse, pytest.raises(NotAllowed):
        actions.add_known_sender(
            by=ilse, name="x", oin=POLICE, kinds=[], answer_url="http://open.example/", from_on=date(2026, 1, 1)
        )
