"""Whatever people do in whatever order, each sees and changes exactly what ten lines of Python say."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from kring.accounts.models import Professional
from kring.circle import actions
from kring.circle.access import NotThere, open_family
from kring.circle.models import ContactCard, Family, Membership
from kring.demo.cast import Cast
from kring.lifecycle.reasons import NotAllowed
from kring.locks.subject import Subject, Viewer, acting_as
from tests.bed import mint

PEOPLE = ("amira", "samira", "koen", "noor")  # Amira is of the desk; Tom founds and lets in
KIND = ContactCard.lock.kind  # type: ignore[attr-defined]
SCOPES = (None, (KIND,), ("no_such_kind",))
TOKENS: dict[str, str] = {}
any_of = st.integers(0, 99)


class Model:
    """The ten lines: who is in, what it opens for them, and which family each card is of."""

    def __init__(self) -> None:
        self.inside: dict[uuid.UUID, dict[str, tuple[str, ...] | None]] = {}
        self.cards: dict[uuid.UUID, uuid.UUID] = {}

    def families(self, who: str) -> set[uuid.UUID]:
        return {family for family, members in self.inside.items() if who in ("tom", "amira") or who in members}

    def readable(self, who: str) -> set[uuid.UUID]:
        desk, kinds = who in ("tom", "amira"), {f: m.get(who, ()) for f, m in self.inside.items()}
        return {f for f in self.families(who) if desk or kinds[f] is None or KIND in (kinds[f] or ())}

    def visible(self, who: str) -> set[uuid.UUID]:
        return {card for card, family in self.cards.items() if family in self.readable(who)}


class Circles(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.cast, self.model = Cast(), Model()
        self.outer = transaction.atomic()
        self.outer.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    @contextmanager
    def as_(self, who: str, *, open_all: bool = False) -> Iterator[Viewer]:
        viewer: Viewer = getattr(self.cast, who)
        with acting_as(Subject(TOKENS.setdefault(who, mint(viewer.id)), "model")), transaction.atomic():
            for family in self.model.families(who) if open_all else ():
                open_family(viewer, family, "model")
            yield viewer

    def family(self, number: int) -> uuid.UUID:
        return list(self.model.inside)[number % len(self.model.inside)]

    @precondition(lambda self: len(self.model.inside) < 3)
    @rule()
    def found(self) -> None:
        with self.as_("tom") as tom:
            family = actions.found_family(
                by=tom, label="Gezin", desk_id=self.cast.organisation("veilig_thuis"), assessed_before=date(2040, 1, 1)
            )
            actions.take_up_sight(by=tom, family=family)
        self.model.inside[family.id] = {}

    @precondition(lambda self: self.model.inside)
    @rule(number=any_of, who=st.sampled_from(PEOPLE[1:]), scope=st.sampled_from(SCOPES))
    def admit(self, number: int, who: str, scope: tuple[str, ...] | None) -> None:
        family = self.family(number)
        if who in self.model.inside[family]:
            return
        with self.as_("tom") as tom:
            professional = Professional.objects.select_related("organisation").get(pk=getattr(self.cast, who).id)
            actions.admit(
                by=tom,
                family=Family(id=family),
                role="care_provider",
                ground="consent",
                professional=professional,
                opens_kinds=scope,
            )
        self.model.inside[family][who] = scope

    @precondition(lambda self: any(self.model.inside.values()))
    @rule(number=any_of, who=st.sampled_from(PEOPLE[1:]))
    def leave(self, number: int, who: str) -> None:
        family = self.family(number)
        if self.model.inside[family].pop(who, "outside") == "outside":
            return
        with self.as_(who) as viewer:
            mine = Membership.objects.get(family_id=family, professional_id=viewer.id, until_at__isnull=True)
            actions.end_membership(by=viewer, membership=mine, reason="klaar")

    @precondition(lambda self: self.model.inside)
    @rule(number=any_of, who=st.sampled_from(PEOPLE), opened=st.booleans())
    def write(self, number: int, who: str, opened: bool) -> None:
        family, card = self.family(number), uuid.uuid4()
        may = opened and family in self.model.readable(who)
        with self.as_(who, open_all=opened):
            assert self.goes(lambda: ContactCard.objects.create(id=card, family_id=family, kind="school", name="x", may_know="x", agreed="")) == may  # fmt: skip
        if may:
            self.model.cards[card] = family

    @precondition(lambda self: self.model.cards)
    @rule(number=any_of, who=st.sampled_from(PEOPLE), opened=st.booleans(), where=st.booleans())
    def change(self, number: int, who: str, opened: bool, where: bool) -> None:
        one = list(self.model.cards)[number % len(self.model.cards)]
        cards = ContactCard.objects.filter(pk=one) if where else ContactCard.objects.all()
        visible = self.model.visible(who) if opened else set()
        with self.as_(who, open_all=opened):
            assert cards.update(agreed="anders") == len(visible & {one} if where else visible)

    @precondition(lambda self: self.model.cards)
    @rule(number=any_of, to=any_of, who=st.sampled_from(PEOPLE), where=st.booleans())
    def move(self, number: int, to: int, who: str, where: bool) -> None:
        one, target = list(self.model.cards)[number % len(self.model.cards)], self.family(to)
        cards = ContactCard.objects.filter(pk=one) if where else ContactCard.objects.all()
        touched = self.model.visible(who) & ({one} if where else set(self.model.cards))
        with self.as_(who, open_all=True):
            went = self.goes(lambda: cards.update(family_id=target))
        assert went == (not touched or target in self.model.readable(who))
        if went:
            self.model.cards.update(dict.fromkeys(touched, target))

    @invariant()
    def everybody_sees_what_the_model_says(self) -> None:
        for who in PEOPLE:
            with self.as_(who):
                assert set(Family.objects.values_list("pk", flat=True)) == self.model.families(who)
                assert not ContactCard.objects.exists()
            with self.as_(who, open_all=True):
                assert set(ContactCard.objects.values_list("pk", flat=True)) == self.model.visible(who)

    def goes(self, act: object) -> bool:
        try:
            with transaction.atomic():
                act()  # type: ignore[operator]
        except (DatabaseError, NotAllowed, NotThere):
            return False
        return True


@pytest.mark.django_db
def test_what_everybody_sees_equals_the_model() -> None:
    TOKENS.clear()
    run_state_machine_as_test(
        Circles,
        settings=settings(
            max_examples=8, stateful_step_count=12, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
