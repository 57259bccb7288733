"""A concern report as it arrived, in our own words (glossary); the standard's words appear only where they are quoted.

Text is kept exactly as sent. Where a code was translated, `words` keeps what the sender wrote.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Role(StrEnum):
    """What a person is to the child, or to the report (national list of roles)."""

    CHILD = "child"
    PARENT = "parent"
    NON_LEGAL_PARENT = "non_legal_parent"
    STEP_PARENT = "step_parent"
    FOSTER_PARENT = "foster_parent"
    CARER = "carer"
    GUARDIAN = "guardian"
    SIBLING = "sibling"
    HALF_SIBLING = "half_sibling"
    STEP_SIBLING = "step_sibling"
    FOSTER_SIBLING = "foster_sibling"
    CHILD_OF_THE_YOUTH = "child_of_the_youth"
    GRANDCHILD = "grandchild"
    GRANDPARENT = "grandparent"
    PARTNER = "partner"
    EX_PARTNER = "ex_partner"
    OTHER_RELATIVE = "other_relative"
    REPORTER = "reporter"
    INFORMANT = "informant"
    CONTACT = "contact"
    CARE_WORKER = "care_worker"
    MEDICAL = "medical"
    TEACHER = "teacher"
    PROFESSIONAL = "professional"
    SUBJECT = "subject"
    BYSTANDER = "bystander"
    OTHER = "other"
    UNKNOWN = "unknown"


class Authority(StrEnum):
    """Legal authority over the child (gezag); what the message doesn't state is unknown, never none."""

    HAS = "has"
    NONE = "none"
    GUARDIANSHIP = "guardianship"
    UNKNOWN = "unknown"


class Gender(StrEnum):
    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


class Involvement(StrEnum):
    """In which capacity a person is part of what happened (generic report only)."""

    SUSPECT = "suspect"
    VICTIM = "victim"
    INJURED_PARTY = "injured_party"
    WITNESS = "witness"
    COMPLAINANT = "complainant"


@dataclass(frozen=True)
class PartialDate:
    """A date of which day, month and year may each be unknown; `words` is what the sender wrote."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    words: str = ""

    @property
    def earliest(self) -> date | None:
        """The first day it can have been."""
        return date(self.year, self.month or 1, self.day or 1) if self.year else None

    @property
    def is_full(self) -> bool:
        return self.day is not None

    @property
    def is_unknown(self) -> bool:
        return self.year is None


@dataclass(frozen=True)
class Moment:
    """A moment with as much precision as was sent, on the Dutch clock; `at` is empty when it can't be read."""

    at: datetime | None
    words: str


@dataclass(frozen=True)
class Address:
    """Where somebody lives or can be reached."""

    kind: str
    street: str = ""
    house_number: str = ""
    postcode: str = ""
    place: str = ""
    country: str = ""
    foreign_lines: tuple[str, ...] = ()
    description: str = ""
    since: PartialDate | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Informing:
    """Whether somebody was told of the report, how, what they said, or why they were not told."""

    told: bool | None
    on: PartialDate | None = None
    how: str = ""
    reaction: str = ""
    reacted: bool | None = None
    reason_not: str = ""


@dataclass(frozen=True)
class Birth:
    """Born on a date that may be partly unknown, or unborn and expected on one."""

    born: PartialDate | None = None
    unborn: bool = False
    expected_on: PartialDate | None = None


@dataclass(frozen=True)
class PersonName:
    given_names: str = ""
    initials: str = ""
    prefix: str = ""
    surname: str = ""
    full: str = ""

    def __bool__(self) -> bool:
        return any((self.given_names, self.initials, self.prefix, self.surname, self.full))


@dataclass(frozen=True)
class Relation:
    """What somebody is to another person, in the sender's words; the other is named, not found."""

    words: str
    to: PersonName
    to_bsn: str = ""
    to_numbers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Answer:
    """A question of the form and the answer to it; `question` is our key, `words` the sender's code or element."""

    question: str
    text: str
    words: str = ""


@dataclass(frozen=True)
class ReceivedPerson:
    """Somebody in the report. `is_secret` is about everything that gives the place away, phones too (B4); empty when
    the message doesn't say, which is not the same as public.
    """

    name: PersonName = PersonName()
    role: Role = Role.UNKNOWN
    role_words: str = ""
    authority: Authority = Authority.UNKNOWN
    bsn: str = ""
    numbers: tuple[tuple[str, str], ...] = ()
    gender: Gender = Gender.UNKNOWN
    birth: Birth = Birth()
    birth_place: str = ""
    birth_country: str = ""
    involvement: Involvement | None = None
    is_secret: bool | None = None
    addresses: tuple[Address, ...] = ()
    municipality: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    language: str = ""
    language_code: str = ""
    informed: tuple[Informing, ...] = ()
    relations: tuple[Relation, ...] = ()
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class ContactPoint:
    """Whom to call at an organisation."""

    name: str = ""
    department: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()


NO_CONTACT = ContactPoint()


@dataclass(frozen=True)
class Party:
    """An organisation in the message: who reports, who has authority as an institution, who must act."""

    name: str = ""
    role: Role = Role.UNKNOWN
    role_words: str = ""
    numbers: tuple[tuple[str, str], ...] = ()
    note: str = ""
    contact: ContactPoint = NO_CONTACT


@dataclass(frozen=True)
class Sash:
    """The police's SASH screening as it came in. Stored with its source, never computed by us (C33)."""

    filled_in: bool | None
    level: str = ""


@dataclass(frozen=True)
class LifeDomain:
    code: str
    note: str = ""


@dataclass(frozen=True)
class Document:
    content: bytes = field(repr=False)
    file_name: str = ""
    media_type: str = ""
    title: str = ""
    author: str = ""
    kind: str = ""
    number: str = ""
    made_on: PartialDate | None = None


@dataclass(frozen=True)
class Unmapped:
    """Something in the message for which we have no place: kept, and shown to whoever reads the report."""

    path: str
    text: str


@dataclass(frozen=True)
class System:
    """One end of the line: the organisation's number and its software."""

    organisation: str = ""
    application: str = ""
    administration: str = ""
    user: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """What the standard calls the sender: two reports are the same when this and the reference are."""
        return (self.organisation, self.application, self.administration)


@dataclass(frozen=True)
class Envelope:
    """Who sends what to whom, when, under which reference."""

    kind: str
    sender: System
    receiver: System
    reference: str
    sent_at: Moment
    code: str = "Di01"
    answers_to: str = ""


@dataclass(frozen=True)
class ReceivedReport:
    """One concern report (melding) that came in as a message."""

    envelope: Envelope
    file_number: str
    reporter: Party
    people: tuple[ReceivedPerson, ...]
    answers: tuple[Answer, ...]
    reported_at: Moment | None = None
    happened_at: Moment | None = None
    happened_until: Moment | None = None
    happened_where: str = ""
    addressed_to: str = ""
    receiver_named: Party | None = None
    other_parties: tuple[Party, ...] = ()
    informed_elsewhere: tuple[tuple[PersonName, str, Informing], ...] = ()
    sash: Sash | None = None
    feedback_wanted: bool | None = None
    consultation_wanted: bool | None = None
    organisations_involved: bool | None = None
    life_domains: tuple[LifeDomain, ...] = ()
    documents: tuple[Document, ...] = ()
    links: tuple[str, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()
