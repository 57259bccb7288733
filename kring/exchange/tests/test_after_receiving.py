"""What a received message sets in motion: people, an alarm, the right family, and an answer to who sent it."""

import pytest

from kring.circle.access import open_family
from kring.circle.models import Family
from kring.duty.models import Alarm
from kring.exchange.models import OutgoingMessage, ReceivedMessage
from kring.exchange.queries import waiting
from kring.exchange.tests.sending import counted, let_in, ready, send
from kring.families.models import CitizenNumber, FamilyMember
from kring.intake import actions as intake
from kring.intake.models import ConcernReport, Reporter
from kring.intake.tasks import find_known_family
from kring.lifecycle.reasons import NotAllowed
from tests.bed import acting, browser, jobs_role

pytestmark = pytest.mark.django_db(transaction=True)
ANSWERS = "https://politie.example/antwoord"


@pytest.fixture(autouse=True)
def _from_our_proxy(settings):
    from ipaddress import ip_network

    settings.EXCHANGE_PROXIES = [ip_network("10.0.0.5")]


def reports(viewer):
    with acting(viewer):
        return list(ConcernReport.objects.order_by("recorded_at"))


def look_for_known_families(cast):
    """What the worker does after each report."""
    for report in reports(cast.tom):
        with jobs_role():
            find_known_family(report_id=str(report.id), family_id=str(report.family_id))


def test_the_people_the_alarm_and_the_reporter_are_there_at_once(cast):
    let_in(cast)
    send(ready("vt_melding"))
    with acting(cast.tom) as tom:
        family = Family.objects.get()
        open_family(tom, family.id, "test")
        names = set(FamilyMember.objects.values_list("given_names", flat=True))
        assert {"Noor", "Sami", "Marijke", "Rob", "Karim", "Tom", "ongeboren"} <= names
        assert CitizenNumber.objects.count() == 4
        assert Reporter.objects.get().organisation == "Politie, basisteam Polder"
        assert Alarm.objects.get().urgency == "now"
    assert family.label == "Gezin de Bakker"


def test_what_had_no_place_waits_on_the_desk_until_somebody_says_that_it_was_read(cast):
    let_in(cast)
    send(ready("zorgmelding"))
    with acting(cast.tom) as tom:
        lines = waiting(tom)
    assert [line.sub for line in lines] == ["Bij het bericht hoort iets dat niet in de melding staat."]
    page = browser(cast.tom).get(lines[0].path).content.decode()
    assert "Ik heb dit gelezen" in page
    assert browser(cast.samira).post(f"{lines[0].path}gelezen/").status_code == 404
    browser(cast.tom).post(f"{lines[0].path}gelezen/")
    with acting(cast.femke) as femke:
        assert waiting(femke) == []


def again(data: bytes) -> bytes:
    return data.replace(b"vt-2026-000932", b"vt-2026-000999")


def test_a_second_message_about_the_same_child_attaches_itself_with_its_original(cast):
    let_in(cast)
    send(ready("vt_melding"))
    send(again(ready("vt_melding")))
    look_for_known_families(cast)
    one, two = reports(cast.tom)
    assert one.family_id == two.family_id
    with acting(cast.tom) as tom:
        open_family(tom, one.family_id, "test")
        assert set(ReceivedMessage.objects.values_list("report_id", flat=True)) == {one.id, two.id}


@pytest.mark.parametrize(
    ("what", "other"),
    [
        (b"20120504", b"20120505"),
        (b'indOnvolledigeDatum="V">20120504', b'indOnvolledigeDatum="D">20120500'),
        (b"999910036", b"999910097"),
    ],
)
def test_a_number_or_birth_date_that_differs_attaches_nothing(cast, what, other):
    """Nobody but the child is named in the second message; by name and address alone a person decides (B15)."""
    let_in(cast)
    send(ready("vt_melding"))
    data = again(ready("vt_melding"))
    for number in (b"999910048", b"999910061", b"999910073"):
        data = data.replace(b"<BG:inp.bsn>" + number + b"</BG:inp.bsn>", b"")
    send(data.replace(what, other))
    look_for_known_families(cast)
    assert counted(cast.tom)[0] == 2
    assert len({report.family_id for report in reports(cast.tom)}) == 2


def decided(cast, name, outcome):
    """The desk took the report up and decided; who is not of this desk redirects without assessing everybody."""
    send(ready(name))
    (report,) = reports(cast.tom)
    with acting(cast.tom) as tom:
        taken = intake.take_up(by=tom, report=report)
        return intake.decide(by=tom, report=taken, outcome=outcome, reasons="Hoort bij een andere regio.")


def feedback_by_message(cast, report):
    with acting(cast.tom) as tom:
        return intake.give_feedback(
            by=tom, report=report, moment=1, how="message", text="Dank u. Wij hebben u verwezen naar regio Veenland."
        )


def test_feedback_by_message_goes_to_the_system_that_reported(cast):
    let_in(cast, answer_url=ANSWERS)
    feedback_by_message(cast, decided(cast, "vt_melding", "VT-99"))
    going = OutgoingMessage.objects.get(kind="feedback")
    for words in (
        "vtTerugkoppelingDi01",
        "BVH-2026-118911",
        "Melding onjuist geadresseerd",
        "verwezen naar regio Veenland",
        "Veilig Thuis Waterrijk",
    ):
        assert words in going.body
    assert "Bakker" not in going.body


def test_a_sender_without_an_address_is_called_and_the_feedback_is_not_said_to_be_given(cast):
    let_in(cast)
    report = decided(cast, "vt_melding", "VT-99")
    with pytest.raises(NotAllowed, match="no_answer_address"):
        feedback_by_message(cast, report)
    assert not OutgoingMessage.objects.exists()
