"""What leaves Kring: one sentence, and never more than that; sent at least once and marked in one transaction."""

import uuid
from datetime import date

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection

from kring.circle import actions as circle
from kring.circle.models import Family
from kring.demo.cast import ORGANISATIONS, PEOPLE, Cast
from kring.families import actions as families
from kring.lifecycle.jobs import as_system
from kring.notices import actions, channels
from kring.notices.models import Dispatch, Notice
from kring.notices.tasks import send, send_what_stayed
from tests.bed import acting, door, jobs_role

pytestmark = pytest.mark.django_db(transaction=True)
LABEL = "Gezin Van der Meer-Oosterhuis"


class Provider:
    """A fake SMS provider; refuses while `down`."""

    sent: list[channels.Sign] = []
    down = False

    def send(self, sign: channels.Sign) -> None:
        if Provider.down:
            raise ConnectionError("provider")
        Provider.sent.append(sign)


@pytest.fixture(autouse=True)
def provider(settings):
    settings.SMS_ADAPTER = "kring.notices.tests.test_outbox.Provider"
    Provider.sent, Provider.down = [], False


def founded(cast: Cast) -> Family:
    with acting(cast.tom) as tom:
        desk = cast.organisation("veilig_thuis")
        family = circle.found_family(by=tom, label=LABEL, desk_id=desk, assessed_before=date(2030, 1, 1))
        circle.take_up_sight(by=tom, family=family)
    return family


def tell(cast: Cast, to_id: uuid.UUID, to_kind: str = "professional", **facts) -> None:
    with acting(cast.tom) as tom:
        actions.tell(by=tom, to_id=to_id, to_kind=to_kind, kind="duty.alarm", **facts)


def run_the_outbox() -> list[Dispatch]:
    """Every job that waits in the queue, as the worker runs it."""
    with connection.cursor() as cursor:
        cursor.execute("select args ->> 'dispatch_id' from procrastinate_jobs where task_name = 'notices.send'")
        waiting = [row[0] for row in cursor.fetchall()]
    with jobs_role():
        for dispatch_id in waiting:
            send(dispatch_id=dispatch_id)
        with as_system("nakijken"):
            return list(Dispatch.objects.order_by("recorded_at"))


def everything_that_left() -> str:
    mails = [f"{one.message().as_string()} {one.subject} {one.body}" for one in mail.outbox]
    return "\n".join([*mails, *(sign.sentence for sign in Provider.sent)])


def test_no_name_place_or_text_ever_leaves(cast: Cast) -> None:
    family = founded(cast)
    tell(cast, cast.samira.id, family_id=family.id, path="/piket/alarm/1/", urgent=True)
    run_the_outbox()
    left = everything_that_left().replace("samira@demo.invalid", "")
    assert "Er is een bericht voor u in Kring." in left
    secrets = ["Meer", "Oosterhuis", "Gezin", "alarm", "piket", str(family.id), "Waterrijk", "Havenwijk"]
    secrets += [surname for _, surname, *_ in PEOPLE.values()] + [name for name, *_ in ORGANISATIONS.values()]
    assert [secret for secret in secrets if secret.lower() in left.lower()] == []
    assert "/berichten" not in left


def test_what_is_urgent_goes_by_telephone_too(cast: Cast) -> None:
    tell(cast, cast.samira.id)
    assert [one.channels for one in run_the_outbox()] == ["mail"]
    tell(cast, cast.koen.id, urgent=True)
    assert [one.channels for one in run_the_outbox()] == ["mail", "mail sms"]


def test_a_job_that_runs_twice_sends_once(cast: Cast) -> None:
    tell(cast, cast.samira.id)
    run_the_outbox()
    run_the_outbox()
    assert len(mail.outbox) == 1


def test_when_the_provider_is_down_it_is_sent_later_under_the_same_key(cast: Cast) -> None:
    tell(cast, cast.samira.id, urgent=True)
    Provider.down = True
    with pytest.raises(ConnectionError):
        run_the_outbox()
    Provider.down = False
    assert [one.state for one in run_the_outbox()] == ["sent"]
    assert len({one.extra_headers["Message-ID"] for one in mail.outbox}) == 1


def test_a_mail_server_that_fails_loses_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(cast, cast.samira.id)
    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", lambda *_: (_ for _ in ()).throw(OSError("smtp")))
        with pytest.raises(OSError, match="smtp"):
            run_the_outbox()
    assert [one.state for one in run_the_outbox()] == ["sent"]


def test_what_stayed_after_a_long_outage_is_tried_again(cast: Cast) -> None:
    tell(cast, cast.samira.id)
    with door("owner") as owner:
        owner.execute("delete from procrastinate_jobs")
        owner.execute("update notices_dispatch set recorded_at = now() - interval '1 hour'")
    assert run_the_outbox()[0].state == "waiting"
    with jobs_role():
        assert send_what_stayed() == 1
    assert [one.state for one in run_the_outbox()] == ["sent"]


def test_what_was_read_meanwhile_is_not_sent(cast: Cast) -> None:
    tell(cast, cast.samira.id)
    with acting(cast.samira) as samira:
        actions.mark_read(by=samira, notice_id=Notice.objects.get().id)
    assert [(one.state, one.why) for one in run_the_outbox()] == [("not_sent", "read")]
    assert mail.outbox == []


def test_to_a_person_without_safe_contact_nothing_is_sent_and_the_duo_is_asked(cast: Cast) -> None:
    family, fatma = founded(cast), uuid.uuid4()
    tell(cast, fatma, "person", family_id=family.id, urgent=True)
    assert [one.state for one in run_the_outbox()] == ["handed_over"]
    assert everything_that_left() == ""
    with acting(cast.tom):
        notice = Notice.objects.get()
        assert (notice.kind, notice.family_id) == ("notices.tell_in_person", family.id)


def test_while_only_a_desk_watches_the_desk_is_asked(cast: Cast) -> None:
    with acting(cast.tom) as tom:
        desk = cast.organisation("veilig_thuis")
        family = circle.found_family(by=tom, label=LABEL, desk_id=desk, assessed_before=date(2030, 1, 1))
    tell(cast, uuid.uuid4(), "person", family_id=family.id)
    run_the_outbox()
    for viewer, told in ((cast.tom, 1), (cast.amira, 1), (cast.joost, 0)):
        with acting(viewer):
            assert Notice.objects.filter(kind="notices.tell_in_person").count() == told


def fatma_in(cast: Cast, family: Family, **agreed) -> uuid.UUID:
    with acting(cast.tom) as tom:
        fatma = families.add_member(by=tom, family=family, given_names="Fatma", surname="Yıldız")
        families.set_safe_contact(by=tom, member=fatma, **agreed)
    return fatma.person_id


def test_a_person_is_reached_as_agreed_and_no_other_way(cast: Cast) -> None:
    family = founded(cast)
    fatma = fatma_in(cast, family, channels=["sms"], phone="06 00000000", email="thuis@example.invalid")
    tell(cast, fatma, "person", family_id=family.id)
    assert [(one.state, one.channels) for one in run_the_outbox()] == [("sent", "sms")]
    assert [sign.address for sign in Provider.sent] == ["06 00000000"]
    assert mail.outbox == []


def test_an_agreement_that_only_people_can_keep_is_left_to_people(cast: Cast) -> None:
    family = founded(cast)
    fatma = fatma_in(cast, family, channels=["email"], email="f@example.invalid", when="alleen als hij werkt")
    tell(cast, fatma, "person", family_id=family.id)
    assert [one.state for one in run_the_outbox()] == ["handed_over"]
    assert everything_that_left() == ""


def test_who_reads_in_the_portal_only_gets_nothing_outside(cast: Cast) -> None:
    family = founded(cast)
    tell(cast, fatma_in(cast, family, channels=["portal"]), "person", family_id=family.id)
    assert [one.state for one in run_the_outbox()] == ["not_sent"]
    assert everything_that_left() == ""
