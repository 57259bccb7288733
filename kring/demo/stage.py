"""Telling a story by actions: who acts, in an own transaction, as in a request of theirs."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from kring.accounts.models import Professional
from kring.accounts.queries import professional_viewer
from kring.accounts.sign_in import mint
from kring.circle import actions as circle
from kring.circle.access import open_family
from kring.circle.models import Family, Membership
from kring.circle.queries import my_invitations
from kring.demo.cast import fixed_id
from kring.families import actions as families
from kring.families.models import FamilyMember
from kring.locks.subject import Subject, Viewer, acting_as


@contextmanager
def as_(key: str) -> Iterator[Viewer]:
    """Act as one of the cast."""
    with acting_as(Subject(mint(fixed_id(key), "professional"), "demo")), transaction.atomic():
        yield professional_viewer(fixed_id(key))


def years_ago(years: int, days: int = 40) -> date:
    """Somebody's birthday so that they are that old today."""
    today = timezone.localdate()
    return (
        date(today.year - years, 1, 15)
        if days == 0
        else date(today.year - years, today.month, min(today.day, 28)) - timedelta(days=days)
    )


def join(family: Family, inviter: str, who: str, role: str, ground: str = "directly_involved", **scope: object) -> None:
    """One invites, the other accepts by name."""
    with as_(inviter) as by:
        circle.invite(
            by=by,
            family=family,
            professional=Professional.objects.get(pk=fixed_id(who)),
            role=role,
            ground=ground,
            **scope,
        )  # type: ignore[arg-type]
    with as_(who) as by:
        asked = next(one for one in my_invitations() if one.family_id == family.id)
        circle.answer_invitation(by=by, invitation_id=asked.id, accept=True)


def membership(family: Family, who: str) -> Membership:
    return Membership.objects.get(family=family, professional_id=fixed_id(who), until_at__isnull=True)


def face(family: Family, by_key: str, who: str, deputy: str | None = None) -> None:
    with as_(by_key) as by:
        circle.set_fixed_face(
            by=by, family=family, face=membership(family, who), deputy=membership(family, deputy) if deputy else None
        )


def sight(family: Family, giver: str, receiver: str) -> None:
    """Sight on safety is offered, and passes when the other accepts."""
    with as_(giver) as by:
        circle.offer_sight(by=by, family=family, to=membership(family, receiver))
    with as_(receiver) as by:
        circle.accept_sight(by=by, family=family)


def people(family: Family, by_key: str, **given: dict[str, object]) -> dict[str, FamilyMember]:
    """Add members: key to facts."""
    with as_(by_key) as by:
        open_family(by, family.id, "gezin invullen")
        return {key: families.add_member(by=by, family=family, **facts) for key, facts in given.items()}  # type: ignore[arg-type]


def bsn(number: int) -> str:
    """An invented number that passes the eleven test and is not given out (it begins with 9999)."""
    for last in range(10):
        digits = f"9999{number:04d}{last}"
        if sum(int(d) * w for d, w in zip(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True)) % 11 == 0:
            return digits
    return bsn(number + 5000)
