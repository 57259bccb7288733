"""Who may send us what: pure, with reasons."""

from collections.abc import Collection
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from kring.exchange.received import ReceivedReport
from kring.exchange.stuf.envelope import HANDLED
from kring.lifecycle.reasons import Reason, rule

STANDARD = "StUF-Jeugdzorg 1.0.9"


@rule(source="Wmo 2015 artikel 4.1.1; harm B1, C33", binds="het berichtenverkeer")
def how_soon(report: ReceivedReport) -> str:
    """Een melding aan Veilig Thuis wordt dezelfde dag door iemand op naam gezien; zegt de politie in haar SASH-screening
    "hoog", dan nu. Wij berekenen zelf niets: het is de uitkomst van de politie, en wie haar ziet weegt haar.
    """
    if report.sash and report.sash.level == "high":
        return "now"
    return "ordinary" if report.addressed_to == "non_acute_care" else "today"


@rule(source=STANDARD, binds="de beheerder")
def may_be_allowed(kinds: Collection[str]) -> list[Reason]:
    """Een afzender krijgt alleen toegang voor de soorten berichten die wij kunnen verwerken."""
    unknown = sorted(set(kinds) - set(HANDLED))
    if not unknown:
        return []
    return [
        Reason("kind", _("Deze berichten nemen wij niet aan: %(kinds)s.") % {"kinds": ", ".join(unknown)}, STANDARD)
    ]


@rule(source="Wmo 2015 artikel 4.1.1 lid 2 onder g", binds="wie terugkoppelt")
def can_be_answered(came_as_message: bool, answer_url: str) -> list[Reason]:
    """Terugkoppelen met een elektronisch bericht kan alleen als de melding zo kwam en de afzender zo antwoord wil."""
    if came_as_message and answer_url:
        return []
    sentence = _("Deze melder neemt geen elektronisch bericht aan. Bel, en leg dat vast.")
    return [Reason("no_answer_address", sentence, "Wmo 2015 4.1.1 lid 2 onder g")]


@rule(source="Digikoppeling: organisatie-identificatienummer", binds="de beheerder")
def is_an_oin(number: str) -> list[Reason]:
    """Een afzender herkennen wij aan het organisatienummer in het certificaat: twintig cijfers."""
    if len(number) == 20 and number.isascii() and number.isdecimal():
        return []
    return [Reason("oin", _("Een organisatienummer (OIN) heeft twintig cijfers."), "Digikoppeling")]


@rule(source="harm B35; AVG artikel 32", binds="de beheerder")
def may_be_sent_to(url: str) -> list[Reason]:
    """Antwoorden gaan alleen over een beveiligde verbinding."""
    if not url or (urlsplit(url).scheme == "https" and urlsplit(url).hostname):
        return []
    return [Reason("https", _("Het adres voor antwoorden begint met https://."), "AVG artikel 32")]
