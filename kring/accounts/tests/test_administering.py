"""The administrator lets people in, and out."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from kring.accounts.models import Account, Professional
from kring.demo.cast import Cast
from tests.bed import acting, browser

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "0b6c2f0e-0000-4000-8000-00000000000{}"


def test_a_new_colleague_gets_a_role_a_registration_and_an_account(cast: Cast) -> None:
    client = browser(cast.ilse)
    new = {
        "idempotency_key": KEY.format(1), "given_name": "Nadia", "surname": "Öztürk", "function": "gezinswerker",
        "organisation": str(cast.organisation("wijkteam")), "register": "SKJ", "register_number": "12",
    }  # fmt: skip
    for _ in range(2):  # sent twice, made once
        assert client.post(reverse("administer_add"), new).status_code == 302
    with acting(cast.ilse):
        nadia = Professional.objects.get(surname="Öztürk")
    for number, word, facts in (
        (2, "rol", {"role": "duty", "from_on": "2026-01-01"}),
        (3, "geldigheid", {"kind": "vog", "valid_from": "2026-01-01", "valid_until": "2028-01-01", "source": "Justis"}),
        (4, "account", {"email": "Nadia@demo.invalid"}),
    ):
        url = reverse("administer_change", args=[nadia.id, word])
        assert client.post(url, {"idempotency_key": KEY.format(number), **facts}).status_code == 302
    page = client.get(reverse("administer_person", args=[nadia.id])).content.decode()
    for word in ("Piketdienst", "Justis", "nadia@demo.invalid"):
        assert word in page


def test_nobody_else_administers_not_even_with_the_address(cast: Cast) -> None:
    for other in (cast.marleen, cast.hanna, cast.samira):
        client = browser(other)
        assert client.get(reverse("administer")).status_code == 404
        assert client.post(reverse("administer_change", args=[cast.samira.id, "vertrekt"])).status_code == 404
    assert not Account.objects.exists()


def test_the_first_administrator_is_made_once(cast: Cast) -> None:
    with pytest.raises(CommandError, match="already"):
        call_command("make_administrator", email="a@b.nl", given_name="A", surname="B", organisation="C", region="D")
