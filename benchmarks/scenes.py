"""What is measured: each scene picks who acts on which family, and gives back the act itself.

Every turn is of another professional, spread over the whole region, so that no page is measured from one warm corner.
"""

import hashlib
import random
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from benchmarks import invented
from benchmarks.load import admin
from kring.accounts.queries import load_viewer
from kring.accounts.sign_in import mint
from kring.demo.cast import fixed_id
from kring.intake.actions import receive_report
from kring.intake.given import ConcernGiven, PersonGiven, ReporterGiven
from kring.locks.subject import Subject, acting_as

Act = Callable[[], Any]


def uid(*parts: object) -> uuid.UUID:
    """As `invented.uid`, in Python."""
    return uuid.UUID(hashlib.md5("-".join(str(part) for part in parts).encode()).hexdigest())


class Region:
    """Who can act here: forty professionals from all over the region, ten of the desk, each signed in."""

    def __init__(self, size: int):
        blocks = -(-size // 1000)
        chosen = random.Random(size)
        professionals = [
            uid("professional", chosen.randrange(blocks), chosen.randrange(invented.PER_BLOCK)) for _ in range(40)
        ]
        self.professionals = [one for one in professionals if self._own(one)]
        self.desk = [uid("desk", number) for number in range(10)]
        self.team_leaders = [uid("professional", block, 0) for block in range(min(blocks, 10))]
        everybody = {*self.professionals, *self.desk, *self.team_leaders}
        self.tokens = {who: mint(who, "professional") for who in everybody}
        self.families = {who: self._own(who) for who in self.professionals}
        self.long_files = {
            who: [family for family, number in own if int(number) % invented.LONG_FILE == 0]
            for who, own in self.families.items()
        }
        self.at_the_desk = self._desk()
        self._chosen = chosen

    def begin(self, scene: str) -> None:
        self._chosen = random.Random(scene)

    def _own(self, who: uuid.UUID) -> list[tuple[uuid.UUID, str]]:
        """As fixed face, so that every act is allowed; with the number of the family."""
        query = (
            "select c.family_id, split_part(f.label, ' ', 3) from circle_circle c join circle_membership m on m.id = c.fixed_face_id"
            " join circle_family f on f.id = c.family_id where m.professional_id = %s order by c.family_id"
        )
        with admin() as database:
            return database.execute(query, [who]).fetchall()

    def _desk(self) -> list[uuid.UUID]:
        with admin() as database:
            rows = database.execute(
                "select family_id from circle_membership where role = 'receiving_desk' and until_at is null order by family_id"
            )
            return [row[0] for row in rows.fetchall()]

    def one(self, of: list[Any]) -> Any:
        return self._chosen.choice(of)

    def browser(self, who: uuid.UUID) -> Client:
        client = Client()
        client.cookies[settings.SUBJECT_COOKIE] = self.tokens[who]
        return client


def look(client: Client, address: str, **given: str) -> Act:
    def act() -> None:
        answer = client.get(address, given)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"

    return act


def send(client: Client, address: str, **given: Any) -> Act:
    filled_in = {"idempotency_key": uuid.uuid4(), **given}

    def act() -> None:
        answer = client.post(address, filled_in)
        assert answer.status_code == 302, f"{address}: {answer.status_code}"

    return act


# --- pages ------------------------------------------------------------------------------------------------------------


def own_page(name: str, **arguments: Any) -> Callable[[Region, int], Act]:
    def scene(region: Region, turn: int) -> Act:
        return look(region.browser(region.one(region.professionals)), reverse(name), **arguments)

    return scene


def desk_page(name: str) -> Callable[[Region, int], Act]:
    return lambda region, turn: look(region.browser(region.one(region.desk)), reverse(name))


def family_page(name: str) -> Callable[[Region, int], Act]:
    def scene(region: Region, turn: int) -> Act:
        who = region.one(region.professionals)
        return look(region.browser(who), reverse(name, args=[region.one(region.families[who])[0]]))

    return scene


def long_file(region: Region, turn: int) -> Act:
    """A family of whom much is on the trail."""
    who = region.one([one for one in region.professionals if region.long_files[one]])
    return look(region.browser(who), reverse("desk:family", args=[region.one(region.long_files[who])]))


def provisional_page(name: str) -> Callable[[Region, int], Act]:
    """A family that waits at the desk, opened by one of its workers."""
    return lambda region, turn: look(
        region.browser(region.one(region.desk)), reverse(name, args=[region.one(region.at_the_desk)])
    )


def found_by_name(region: Region, turn: int) -> Act:
    who = region.one(region.professionals)
    return look(region.browser(who), reverse("desk:families"), naam=region.one(region.families[who])[1])


def caseload(region: Region, turn: int) -> Act:
    return look(region.browser(region.one(region.team_leaders)), reverse("desk:caseload"))


# --- writes -----------------------------------------------------------------------------------------------------------


def direction_set(region: Region, turn: int) -> Act:
    who = region.one(region.professionals)
    family = region.one(region.families[who])[0]
    with admin() as database:
        row = database.execute(
            "select fixed_face_id, direction from circle_circle where family_id = %s", [family]
        ).fetchone()
    face, now = row or (None, None)
    other = {"direction": "professional", "director": face} if now == "family" else {"direction": "family"}
    return send(region.browser(who), reverse("circle:change", args=[family, "regie"]), **other)


def member_added(region: Region, turn: int) -> Act:
    who = region.one(region.professionals)
    family = region.one(region.families[who])[0]
    born = {"born_day": 17, "born_month": 5, "born_year": 2019}
    given = {"given_names": "Noor", "surname": f"Nieuw{turn}", "gender": "female", "standing": "member", **born}
    return send(region.browser(who), reverse("families:add", args=[family, "gezinslid"]), **given)


def report_received(region: Region, turn: int) -> Act:
    """As from a sender's message: four people, one alarm, one text, and the look for a family that is known already."""
    token = mint(uuid.uuid4(), "sender")
    people = [
        PersonGiven(role="child", given_names=f"Kind {n}", surname="Nieuw", born_on=date(2012 + n, 3, 1))
        for n in range(4)
    ]
    concern = ConcernGiven(
        what_happened="Ruzie, er viel een klap. " * 40, how_often="elke week", how_serious="een blauwe plek"
    )

    def act() -> None:
        with acting_as(Subject(token, "bench")), transaction.atomic():
            receive_report(
                by=load_viewer(30),  # type: ignore[arg-type]
                desk_id=fixed_id("veilig_thuis"),
                arrived="message",
                reporter=ReporterGiven(kind="professional", name="Juf Wendy"),
                people=people,
                concern=concern,
            )

    return act


PAGE, WRITE = False, True
SCENES: list[tuple[str, bool, Callable[[Region, int], Act] | None]] = [
    ("Desk of a professional", PAGE, own_page("desk:today")),
    ("Desk of Veilig Thuis", PAGE, desk_page("desk:today")),
    ("List of 42 families", PAGE, own_page("desk:families")),
    ("Look-up by name", PAGE, found_by_name),
    ("Family page", PAGE, family_page("desk:family")),
    ("Family page, new report", PAGE, provisional_page("desk:family")),
    ("Family page, long file", PAGE, long_file),
    ("The circle", PAGE, family_page("circle:people")),
    ("People of a family", PAGE, family_page("families:people")),
    ("Alarms", PAGE, desk_page("duty:overview")),
    ("A team's numbers", PAGE, caseload),
    ("Direction set", WRITE, direction_set),
    ("Member added", WRITE, member_added),
    ("Report received", WRITE, report_received),
]
