"""Two boys of one name and birth date: what was filed wrong disappears everywhere (story 28, harm B15)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from kring.accounts.models import Professional
from kring.circle.access import NotThere, open_family
from kring.circle.actions import admit, end_membership, set_fixed_face, take_up_sight
from kring.circle.models import Family, Membership
from kring.demo.cast import Cast
from kring.duty.models import Alarm, AlarmCall
from kring.families import actions as families
from kring.families.models import CitizenNumber, FamilyMember, PlaceClue, SecretAddress
from kring.intake import actions, queries
from kring.intake.models import BreachNote, ConcernedPerson, ConcernReport, ReportContent, SafetyAssessment, Telling
from kring.intake.models.report import OfReport
from kring.intake.tests.stories import DAAN, FATMA, SHOUTING, UNSAFE, a_report, by_a_stranger, members, reported
from kring.lifecycle.models import Happening, Transition
from kring.locks.subject import Viewer
from tests.bed import acting, as_system, browser

pytestmark = pytest.mark.django_db
OTHER_DAAN = replace(DAAN, address=None)
EARLIER = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
SECOND = replace(SHOUTING, what_happened="De andere jongen liep weg van school en zei dat hij bang was.")


@pytest.fixture
def known(cast: Cast) -> ConcernReport:
    """The De Vries family, with Samira as its fixed face."""
    report = reported(cast, at=EARLIER)
    with acting(cast.tom) as tom:
        family = Family.objects.get(pk=report.family_id)
        samira = Professional.objects.select_related("organisation").get(pk=cast.samira.id)
        face = admit(
            by=tom, family=family, role="local_professional", ground="veilig_thuis_transfer", professional=samira
        )
        set_fixed_face(by=tom, family=family, face=face)
    return report


def attached(cast: Cast, known: ConcernReport, **changes: Any) -> ConcernReport:
    """A new report about another Daan, attached by Tom to the family he takes it for."""
    with acting(cast.tom) as tom:
        report = a_report(tom, cast, **({"people": [OTHER_DAAN], "concern": SECOND} | changes))
        page = queries.report_page(tom, report.family_id, report.id)
        family = queries.known_families(page)[str(known.family_id)]
        open_family(tom, family.id, "nagaan")
        same = queries.same_people(report, family)
        return actions.attach_report(by=tom, report=page.report, family=family, same=same)


def test_a_report_about_a_known_family_reaches_the_circle_and_counts_as_a_follow_up(
    cast: Cast, known: ConcernReport
) -> None:
    report = attached(cast, known, concern=replace(SECOND, urgency="now"))
    assert report.trajectory == "follow_up"
    with acting(cast.samira) as samira:
        people = members(samira, report)
        assert len(people) == 3  # Daan is the same, nobody was doubled
        assert ReportContent.objects.filter(report=report).exists()
        called = AlarmCall.objects.filter(alarm__family_id=known.family_id, alarm__urgency="now")
        assert cast.samira.id in called.values_list("professional_id", flat=True)


def test_a_report_after_everything_was_closed_is_a_re_report(cast: Cast) -> None:
    first = reported(cast, people=[DAAN])
    with acting(cast.tom) as tom:
        actions.take_up(by=tom, report=first)
        report = ConcernReport.objects.select_related("desk").get(pk=first.pk)
        actions.assess(by=tom, report=report, member=members(tom, report)["Daan"], **UNSAFE)
        actions.decide(
            by=tom, report=report, outcome="VT-01-03", reasons="Er is al genoeg hulp en het is nu rustig thuis."
        )
        for telling in Telling.objects.filter(report=report):
            actions.tell_person(by=tom, telling=telling, channel="in_person", how="op school")
        for moment in (1, 2):
            actions.give_feedback(by=tom, report=report, moment=moment, how="phone", text="klaar")
        actions.close(by=tom, report=report)
    assert attached(cast, first).trajectory == "re_report"


def test_the_provisional_family_that_a_report_left_holds_nobody_and_is_found_by_nothing(
    cast: Cast, known: ConcernReport
) -> None:
    with acting(cast.tom) as tom:
        left = a_report(tom, cast, people=[DAAN, FATMA], concern=SECOND)
    with acting(cast.tom) as tom:
        page = queries.report_page(tom, left.family_id, left.id)
        open_family(tom, known.family_id, "nagaan")
        family = Family.objects.get(pk=known.family_id)
        actions.attach_report(by=tom, report=page.report, family=family, same=queries.same_people(left, family))
    with acting(cast.tom) as tom:
        open_family(tom, left.family_id, "nagaan")
        assert {member.surname for member in FamilyMember.objects.filter(family_id=left.family_id)} == {""}
        assert not Happening.objects.filter(family_id=left.family_id, payload__report_id=str(left.id)).exists()


def test_what_was_filed_wrong_leaves_no_row_behind_and_keeps_its_first_day(cast: Cast, known: ConcernReport) -> None:
    report = attached(cast, known, at=EARLIER)
    with acting(cast.samira) as samira:
        open_family(samira, known.family_id, "lezen wat er speelt")
    with acting(cast.tom) as tom:
        page = queries.report_page(tom, known.family_id, report.id)
        moved = actions.take_out_report(by=tom, report=page.report, reason="Andere Daan: zelfde naam en geboortedatum.")
    assert moved.family_id != known.family_id
    assert (moved.received_at, moved.assess_by, moved.tell_by) == (EARLIER, report.assess_by, report.tell_by)
    with acting(cast.samira) as samira:
        assert set(members(samira, known)) == {"Daan", "Lisa", "Fatma"}
        for model in apps.get_app_config("intake").get_models():
            if issubclass(model, OfReport):
                assert not model._default_manager.filter(report_id=report.id).exists(), model
        assert not Happening.objects.filter(payload__report_id=str(report.id)).exists()
        assert not Transition.objects.filter(thing_id=report.id).exists()
        assert Alarm.objects.filter(pk__in=moved.alarm_ids).count() == 0
        assert Alarm.objects.count() == len(known.alarm_ids)
        with pytest.raises(NotThere):
            open_family(samira, moved.family_id, "test")
    assert browser(cast.samira).get(f"/gezin/{known.family_id}/melding/{report.id}/").status_code == 404


def test_the_right_family_has_its_own_people_and_nobody_elses(cast: Cast, known: ConcernReport) -> None:
    with acting(cast.tom) as tom:
        page = queries.report_page(tom, known.family_id, attached(cast, known).id)
        moved = actions.take_out_report(by=tom, report=page.report, reason="Andere Daan.")
        assert set(members(tom, moved)) == {"Daan"}
        assert FamilyMember.objects.get(family_id=moved.family_id).birth.exact == date(2017, 3, 2)
        assert Telling.objects.get(report=moved).member.family_id == moved.family_id


def test_who_saw_it_is_in_a_note_at_the_desk_and_must_be_decided_in_72_hours(cast: Cast, known: ConcernReport) -> None:
    report = attached(cast, known)
    with acting(cast.samira) as samira:
        open_family(samira, known.family_id, "lezen wat er speelt")
    with acting(cast.tom) as tom:
        page = queries.report_page(tom, known.family_id, report.id)
        actions.take_out_report(by=tom, report=page.report, reason="Andere Daan.")
        note = BreachNote.objects.get()
        assert (note.notify_by - note.found_at).total_seconds() == 72 * 3600
        assert "Samira El Idrissi" in [one.name for one in queries.who_saw(note)]
    client = browser(cast.tom)
    assert "Samira El Idrissi" in client.get(f"/meldingen/datalek/{note.id}/").content.decode()
    sent = {
        "idempotency_key": "6d5b0a0e-1f6e-4b57-9a34-0b6a3a3d0099",
        "authority": "Gemeld op 2 november.",
        "people": "Verteld.",
    }
    assert client.post(f"/meldingen/datalek/{note.id}/", sent).status_code == 302
    assert browser(cast.samira).get(f"/meldingen/datalek/{note.id}/").status_code == 404


def test_a_page_takes_it_out_after_a_second_look_only(cast: Cast, known: ConcernReport) -> None:
    report = attached(cast, known)
    client, path = browser(cast.tom), f"/gezin/{known.family_id}/melding/{report.id}/hoort-hier-niet/"
    sent = {"idempotency_key": "6d5b0a0e-1f6e-4b57-9a34-0b6a3a3d0099", "reason": "Andere Daan."}
    assert client.post(path, sent).status_code == 200
    assert client.post(path, sent | {"sure": "on"}).status_code == 302
    assert client.get(f"/gezin/{known.family_id}/melding/{report.id}/").status_code == 404


def test_a_page_attaches_to_a_family_with_the_same_name_and_birth_date(cast: Cast, known: ConcernReport) -> None:
    with acting(cast.tom) as tom:
        report = a_report(tom, cast, people=[OTHER_DAAN], concern=SECOND)
    client, path = browser(cast.tom), f"/gezin/{report.family_id}/melding/{report.id}/bij-gezin/"
    assert "Gezin de Vries" in client.get(path).content.decode()
    sent = {"idempotency_key": "6d5b0a0e-1f6e-4b57-9a34-0b6a3a3d0099", "family": str(known.family_id), "sure": "on"}
    assert client.post(path, sent).status_code == 302
    with acting(cast.tom):
        assert ConcernReport.objects.get(pk=report.pk).family_id == known.family_id


def test_nobody_moves_traces_of_a_report_between_families_of_others(cast: Cast, known: ConcernReport) -> None:
    with acting(cast.samira), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select sec.take_out_report(%s, %s, %s, %s)", [known.id, known.family_id, known.family_id, []])


@pytest.mark.django_db(transaction=True)
def test_only_an_exact_number_and_birth_date_attach_by_themselves(cast: Cast) -> None:
    from kring.intake.tasks import find_known_family

    numbered = replace(DAAN, bsn="123456782")
    first = reported(cast, people=[numbered], at=EARLIER)
    same_name = reported(cast, people=[DAAN])
    exact = reported(cast, people=[numbered])
    for report in (same_name, exact):
        with as_system() as system:
            find_known_family.func.__wrapped__(by=system, report_id=str(report.id), family_id=str(report.family_id))
    with acting(cast.tom):
        found = {one.id: one for one in ConcernReport.objects.all()}
        assert found[same_name.id].family_id == same_name.family_id
        assert (found[exact.id].family_id, found[exact.id].attached_how) == (first.family_id, "exact")
        assert Membership.objects.filter(family_id=first.family_id, desk__isnull=False).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_desk_that_comes_to_a_known_family_reads_what_it_needs_and_the_family_does_not_see_it_come(
    cast: Cast,
) -> None:
    from kring.intake.tasks import find_known_family

    numbered = replace(DAAN, bsn="123456782")
    known = reported(cast, people=[numbered], at=EARLIER)
    with acting(cast.tom) as tom:
        family = Family.objects.get(pk=known.family_id)
        person_id = members(tom, known)["Daan"].person_id
        admit(by=tom, family=family, role="family_member", ground="self", person_id=person_id)
        take_up_sight(by=tom, family=family)
        desk = Membership.objects.get(family=family, desk__isnull=False)
        end_membership(by=tom, membership=desk, reason="de beoordeling is klaar")
    report = reported(cast, people=[numbered])
    with as_system() as system:
        find_known_family.func.__wrapped__(by=system, report_id=str(report.id), family_id=str(report.family_id))
    with acting(cast.amira) as amira:
        desk = Membership.objects.get(family_id=known.family_id, desk__isnull=False, until_at__isnull=True)
        assert "money" not in desk.opens_kinds
        open_family(amira, known.family_id, "test")
        assert ReportContent.objects.filter(report=report).exists()
    with acting(Viewer(person_id, "person", "")):
        assert not Membership.objects.filter(pk=desk.pk).exists()


def test_a_sister_added_by_hand_goes_along_with_everything_that_is_known_of_her(
    cast: Cast, known: ConcernReport
) -> None:
    with acting(cast.tom) as tom:
        report = actions.take_up(by=tom, report=a_report(tom, cast, people=[OTHER_DAAN], concern=SECOND))
        family = Family.objects.get(pk=report.family_id)
        noor = families.add_member(by=tom, family=family, given_names="Noor", bsn="123456782", born_on=date(2021, 5, 1))
        home = families.start_household(by=tom, family=family, members=[noor])
        families.set_secret_address(by=tom, household=home, street="Schuilhof", house_number="7")
        families.add_place_clue(by=tom, member=noor, kind="phone", text="06 11111111")
        actions.assess(by=tom, report=report, member=noor, **UNSAFE)
        families.change_member(by=tom, member=noor, given_names="Noor Fleur")
    with acting(cast.tom) as tom:
        page = queries.report_page(tom, report.family_id, report.id)
        open_family(tom, known.family_id, "nagaan")
        family = Family.objects.get(pk=known.family_id)
        same = queries.same_people(report, family)
        actions.attach_report(by=tom, report=page.report, family=family, same=same)
        carried = members(tom, known)["Noor Fleur"]
        assert SafetyAssessment.objects.get(report=report).member_id == carried.id
        assert ConcernedPerson.objects.get(report=report, member=carried).was_added
        assert CitizenNumber.objects.get(member=carried).bsn == "123456782"
        assert PlaceClue.objects.get(member=carried).text == "06 11111111"
        assert SecretAddress.objects.get(household__residences__member=carried).street == "Schuilhof"
        assert len(members(tom, known)) == 4
        open_family(tom, report.family_id, "nagaan")
        assert "Noor Fleur" not in {one.given_names for one in FamilyMember.objects.filter(family_id=page.opened.id)}


def test_two_in_a_report_who_look_like_one_known_child_stay_two(cast: Cast, known: ConcernReport) -> None:
    report = attached(cast, known, people=[OTHER_DAAN, replace(OTHER_DAAN, called="Daantje")])
    with acting(cast.tom) as tom:
        members(tom, known)
        people = ConcernedPerson.objects.filter(report=report).values_list("member_id", flat=True)
        assert (len(set(people)), FamilyMember.objects.filter(family_id=known.family_id).count()) == (2, 4)


def test_what_was_assessed_of_the_wrong_familys_own_people_goes_to_nobody(cast: Cast, known: ConcernReport) -> None:
    report = attached(cast, known)
    with acting(cast.tom) as tom:
        report = actions.take_up(by=tom, report=report)
        actions.assess(by=tom, report=report, member=members(tom, known)["Lisa"], **UNSAFE)
        moved = actions.take_out_report(by=tom, report=report, reason="Andere Daan.")
        assert not SafetyAssessment.objects.filter(report=moved).exists()
        assert {one.member.family_id for one in Telling.objects.filter(report=moved)} == {moved.family_id}


def test_the_reporters_receipt_does_not_tell_that_somebody_already_watched_this_family(
    cast: Cast, known: ConcernReport
) -> None:
    report, code = by_a_stranger(cast, people=[OTHER_DAAN])
    with acting(cast.tom) as tom:
        take_up_sight(by=tom, family=known.family)
        page = queries.report_page(tom, report.family_id, report.id)
        open_family(tom, known.family_id, "nagaan")
        actions.attach_report(by=tom, report=page.report, family=known.family)
    assert queries.receipt_behind(code).held is False
    with acting(cast.tom) as tom:
        actions.take_up(by=tom, report=ConcernReport.objects.get(pk=report.pk))
    assert queries.receipt_behind(code).held is True
