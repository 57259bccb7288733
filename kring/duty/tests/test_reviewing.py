"""Every emergency look-up is judged afterwards, by somebody outside the team; the family sees it when that is safe."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from kring.circle import actions as circle
from kring.circle.access import open_family
from kring.circle.models import Family
from kring.demo.cast import Cast
from kring.duty import actions, queries
from kring.duty.models import LookUpReview
from kring.duty.tests.night import roster, with_a_circle
from kring.families import actions as families
from kring.families import lookup
from kring.families.models import LookupKind
from kring.lifecycle.hooks import registered
from kring.lifecycle.reasons import NotAllowed
from kring.locks.subject import Viewer
from tests.bed import acting, browser

pytestmark = pytest.mark.django_db
BSN, REASON = "999990019", "Politie belt: kind van 9 loopt alleen op straat."


def looked_up(cast: Cast) -> tuple[Family, Viewer, uuid.UUID]:
    """Ruben, on duty, looked up the family of Daan, who has a portal of his own."""
    family = with_a_circle(cast)
    with acting(cast.joost) as joost:
        daan = families.add_member(by=joost, family=family, bsn=BSN, given_names="Daan", born_on=date(2012, 5, 3))
        circle.admit(by=joost, family=family, role="family_member", ground="self", person_id=daan.person_id)
    roster(cast, "regional", "raad", (cast.ruben, timezone.now() - timedelta(hours=1), 8))
    with acting(cast.ruben) as ruben:
        actions.emergency_look_up(by=ruben, keys=[(LookupKind.BSN, lookup.of_bsn(BSN))], reason=REASON)
    with acting(cast.hanna):
        return family, Viewer(daan.person_id, "person", "Daan"), LookUpReview.objects.get().id


def judge(cast: Cast, review_id: uuid.UUID, **answers) -> object:
    hanna, address = browser(cast.hanna), f"/piket/toetsen/{review_id}/"
    form = hanna.get(address).context["form"]
    today = timezone.localdate()
    sent = {"idempotency_key": form["idempotency_key"].value(), "version": form["version"].value() or ""}
    return hanna.post(address, sent | {"justified": "yes", "why": "Kind alleen buiten.", "shown_from": today} | answers)


def seen_by(viewer: Viewer, family: Family) -> list[queries.ShownLookUp]:
    with acting(viewer):
        return queries.look_ups_of(open_family(viewer, family.id, "test"))


def test_only_reviewers_find_what_waits(cast: Cast) -> None:
    _, daan, review_id = looked_up(cast)
    for other in (cast.ruben, cast.amira, cast.samira, cast.femke, cast.ilse, cast.saskia, daan):
        with acting(other):
            assert LookUpReview.objects.count() == 0
        for address in ("/piket/toetsen/", f"/piket/toetsen/{review_id}/"):
            assert browser(other).get(address).status_code == 404
    page = browser(cast.hanna).get(f"/piket/toetsen/{review_id}/").content.decode()
    assert REASON in page
    assert "Ruben Meijer" in page
    assert "De Vries" not in page


def test_it_waits_on_the_reviewers_desk_until_it_is_judged(cast: Cast) -> None:
    _, _, review_id = looked_up(cast)
    with acting(cast.hanna) as hanna:
        (waiting,) = registered("desk")["duty"](hanna)
        assert (waiting.sub, waiting.path) == ("1 noodopvraging", "/piket/toetsen/")
    assert judge(cast, review_id).status_code == 302
    with acting(cast.hanna) as hanna:
        assert registered("desk")["duty"](hanna) == []


def test_the_family_sees_it_once_it_is_judged_safe(cast: Cast) -> None:
    family, daan, review_id = looked_up(cast)
    assert seen_by(daan, family) == []
    judge(cast, review_id)
    (shown,) = seen_by(daan, family)
    assert (shown.organisation, shown.justified) == ("Raad voor de Kinderbescherming, locatie Waterrijk", True)


def test_when_knowing_it_is_dangerous_the_family_sees_it_later_and_the_reason_is_kept(cast: Cast) -> None:
    family, daan, review_id = looked_up(cast)
    later = timezone.localdate() + timedelta(days=30)
    without = judge(cast, review_id, shown_from=later)
    assert "Schrijf op waarom het gezin dit later ziet." in without.content.decode()
    judge(cast, review_id, shown_from=later, shown_why="Vader leest mee.")
    assert seen_by(daan, family) == []
    assert len(seen_by(cast.samira, family)) == 1
    with acting(cast.hanna):
        review = LookUpReview.objects.get()
        assert (review.shown_why, review.judged_by_id) == ("Vader leest mee.", cast.hanna.id)


def test_it_is_judged_once(cast: Cast) -> None:
    _, _, review_id = looked_up(cast)
    judge(cast, review_id)
    with acting(cast.hanna) as hanna, pytest.raises(NotAllowed), transaction.atomic():
        actions.judge_look_up(
            by=hanna,
            review=LookUpReview.objects.get(),
            justified=False,
            why="Toch niet.",
            shown_from=timezone.localdate(),
        )
    page = browser(cast.hanna).get(f"/piket/toetsen/{review_id}/").content.decode()
    assert "terecht" in page
    assert "<textarea" not in page


def test_the_judgement_does_not_name_the_family_on_the_list(cast: Cast) -> None:
    looked_up(cast)
    page = browser(cast.hanna).get("/piket/toetsen/").content.decode()
    assert "Ruben Meijer" in page
    assert "De Vries" not in page
