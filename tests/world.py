"""The demo's families with somebody in every role around one of them, for what crosses rooms."""

import uuid
from dataclasses import dataclass

from kring.circle import actions as circle
from kring.circle.models import Family
from kring.demo.cast import Cast
from kring.demo.families import build_families
from kring.demo.stage import as_, join
from kring.duty.actions import raise_alarm
from kring.families.models import FamilyMember
from kring.locks.subject import Viewer
from kring.notices.actions import tell
from tests.bed import door

# Who may never read a word of the family that the matrix walks around.
OUTSIDERS = [
    "anonymous",
    "outsider_same",
    "outsider_other",
    "desk",
    "duty",
    "team_leader",
    "reviewer",
    "inspector",
    "administrator",
    "blocked_parent",
    "sender",
    "reporter",
]


@dataclass(frozen=True)
class World:
    """`family`: Gezin De Vries, with `people` in every role; `hidden`: Familie Yıldız-Smit, that none of them knows
    but the safety partner."""

    family: uuid.UUID
    hidden: uuid.UUID
    people: dict[str, Viewer | None]
    # What would give the family away on a page for somebody else.
    telltales: tuple[str, ...] = ("De Vries", "Fatma", "Daan", "Kadelaan", "Oma Ayşe", "Buurvrouw Bea")


def build_world(cast: Cast) -> World:
    build_families()
    family, hidden = _family("Gezin De Vries"), _family("Familie Yıldız-Smit")
    join(family, "samira", "bram", "expert", "consent", opens_kinds=["family"])
    with as_("samira") as samira:
        persons = {name: _member(family, name).person_id for name in ("Fatma", "Rob", "Daan")}
        persons["Ayşe"] = FamilyMember.objects.get(family=family, called="Oma Ayşe").person_id
        for name, role in (("Fatma", "family_member"), ("Daan", "family_member"), ("Ayşe", "supporter")):
            circle.admit(by=samira, family=family, role=role, ground="self", person_id=persons[name])
        rob = circle.admit(by=samira, family=family, role="family_member", ground="self", person_id=persons["Rob"])
        circle.end_membership(by=samira, membership=rob, reason="contactverbod")
    for keeper, at in (("samira", family), ("petra", hidden)):
        _objects(keeper, at, cast)
    people = {
        "anonymous": None,
        "outsider_same": cast.petra,
        "outsider_other": cast.wendy,
        "fixed_face": cast.samira,
        "deputy": cast.koen,
        "safety_partner": cast.joost,
        "scoped_expert": cast.bram,
        "care_provider": cast.noor,
        "desk": cast.tom,
        "duty": cast.ruben,
        "team_leader": cast.marleen,
        "reviewer": cast.hanna,
        "inspector": cast.saskia,
        "administrator": cast.ilse,
        "adult_member": Viewer(persons["Fatma"], "person", ""),
        "blocked_parent": Viewer(persons["Rob"], "person", ""),
        "child": Viewer(persons["Daan"], "person", ""),
        "network": Viewer(persons["Ayşe"], "person", ""),
        "invited": cast.yara,
        "sender": Viewer(uuid.UUID(int=77, version=4), "sender", ""),
        "reporter": Viewer(uuid.UUID(int=78, version=4), "reporter", ""),
    }
    return World(family.id, hidden.id, people)


def _family(label: str) -> Family:
    with door("owner") as owner:
        (found,) = owner.execute("select id from circle_family where label = %s", [label]).fetchone()
    return Family(id=found, label=label)


def _member(family: Family, given: str) -> FamilyMember:
    from kring.accounts.queries import professional_viewer
    from kring.circle.access import open_family
    from kring.demo.cast import fixed_id

    open_family(professional_viewer(fixed_id("samira")), family.id, "kring aanvullen")
    return FamilyMember.objects.get(family=family, given_names=given)


def _objects(keeper: str, family: Family, cast: Cast) -> None:
    """One of each thing that an address can name, in both families."""
    with as_(keeper) as by:
        tell(by=by, to_id=by.id, to_kind="professional", kind="duty.alarm", family_id=family.id)
        raise_alarm(by=by, family=family, kind="other", urgency="today")
        from kring.accounts.models import Professional

        circle.invite(
            by=by,
            family=family,
            professional=Professional.objects.get(pk=cast.yara.id),
            role="experience_expert",
            ground="consent",
        )
