"""The door: who may send, what happens to what they send, and that nobody is left with half a record."""

import json
import threading
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.db import connection, connections
from django.test import Client
from lxml import etree

from kring.circle.models import Family
from kring.exchange import actions, queries
from kring.exchange.models import KnownSender, Outcome, OutgoingMessage, Receipt, ReceivedMessage, RefusedMessage
from kring.exchange.stuf.parsing import SOAP
from kring.exchange.tests.reading import NATIONAL, changed, message, needs_national, without
from kring.exchange.tests.sending import ALL_KINDS, POLICE, URL, counted, let_in, said, send, to_veilig_thuis
from kring.lifecycle.reasons import NotAllowed
from tests.bed import acting, browser

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _from_our_proxy(settings):
    from ipaddress import ip_network

    settings.EXCHANGE_PROXIES = [ip_network("10.0.0.5")]


def test_a_report_from_a_known_sender_founds_a_family_at_the_desk_with_its_original(cast):
    let_in(cast)
    data = to_veilig_thuis(message("zorgmelding"))
    response = send(data)
    assert (response.status_code, said(response, "berichtcode", "crossRefnummer")) == (200, ["Bv03", "zm-2026-000417"])
    assert counted(cast.tom) == (1, 1, 0)
    with acting(cast.tom) as tom:
        family = Family.objects.get()
        assert family.provisional
        with connection.cursor() as cursor:
            cursor.execute("select sec.open_family(%s, 'test')", [family.id])
        kept = ReceivedMessage.objects.get()
        shown = queries.message_page(tom, family.id, kept.id)
    assert shown.text.encode() == data
    assert [rest.text for rest in shown.unmapped] == ["3"]
    assert Receipt.objects.get().outcome == Outcome.ACCEPTED


def test_nobody_outside_the_desk_finds_anything_of_it(cast):
    let_in(cast)
    send(to_veilig_thuis(message("vt_melding")))
    for outsider in (cast.samira, cast.ilse, cast.saskia, cast.joost):
        assert counted(outsider) == (0, 0, 0)


@pytest.mark.parametrize(
    ("oin", "address"),
    [
        (POLICE, "10.0.0.6"),
        (POLICE, ""),
        ("", "10.0.0.5"),
        ("00000099000000009999", "10.0.0.5"),
        (f"{POLICE}, {POLICE}", "10.0.0.5"),
        (f"CN=x,serialNumber={POLICE}", "10.0.0.5"),
    ],
)
def test_who_is_not_known_hears_one_and_the_same_refusal_and_changes_nothing(cast, oin, address):
    let_in(cast)
    response = send(to_veilig_thuis(message("zorgmelding")), oin=oin, address=address)
    refused = send(b"geen xml", oin="0" * 20)
    assert (response.status_code, response.content) == (refused.status_code, refused.content)
    assert response.status_code == 403
    assert counted(cast.tom) == (0, 0, 0)
    assert not Receipt.objects.exists()


def test_a_sender_whose_time_is_over_stands_before_a_closed_door(cast):
    sender = let_in(cast, from_on=date(2020, 1, 1))
    with acting(cast.ilse) as ilse:
        actions.end_known_sender(by=ilse, sender=sender, until_on=date(2020, 12, 31))
    assert send(to_veilig_thuis(message("zorgmelding"))).status_code == 403


@pytest.mark.parametrize("is_over", [False, True])
def test_somebody_who_signed_in_is_no_system(cast, settings, is_over):
    let_in(cast)
    client = browser(cast.tom)
    if is_over:
        client.cookies[settings.SUBJECT_COOKIE] = "6b72696e-6700-4000-8000-00000000dead"
    response = client.post(
        URL,
        to_veilig_thuis(message("zorgmelding")),
        content_type="text/xml",
        headers={"X-Client-OIN": POLICE},
        REMOTE_ADDR="10.0.0.5",
    )
    assert response.status_code == 403


def test_the_same_sender_and_reference_again_is_fo03_stuf016_and_changes_nothing(cast):
    let_in(cast)
    first = to_veilig_thuis(message("zorgmelding"))
    send(first)
    again = send(first.replace("Maïté".encode(), b"Anders"))
    assert (again.status_code, said(again, "berichtcode", "code")) == (400, ["Fo03", "StUF016"])
    assert counted(cast.tom) == (1, 1, 0)


@needs_national
def test_with_the_national_schemas_an_element_too_many_is_refused_too(cast, settings):
    settings.STUF_SCHEMAS = NATIONAL / "xsd"
    let_in(cast)
    assert said(send(to_veilig_thuis(message("melding_generiek"))), "berichtcode") == ["Bv03"]
    extra = b"</JZ:locatieIncident><JZ:nieuw>x</JZ:nieuw>"
    response = send(to_veilig_thuis(message("vt_melding")).replace(b"</JZ:locatieIncident>", extra))
    assert said(response, "berichtcode", "code") == ["Fo01", "StUF055"]


def test_a_sender_speaks_only_for_whom_it_is_listed(cast):
    let_in(cast)
    other = to_veilig_thuis(message("zorgmelding")).replace(POLICE.encode(), b"00000099000000008888")
    response = send(other)
    assert said(response, "berichtcode", "code") == ["Fo03", "StUF013"]
    assert counted(cast.tom) == (0, 0, 0)


def test_an_intermediary_carries_for_others(cast):
    with acting(cast.ilse) as ilse:
        actions.add_known_sender(by=ilse, name="CORV", oin="00000099000000007777", kinds=ALL_KINDS, speaks_for=[POLICE])
    response = send(to_veilig_thuis(message("zorgmelding")), oin="00000099000000007777")
    assert said(response, "berichtcode") == ["Bv03"]


@pytest.mark.parametrize("number", ["00000099000000002000", "00000001900000080000"])
def test_a_message_for_who_is_not_here_or_may_not_receive_reports_is_stuf010(cast, number):
    let_in(cast)
    response = send(message("zorgmelding").replace(b"00000099000000002000", number.encode()))
    assert said(response, "berichtcode", "code") == ["Fo03", "StUF010"]
    assert not Receipt.objects.exists()


def test_a_kind_that_is_not_on_the_senders_list_is_stuf052(cast):
    let_in(cast, kinds=["zorgmeldingDi01"])
    response = send(to_veilig_thuis(message("vt_melding")))
    assert said(response, "berichtcode", "code") == ["Fo01", "StUF052"]
    assert counted(cast.tom) == (0, 0, 1)


def test_a_body_that_is_not_valid_founds_nothing_and_the_desk_knows_to_call(cast):
    let_in(cast)
    response = send(to_veilig_thuis(without("vt_melding", "//JZ:omschrijvingIncident")))
    assert (response.status_code, said(response, "berichtcode", "code")) == (400, ["Fo01", "StUF055"])
    assert counted(cast.tom) == (0, 0, 1)
    assert Receipt.objects.get().outcome == Outcome.REFUSED
    page = browser(cast.tom).get("/exchange/geweigerd/").content.decode()
    assert "Politie, basisteam Polder, kenmerk vt-2026-000932" in page
    assert "sloeg" not in page
    link = BeautifulSoup(page, "html.parser").find("a", string=lambda text: "Bewaar als tekst" in (text or ""))["href"]
    assert "Rietkraag" in browser(cast.tom).get(link).content.decode()
    assert browser(cast.samira).get(link).status_code == 404


def test_a_refused_body_is_told_later_when_there_is_an_address_to_tell_it_to(cast):
    let_in(cast, answer_url="https://politie.example/antwoord")
    response = send(to_veilig_thuis(changed("vt_melding", "//JZ:SASHniveau", "extreem")))
    assert said(response, "berichtcode") == ["Bv03"]
    going = OutgoingMessage.objects.get()
    assert (going.kind, going.url, "StUF055" in going.body) == ("Fo01", "https://politie.example/antwoord", True)


def test_what_goes_wrong_at_our_side_is_stuf046_and_can_be_sent_again(cast, monkeypatch):
    let_in(cast)
    data = to_veilig_thuis(message("zorgmelding"))
    with monkeypatch.context() as broken:
        broken.setattr(actions, "_keep_original", lambda *parts: 1 / 0)
        response = send(data)
    assert (response.status_code, said(response, "berichtcode", "code")) == (500, ["Fo03", "StUF046"])
    assert counted(cast.tom) == (0, 0, 0)
    assert not Receipt.objects.exists()
    assert said(send(data), "berichtcode") == ["Bv03"]


def test_a_message_in_soap_is_answered_in_soap(cast):
    let_in(cast)
    soap = f'<s:Envelope xmlns:s="{SOAP}"><s:Body>%s</s:Body></s:Envelope>'.encode()
    data = soap % to_veilig_thuis(message("zorgmelding")).partition(b"?>")[2]
    assert etree.fromstring(send(data).content).tag == f"{{{SOAP}}}Envelope"
    again = send(data)
    fault = etree.fromstring(again.content).find(f".//{{{SOAP}}}Fault")
    assert (again.status_code, fault.findtext("faultcode"), said(again, "code")) == (500, "soap:Client", ["StUF016"])


@pytest.mark.parametrize("data", [b"", b"geen xml", b"<a>&x;</a>", b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'])
def test_what_is_no_message_is_a_fault_and_leaves_nothing(cast, data):
    let_in(cast)
    response = send(data)
    assert response.status_code == 400
    assert etree.fromstring(response.content).find(f".//{{{SOAP}}}Fault") is not None
    assert counted(cast.tom) == (0, 0, 0)


def test_200_megabytes_is_413(cast):
    let_in(cast)
    assert send(b"<a>" + b"x" * 200 * 1024 * 1024 + b"</a>").status_code == 413


def test_only_posting_is_possible(cast):
    assert Client().get(URL).status_code == 405


def test_only_an_administrator_lets_a_system_in_and_only_for_kinds_that_we_handle(cast):
    with acting(cast.tom) as tom, pytest.raises(NotAllowed):
        actions.add_known_sender(by=tom, name="x", oin=POLICE, kinds=ALL_KINDS)
    with acting(cast.ilse) as ilse, pytest.raises(NotAllowed):
        actions.add_known_sender(by=ilse, name="x", oin=POLICE, kinds=["vtoDi01"])
    with acting(cast.tom):
        assert not KnownSender.objects.exists()


def test_a_refused_message_is_seen_by_name(cast):
    let_in(cast)
    send(to_veilig_thuis(without("vt_melding", "//JZ:omschrijvingIncident")))
    with acting(cast.tom):
        pk = RefusedMessage.objects.get().pk
    assert browser(cast.samira).post(f"/exchange/geweigerd/{pk}/gezien/").status_code == 404
    browser(cast.tom).post(f"/exchange/geweigerd/{pk}/gezien/")
    with acting(cast.femke):
        assert RefusedMessage.objects.get().seen_by == cast.tom.id


def test_of_two_at_the_same_moment_one_is_taken_in(cast):
    let_in(cast)
    data = to_veilig_thuis(message("zorgmelding"))
    heard = []

    def knock():
        heard.append(said(send(data), "code")[0])
        connections.close_all()

    threads = [threading.Thread(target=knock) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(str(code) for code in heard) == ["None", "StUF016", "StUF016", "StUF016"]
    assert counted(cast.tom) == (1, 1, 0)


def test_nothing_of_the_message_can_be_read_in_a_dump(cast, the_owner):
    let_in(cast)
    send(to_veilig_thuis(message("zorgmelding")))
    with the_owner() as owner, owner.cursor() as cursor:
        cursor.execute("select original || unmapped || receipt_id from exchange_receivedmessage")
        stored = cursor.fetchone()[0]
    assert "Lisdodde" not in stored
    assert json.dumps("prioriteit") not in stored
