"""What people see of messages: what had no place, the original as text, what was refused, and who may send."""

import pytest
from bs4 import BeautifulSoup

from kring.circle.actions import admit
from kring.circle.models import Family, Membership
from kring.exchange.models import KnownSender, ReceivedMessage
from kring.exchange.tests.reading import changed, message
from kring.exchange.tests.sending import let_in, ready, send, to_veilig_thuis
from tests.bed import acting, browser

pytestmark = pytest.mark.django_db(transaction=True)
MARKUP = '<script>alert("x")</script> \u202eomgekeerd =SOM(1+1)'


@pytest.fixture(autouse=True)
def _from_our_proxy(settings):
    from ipaddress import ip_network

    settings.EXCHANGE_PROXIES = [ip_network("10.0.0.5")]


@pytest.fixture
def address(cast):
    """The page of a message with markup in what we have no place for."""
    let_in(cast)
    assert (
        send(to_veilig_thuis(changed("zorgmelding", "//StUF:extraElement[@naam='prioriteit']", MARKUP))).status_code
        == 200
    )
    with acting(cast.tom) as tom:
        from kring.circle.access import open_family

        family = Family.objects.get()
        open_family(tom, family.id, "test")
        return f"/exchange/gezin/{family.id}/bericht/{ReceivedMessage.objects.get().id}/"


def test_what_had_no_place_and_the_original_are_shown_as_text(cast, address):
    page = browser(cast.tom).get(address)
    soup = BeautifulSoup(page.content, "html.parser")
    assert MARKUP in soup.find(id="niet-herkend").get_text()
    assert "prioriteit" in soup.find(id="niet-herkend").get_text()
    assert "<script>alert" not in page.content.decode()
    assert '<StUF:extraElement naam="rolJeugdzorgVerzoeker">' in soup.find("pre").get_text()


def test_the_whole_original_can_be_kept_as_text_and_is_never_run(cast, address):
    response = browser(cast.tom).get(f"{address}tekst/")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment")
    assert "999910024" in response.content.decode()


def test_the_document_in_which_the_concern_is_told_can_be_kept_and_is_never_opened_by_the_browser(cast, address):
    soup = BeautifulSoup(browser(cast.tom).get(address).content, "html.parser")
    link = soup.find(id="documenten").find("a")["href"]
    response = browser(cast.tom).get(link)
    assert response.content.startswith(b"%PDF-1.4")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == 'attachment; filename="zorgmelding.pdf"'
    assert browser(cast.tom).get(link.replace("/1/", "/2/")).status_code == 404
    assert browser(cast.samira).get(link).status_code == 404


def join(cast, who, role):
    with acting(cast.tom) as tom:
        family = Family.objects.get()
        from kring.accounts.models import Professional

        return admit(
            by=tom,
            family=family,
            role=role,
            ground="directly_involved",
            professional=Professional.objects.get(pk=who.id),
        )


def test_who_is_outside_the_circle_hears_the_same_as_of_nothing(cast, address):
    for outsider in (cast.samira, cast.joost, cast.ilse, cast.hanna):
        here = browser(outsider).get(address)
        nowhere = browser(outsider).get("/exchange/gezin/%s/bericht/%s/" % ((cast.organisation("raad"),) * 2))
        assert (here.status_code, nowhere.status_code) == (404, 404)


def test_a_colleague_in_the_circle_who_is_not_of_the_duo_does_not_see_it(cast, address):
    join(cast, cast.bram, "care_provider")
    assert browser(cast.bram).get(address).status_code in (403, 404)
    with acting(cast.bram):
        assert Membership.objects.filter(professional_id=cast.bram.id).exists()


def test_numbers_are_covered_for_whose_organisation_may_not_hold_them(cast, address):
    join(cast, cast.joost, "safety_partner")
    text = browser(cast.joost).get(f"{address}tekst/").content.decode()
    assert "999910024" not in text
    assert "•••••••••" in text
    assert "0612345678" in text


def test_a_message_of_another_family_is_not_found_under_this_one(cast, address):
    send(ready("vt_melding"))
    with acting(cast.tom):
        other = Family.objects.exclude(id=address.split("/")[3]).get()
    wrong = address.replace(address.split("/")[3], str(other.id))
    assert browser(cast.tom).get(wrong).status_code == 404


def test_the_desk_hears_of_what_was_refused_until_somebody_looked(cast):
    from kring.exchange.queries import waiting

    let_in(cast)
    with acting(cast.tom) as tom:
        assert waiting(tom) == []
    send(to_veilig_thuis(changed("vt_melding", "//JZ:SASHniveau", "extreem")))
    with acting(cast.tom) as tom:
        assert [line.title for line in waiting(tom)] == ["1 bericht kon niet worden gelezen"]
    for other in (cast.samira, cast.ilse):
        with acting(other) as viewer:
            assert waiting(viewer) == []
        assert browser(other).get("/exchange/geweigerd/").status_code == 404


NEW_SENDER = {
    "name": "CORV",
    "oin": "00000099000000007777",
    "kinds": ["vtMeldingDi01"],
    "speaks_for": "00000099000000001000\n00000099000000001001",
    "answer_url": "",
    "from_on": "2026-01-01",
    "idempotency_key": "6b72696e-6700-4000-8000-00000000abcd",
}


def test_the_administrator_lets_a_system_in_and_ends_it(cast):
    ilse = browser(cast.ilse)
    assert ilse.post("/exchange/afzenders/", NEW_SENDER).status_code == 302
    with acting(cast.ilse):
        sender = KnownSender.objects.get()
    assert sender.speaks_for == ["00000099000000001000", "00000099000000001001"]
    assert "CORV" in ilse.get("/exchange/afzenders/").content.decode()
    ilse.post(f"/exchange/afzenders/{sender.id}/einde/")
    with acting(cast.ilse):
        assert KnownSender.objects.get().until_on is not None


def test_a_number_that_is_no_oin_and_an_open_line_are_said_at_the_field(cast):
    page = browser(cast.ilse).post(
        "/exchange/afzenders/", NEW_SENDER | {"oin": "123", "answer_url": "http://x.example"}
    )
    text = page.content.decode()
    assert "heeft twintig cijfers" in text
    assert "begint met https" in text


def test_nobody_but_the_administrator_finds_the_page(cast):
    for other in (cast.tom, cast.samira, cast.femke):
        assert browser(other).get("/exchange/afzenders/").status_code == 404
        assert browser(other).post("/exchange/afzenders/", NEW_SENDER).status_code == 404


def test_a_very_long_message_is_shown_from_its_beginning(cast):
    let_in(cast)
    send(to_veilig_thuis(message("vt_melding")).replace(b"Derde melding", b"Derde " + b"x" * 300_000))
    with acting(cast.tom) as tom:
        from kring.circle.access import open_family

        family = Family.objects.get()
        open_family(tom, family.id, "test")
        found = ReceivedMessage.objects.get()
    page = browser(cast.tom).get(f"/exchange/gezin/{family.id}/bericht/{found.id}/").content.decode()
    assert "hierboven staat het begin" in page
    assert len(page) < 300_000
