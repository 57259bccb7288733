"""What somebody gives us with a concern report, by whatever road: the desk's form, the public page or a message.

Plain values, nothing stored. Everything may be empty: unknown is a value, and a real report is never refused because
something is missing (architecture, decisions 11 and 17); what is missing is asked (`rules.still_to_ask`).
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class AddressGiven:
    """Where somebody lives or stays, as said. A secret one goes to its own encrypted table and is found by nobody."""

    street: str = ""
    house_number: str = ""
    postcode: str = ""
    town: str = ""
    country: str = ""
    note: str = ""


@dataclass(frozen=True)
class PersonGiven:
    """Somebody whom the report is about, or who lives there. `role` is a code of `models.RoleInReport`.

    A birth date may be known in part (`born_precision`: day, month, year, unknown); `born_words` is what was said.
    `told`: did the reporter tell this person about the report; None when nobody said so. `is_secret`: everything that
    gives the place away is secret, phone too (harm B4).
    """

    role: str = "unknown"
    role_words: str = ""
    given_names: str = ""
    called: str = ""
    initials: str = ""
    prefix: str = ""
    surname: str = ""
    gender: str = "unknown"
    born_on: date | None = None
    born_precision: str = "day"
    born_words: str = ""
    unborn: bool = False
    expected_on: date | None = None
    birth_place: str = ""
    birth_country: str = ""
    nationality: str = ""
    bsn: str = ""
    address: AddressGiven | None = None
    is_secret: bool = False
    phone: str = ""
    email: str = ""
    language: str = ""
    authority: str = "unknown"  # has, none, guardianship, unknown: as the reporter says it
    told: bool | None = None
    told_how: str = ""
    told_reaction: str = ""
    not_told_reason: str = ""
    remarks: str = ""  # what came with this person and has no place of its own

    def facts(self) -> dict[str, Any]:
        """The facts that a family member's row holds (families.actions.add_member)."""
        known = {name: getattr(self, name) for name in MEMBER_FACTS}
        if self.born_on is None:
            known["born_precision"] = "unknown"
        if self.born_on is not None or not self.unborn:
            known |= {"unborn": False, "expected_on": None}
        return known


MEMBER_FACTS = (
    "given_names",
    "called",
    "initials",
    "prefix",
    "surname",
    "gender",
    "born_on",
    "born_precision",
    "born_words",
    "unborn",
    "expected_on",
    "birth_place",
    "birth_country",
    "nationality",
)


@dataclass(frozen=True)
class ReporterGiven:
    """Reporter (melder): who reports, in which capacity, and how to reach this person without harm.

    `kind` is a code of `models.ReporterKind`, `anonymous_to` of `models.Anonymity`: towards nobody, towards the family,
    or unknown even to us (double anonymous, harm B8).
    """

    kind: str = "citizen"
    name: str = ""
    function: str = ""
    organisation: str = ""
    relation: str = ""
    phone: str = ""
    email: str = ""
    safe_contact: str = ""
    anonymous_to: str = "nobody"
    wants_feedback: bool = True
    plays_a_role: bool = False  # hears the safety conditions too (KNMG-meldcode, bijlage 4)


@dataclass(frozen=True)
class MeldcodeGiven:
    """The five steps of the meldcode as the professional took them, with its two decisions apart (harm B38)."""

    signals_on: date | None = None
    consulted_on: date | None = None
    consulted_whom: str = ""
    talked_on: date | None = None
    talk: str = ""
    not_talked_reason: str = ""
    weighed_on: date | None = None
    weighing: str = ""
    decided_on: date | None = None
    report_needed: bool | None = None
    help_possible: bool | None = None
    help_words: str = ""
    child_check: str = ""  # a code of models.ChildCheck
    author: str = ""


@dataclass(frozen=True)
class ConcernGiven:
    """What the concern is, as facts: what happened, how often, how serious, since when, seen by whom (S001).

    `urgency`: now (danger at this moment), today, or ordinary. `answers` are further questions with their answers,
    `unmapped` what a message held for which we have no place: both are kept and shown. `advice_code`: the reporter
    says that an earlier advice question becomes part of this report.
    """

    what_happened: str = ""
    how_often: str = ""
    how_serious: str = ""
    since_when: str = ""
    seen_by: str = ""
    first_hand: bool | None = None
    happened_at: datetime | None = None
    happened_where: str = ""
    effect_on_children: str = ""
    children_now: str = ""
    help_there_is: str = ""
    danger_for_worker: str = ""
    urgency: str = "ordinary"
    label: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    unmapped: tuple[tuple[str, str], ...] = ()
    life_domains: tuple[str, ...] = ()
    meldcode: MeldcodeGiven | None = None
    advice_code: str = field(default="", repr=False)
