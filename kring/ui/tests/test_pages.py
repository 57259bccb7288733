import re
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client, RequestFactory

from kring.lifecycle.reasons import Reason
from kring.ui import frame
from kring.ui.frame import Frame, NavItem, add_to_nav

PAGES = ["/ui/", "/ui/portaal/", "/ui/openbaar/", "/sporen-wissen/"]


def soup(path):
    response = Client().get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_inline_and_no_id_stands_twice(path):
    page = soup(path)

    assert page.find_all("style") == []
    assert [script for script in page.find_all("script") if not script.get("src")] == []
    for tag in page.find_all(True):
        assert not [name for name in tag.attrs if name == "style" or name.startswith(("on", "hx-on"))], tag
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", PAGES)
def test_no_template_asks_for_what_nobody_gave(path, settings):
    templates = settings.TEMPLATES[0]
    options = templates["OPTIONS"] | {"string_if_invalid": "NOBODY GAVE %s"}
    settings.TEMPLATES = [templates | {"OPTIONS": options}]

    assert "NOBODY GAVE" not in str(soup(path))


@pytest.mark.parametrize("path", PAGES)
def test_each_page_has_one_heading_of_the_first_rank_and_skips_none(path):
    ranks = [int(heading.name[1]) for heading in soup(path).find_all(re.compile("^h[1-6]$"))]

    assert ranks[0] == 1
    assert ranks.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(ranks))


@pytest.mark.parametrize("path", ["/ui/openbaar/", "/sporen-wissen/"])
def test_a_reporters_page_has_a_title_that_says_nothing(path):
    page = soup(path)

    assert page.title.text == "Informatie en contact"
    assert "Kring" not in page.find("head").decode() + page.find("header").text
    assert "plain-icon" in page.find("link", rel="icon")["href"]


def test_a_reporters_page_puts_112_before_anything_else():
    first = soup("/ui/openbaar/").find("header").find("a")

    assert first["href"] == "tel:112"


def test_snel_weg_says_what_it_does_not_do():
    assert "geschiedenis van deze browser staan" in soup("/ui/openbaar/").find("footer").text


def test_snel_weg_forgets_who_was_signed_in_and_tells_the_next_site_nothing():
    client = Client()
    client.cookies[settings.SUBJECT_COOKIE] = "no token"
    response = client.get("/weg/", headers={"Sec-Fetch-Site": "same-origin"})

    assert response.status_code == 303
    assert response.cookies[settings.SUBJECT_COOKIE]["max-age"] == 0
    assert response["Referrer-Policy"] == "no-referrer"


def test_another_site_cannot_sign_somebody_out_by_a_link():
    response = Client().get("/weg/", headers={"Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 303
    assert not response.cookies


def test_every_person_in_the_picture_stands_in_the_list():
    figure = soup("/ui/").find("figure", class_="circle")

    drawn = sorted(title.text.split(",")[0] for title in figure.find("svg").find_all("title"))
    listed = sorted(row.find("a").text for row in figure.find(class_="circle__lists").find_all("li"))
    assert drawn == listed
    assert figure.find("svg")["aria-hidden"] == "true"


def test_a_grey_button_says_each_reason_with_its_source_and_sends_nothing():
    grey = soup("/ui/").find(class_="grey")

    assert grey.button["type"] == "button"
    assert grey.button["aria-disabled"] == "true"
    reasons = grey.find("ul", class_="reasons").find_all("li", recursive=False)
    assert [reason.find("details").p.text for reason in reasons] == [
        "Voorbeeldwet, artikel 1, lid 2",
        "Voorbeeldprotocol, stap 3",
    ]


def test_the_refusal_page_lists_reasons_and_source(rf):
    from kring.circle.errors import refused_page

    page = refused_page(rf.get("/"), [Reason("two", "Nog niemand keek mee.", "Jeugdwet 1.1")])

    assert page.status_code == 403
    assert b"Nog niemand keek mee." in page.content
    assert b"Jeugdwet 1.1" in page.content


@pytest.mark.parametrize("code", [400, 404, 409, 500])
def test_an_error_page_is_drawn_without_user_or_database(rf, code):
    from django.shortcuts import render

    page = render(rf.get("/"), f"ui/{code}.html", status=code)

    assert b"Bel 112" in page.content


@pytest.fixture
def menu(monkeypatch):
    monkeypatch.setattr(frame, "_items", {})
    add_to_nav(
        NavItem("Tweede", "ui:components", order=2, section="ui"),
        NavItem("Eerste", "ui:clear_traces", order=1),
        NavItem("Verborgen", "ui:quick_exit", order=3, visible=lambda request: False),
        NavItem("Van het gezin", "ui:component_portal", order=1, place="portal"),
    )


def test_the_menu_shows_in_order_what_this_request_may_see(menu):
    request = RequestFactory().get("/ui/")
    request.resolver_match = None

    assert [link.label for link in Frame(request).nav] == ["Eerste", "Tweede"]
    assert [link.label for link in Frame(request).portal_nav] == ["Van het gezin"]


def test_the_menu_marks_where_you_are(menu):
    current = soup("/ui/").find("nav", class_="bar__nav").find_all(attrs={"aria-current": True})

    assert [link.text for link in current] == ["Tweede"]


def test_ui_holds_no_word_of_the_trade():
    trade = re.compile(r"gezin|veiligheid|melding|dossier|kinder|jeugd|(?<!font-)\bfamil|regie|toestemming", re.I)
    room = settings.ROOT / "kring" / "ui"
    files = [path for path in room.rglob("*") if path.suffix in (".py", ".html", ".css", ".js")]
    shown = [path for path in files if "tests" not in path.parts and not re.match("gallery|components", path.name)]

    assert [path.name for path in shown if trade.search(path.read_text(encoding="utf-8"))] == []
