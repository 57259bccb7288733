"""allauth's pages wear our frame; what they do is allauth's own."""

from allauth.account.forms import LoginForm
from bs4 import BeautifulSoup
from django.shortcuts import render


def drawn(request, template, **context):
    return BeautifulSoup(render(request, template, context).content, "html.parser")


def test_the_sign_in_page_stands_in_our_frame_with_labels_and_one_main_button(rf):
    page = drawn(rf.get("/"), "account/login.html", form=LoginForm(), PASSKEY_LOGIN_ENABLED=True)

    assert "ma-theme" in page.html["class"]
    assert [
        page.find("label", attrs={"for": field["id"]}) is not None for field in page.select("input.utrecht-textbox")
    ]
    assert len(page.select("main .utrecht-button--primary-action")) == 1
    assert page.find(id="passkey_login")["class"] == ["utrecht-button", "utrecht-button--secondary-action"]


def test_the_page_with_keys_keeps_the_scripts_that_allauth_needs(rf):
    page = drawn(rf.get("/"), "account/login.html", form=LoginForm(), PASSKEY_LOGIN_ENABLED=True)

    assert any("webauthn" in (script.get("src") or "") for script in page.find_all("script"))
    runs = [script for script in page.find_all("script") if not script.get("src")]
    assert {script["type"] for script in runs} <= {"application/json"}, "anything else the security policy refuses"


def test_the_page_about_your_own_keys_has_the_menu_frame(rf):
    page = drawn(rf.get("/"), "mfa/index.html", MFA_SUPPORTED_TYPES=["totp"], authenticators={})

    assert page.body["class"] == ["professional"]
    assert len(page.find_all("h1")) == 1
    assert page.find("section", class_="card")
