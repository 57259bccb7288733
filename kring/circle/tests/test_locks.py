"""The second lock: what the database itself refuses, whatever the code asks."""

import uuid
from datetime import date

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from kring.circle import actions
from kring.circle.models import Circle, ContactCard, Family, Membership
from kring.demo.cast import Cast
from kring.locks.subject import NoSubject, Subject, acting_as
from tests.bed import acting, as_system, door, mint

pytestmark = pytest.mark.django_db


def found(cast: Cast, label: str = "Gezin De Vries") -> Family:
    with acting(cast.tom) as tom:
        return actions.found_family(
            by=tom, label=label, desk_id=cast.organisation("veilig_thuis"), assessed_before=date(2030, 1, 1)
        )


def test_a_query_without_a_subject_is_loud_also_on_a_reused_connection(cast: Cast) -> None:
    with acting(cast.tom):
        assert Family.objects.count() == 0
    with pytest.raises(DatabaseError), transaction.atomic():
        Family.objects.count()


def test_the_desk_sees_what_it_founded_and_a_colleague_elsewhere_does_not(cast: Cast) -> None:
    family = found(cast)
    with acting(cast.amira):
        assert list(Family.objects.all()) == [family]
    for outsider in (cast.samira, cast.joost, cast.noor, cast.ilse):
        with acting(outsider):
            assert Family.objects.count() == 0
            assert Membership.objects.count() == 0
            assert Circle.objects.count() == 0


def test_content_stays_shut_until_it_is_opened_in_this_request(cast: Cast) -> None:
    family = found(cast)
    with acting(cast.tom) as tom:
        actions.take_up_sight(by=tom, family=family)
        actions.write_contact_card(
            by=tom, family=family, kind="school", name="Wendy", organisation="De Regenboog", may_know="niets", agreed=""
        )
        assert ContactCard.objects.count() == 1
    with acting(cast.tom):
        assert ContactCard.objects.count() == 0


def test_nobody_writes_membership_but_the_definer_functions(cast: Cast) -> None:
    family = found(cast)
    with acting(cast.tom), pytest.raises(DatabaseError), transaction.atomic():
        Membership.objects.filter(family=family).update(ground_note="ik")
    with acting(cast.samira), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select sec.admit(%s,%s,%s,null,null,'expert','consent','',null,null,null,null,null,'everyone',null)",
            [uuid.uuid4(), family.id, cast.samira.id],
        )


def test_only_the_jobs_role_can_be_the_system(cast: Cast) -> None:
    token = mint(uuid.uuid4(), "system")
    with acting_as(Subject(token, "inbraak")), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select sec.me()")
        assert cursor.fetchone() == (None,)
    with door("app") as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("select sec.begin_job(%s, %s)", [uuid.uuid4(), uuid.uuid4()])


def test_the_app_role_finds_no_password_session_or_trail() -> None:
    with door("app") as app:
        for table in ("accounts_account", "django_session", "mfa_authenticator", "sec.session", "trail.event"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(f"select * from {table}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("select sec.sign_in(gen_random_uuid(), gen_random_uuid(), 'professional', 1)")


def test_a_subject_outside_a_transaction_is_refused(cast: Cast) -> None:
    with acting_as(Subject(mint(cast.tom.id), "x")):
        connection.in_atomic_block, kept = False, connection.in_atomic_block
        try:
            with pytest.raises(NoSubject):
                Family.objects.count()
        finally:
            connection.in_atomic_block = kept


@pytest.mark.django_db(transaction=True)
def test_a_job_sees_only_the_family_it_opened(cast: Cast) -> None:
    one, _other = found(cast, "Gezin De Vries"), found(cast, "Familie Yıldız")
    with as_system() as system:
        assert Family.objects.count() == 0
        with connection.cursor() as cursor:
            cursor.execute("select sec.open_family(%s, 'koppelen')", [one.id])
        assert [family.label for family in Family.objects.all()] == ["Gezin De Vries"]
        assert system.kind == "system"
