"""Signing in: nothing is shown before a second factor, and a session ends when it should."""

import psycopg
import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.test import Client

from kring.accounts import actions
from kring.accounts.models import Account, Professional
from kring.accounts.sign_in import mint
from kring.demo.cast import Cast
from tests.bed import acting, browser, door

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "vier woorden en een kring 9"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def account(cast: Cast) -> Account:
    with acting(cast.ilse) as ilse:
        samira = Professional.objects.get(pk=cast.samira.id)
        return actions.open_account(by=ilse, professional=samira, email="samira@demo.invalid", password=PASSWORD)


def log_in(client: Client, password: str = PASSWORD) -> object:
    return client.post("/accounts/login/", {"login": "samira@demo.invalid", "password": password})


def code() -> str:
    return format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))


def test_a_password_alone_opens_nothing_but_the_set_up_of_a_second_factor(account: Account) -> None:
    client = Client()
    assert log_in(client).url == "/accounts/2fa/"
    assert settings.SUBJECT_COOKIE not in client.cookies
    assert client.get("/").status_code == 302


def test_password_and_code_together_open_the_desk(account: Account) -> None:
    TOTP.activate(account, SECRET)
    client = Client()
    assert log_in(client).url == "/accounts/2fa/authenticate/"
    assert client.get("/").status_code == 302
    client = Client()
    log_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code()})
    assert "Samira" in client.get("/").content.decode()


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(account: Account) -> None:
    wrong = log_in(Client(), "iets anders dan dat")
    unknown = Client().post("/accounts/login/", {"login": "niemand@demo.invalid", "password": "iets anders dan dat"})
    errors = [response.context["form"].non_field_errors() for response in (wrong, unknown)]
    assert wrong.status_code == unknown.status_code == 200
    assert errors[0] == errors[1]


def test_nobody_signs_up_by_themselves() -> None:
    assert Client().get("/accounts/signup/").status_code == 404


def test_signing_out_ends_the_session_in_the_database_too(cast: Cast) -> None:
    client = browser(cast.samira)
    stolen = client.cookies[settings.SUBJECT_COOKIE].value
    client.post("/accounts/logout/")
    thief = Client()
    thief.cookies[settings.SUBJECT_COOKIE] = stolen
    assert thief.get("/").status_code == 302


def test_signing_out_everywhere_ends_every_session_of_this_person_and_no_other(cast: Cast) -> None:
    phone, laptop, colleague = browser(cast.samira), browser(cast.samira), browser(cast.koen)
    laptop.post("/account/overal-uitloggen/")
    assert phone.get("/").status_code == 302
    assert colleague.get("/").status_code == 200


def test_an_idle_session_ends(cast: Cast) -> None:
    client = browser(cast.samira)
    assert client.get("/").status_code == 200
    with door("owner") as owner:
        owner.execute("set role kring_sec")
        owner.execute("update sec.session set seen_at = now() - interval '31 minutes'")
    assert client.get("/").status_code == 302


def test_who_leaves_the_organisation_is_signed_out_at_once(cast: Cast) -> None:
    client = browser(cast.koen)
    with acting(cast.ilse) as ilse:
        actions.deactivate(by=ilse, professional=Professional.objects.get(pk=cast.koen.id))
    assert client.get("/").status_code == 302


def test_only_the_login_door_mints_and_the_database_keeps_no_token(cast: Cast) -> None:
    token = mint(cast.samira.id, "professional")
    with door("owner") as owner:
        owner.execute("set role kring_sec")
        kept = owner.execute("select encode(token_hash, 'hex') from sec.session").fetchall()
    assert token not in {row[0] for row in kept}
    with door("jobs") as jobs, pytest.raises(psycopg.errors.InsufficientPrivilege):
        jobs.execute("select sec.sign_in(gen_random_uuid(), gen_random_uuid(), 'professional', 1)")
