"""The professional's day, from what the rooms registered; index rows only, so families that were not opened stay shut."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from kring.accounts.models import Professional
from kring.circle.models import Family, Membership
from kring.circle.queries import find_in_my_families, my_families, name_of
from kring.lifecycle.hooks import registered
from kring.lifecycle.models import Happening
from kring.lifecycle.waiting import Waiting
from kring.lifecycle.words import sentence
from kring.locks.subject import Viewer
from kring.ui.initials import initials

ORDER = {"now": 0, "today": 1, "week": 2, "later": 3}


def everything_waiting(viewer: Viewer, family_id: UUID | None = None) -> list[Waiting]:
    """What every room says waits, the most urgent first; of one family when named."""
    found = [one for room in registered("desk").values() for one in room(viewer, family_id)]
    return sorted(found, key=lambda one: (ORDER[one.urgency], one.due or timezone.localdate()))


@dataclass(frozen=True)
class Day:
    """The desk of one professional today."""

    now: list[Waiting]
    this_week: list[Waiting]
    waiting_for: list[Waiting]
    first_name: str
    families: list["FamilyLine"]
    changed: list["Change"]
    hidden_families: int
    more_now: int
    more_this_week: int


@dataclass(frozen=True)
class FamilyLine:
    id: UUID
    label: str
    initials: str
    role: str
    sight: str
    provisional: bool
    note: str
    danger: bool


@dataclass(frozen=True)
class Change:
    sub: str
    family_id: UUID
    says: str
    happening: Happening


SHOWN = 40
FIRST = 25  # of what waits, the most urgent first; the rest is one press away
# A label begins with what kind of household it is; its initials are of the name.
SAYS_NOTHING = ("gezin ", "familie ", "mevrouw ", "meneer ", "melding ")


def _bare(label: str) -> str:
    return next((label[len(word) :] for word in SAYS_NOTHING if label.lower().startswith(word)), label)


def day(viewer: Viewer, everything: bool = False) -> Day:
    waiting = everything_waiting(viewer)
    mine = [one for one in waiting if one.waits_on_me]
    now = [one for one in mine if one.urgency in ("now", "today")]
    week = [one for one in mine if one.urgency in ("week", "later")]
    most = len(mine) if everything else FIRST
    members = list(my_families(viewer)[: SHOWN + 1])
    return Day(
        now=now[:most],
        this_week=week[:most],
        waiting_for=[one for one in waiting if not one.waits_on_me],
        first_name=viewer.name.split(" ")[0],
        families=lines(members[:SHOWN], waiting),
        changed=changes(viewer),
        hidden_families=max(0, len(members) - SHOWN),
        more_now=len(now[most:]),
        more_this_week=len(week[most:]),
    )


def lines(members: list[Membership], waiting: list[Waiting]) -> list[FamilyLine]:
    """One line a family, with what is most urgent there."""
    first: dict[UUID, Waiting] = {}
    for one in waiting:
        if one.family_id and one.family_id not in first:
            first[one.family_id] = one
    found = []
    for member in members:
        circle, near = member.family.circle, first.get(member.family_id)
        found.append(
            FamilyLine(
                id=member.family_id,
                label=member.family.label,
                initials=initials(_bare(member.family.label)),
                role=member.get_role_display(),
                sight=name_of(circle.sight_owner),
                provisional=member.family.provisional,
                note=_note(near, member.family.label) if near else "",
                danger=bool(near and near.danger),
            )
        )
    order = {family: place for place, family in enumerate(first)}
    return sorted(found, key=lambda line: (order.get(line.id, len(order)), line.label))


def _note(near: Waiting, label: str) -> str:
    """What waits in this family, without saying the family's name twice."""
    return near.sub or near.title if near.title == label else near.title


def changes(viewer: Viewer, most: int = 6) -> list[Change]:
    """What others did in the viewer's own families these three days, each thing once a family. Three queries."""
    since = timezone.now() - timedelta(days=3)
    own = Membership.objects.filter(Q(until_at__isnull=True), professional_id=viewer.id).values("family_id")
    happenings = Happening.objects.filter(recorded_at__gte=since, family_id__in=own).exclude(by_id=viewer.id)
    recent: dict[tuple[UUID, str], Happening] = {}
    for one in happenings.order_by("-recorded_at")[: most * 10]:
        if sentence(one.kind) and len(recent) < most:
            recent.setdefault((one.family_id, one.kind), one)
    found = list(recent.values())
    labels = dict(Family.objects.filter(pk__in={one.family_id for one in found}).values_list("id", "label"))
    names = {who.id: who.name for who in Professional.objects.filter(pk__in={one.by_id for one in found})}
    return [
        Change(
            " · ".join(part for part in (labels.get(one.family_id, ""), names.get(one.by_id, "")) if part),
            one.family_id,
            sentence(one.kind),
            one,
        )
        for one in found
    ]


def families(viewer: Viewer, words: str = "") -> list[FamilyLine]:
    found = find_in_my_families(viewer, words) if words else my_families(viewer)
    return lines(list(found[:500]), [])


@dataclass(frozen=True)
class Load:
    name: str
    function: str
    families: int
    fixed_face: int
    sight: int


def caseload(viewer: Viewer) -> dict[str, list[Load]]:
    """A team leader's people in numbers, per organisation led; no family is named or opened."""
    found: dict[str, list[Load]] = defaultdict(list)
    for role in sorted(viewer.roles):
        kind, _, organisation = role.partition(":")
        if kind != "team_leader" or not organisation:
            continue
        with connection.cursor() as cursor:
            cursor.execute("select * from sec.caseload(%s)", [organisation])
            counts = {row[0]: row[1:] for row in cursor.fetchall()}
        for who in Professional.objects.filter(pk__in=counts).select_related("organisation").order_by("sort_name"):
            found[who.organisation.name].append(Load(who.name, who.function, *counts[who.id]))
    return dict(found)
