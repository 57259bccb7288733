"""From a received report to what intake asks for. Pure. What intake has no place for is said in the remarks of the
person or in the answers; what gives a secret place away, or is a bystander's number, stays with the original (duo only).
"""

from dataclasses import dataclass, field

from kring.exchange import wording
from kring.exchange.received import (
    Address,
    Informing,
    PartialDate,
    Party,
    ReceivedPerson,
    ReceivedReport,
    Role,
    Unmapped,
)
from kring.exchange.rules import how_soon
from kring.intake.given import AddressGiven, ConcernGiven, PersonGiven, ReporterGiven

# In the report as professional, reporter or passer-by: nobody becomes the subject of a file by that.
NOT_IN_THE_FILE = frozenset(
    (
        Role.REPORTER,
        Role.INFORMANT,
        Role.CONTACT,
        Role.CARE_WORKER,
        Role.MEDICAL,
        Role.TEACHER,
        Role.PROFESSIONAL,
        Role.BYSTANDER,
    )
)
LIVES = ("residence", "registered", "registered_home", "last_known", "no_fixed_abode")
WHAT_HAPPENED = ("incident", "situation", "situation_more")
DIRECT = (*WHAT_HAPPENED, "existing_help")


@dataclass(frozen=True)
class Given:
    """What goes to intake, and what only the duo may read beside the original."""

    reporter: ReporterGiven
    people: list[PersonGiven]
    concern: ConcernGiven
    reference: str
    left_over: list[Unmapped]


@dataclass
class Remarks:
    """Lines for what has no field of its own, and the cutting of what is longer than its field."""

    lines: list[str] = field(default_factory=list)

    def fit(self, text: str, most: int, name: str) -> str:
        """A field's length is ours, not the sender's: the whole is kept in a line when it doesn't fit."""
        if len(text) > most:
            self.say(name, text)
        return text[:most]

    def say(self, name: object, text: str) -> None:
        if text:
            self.lines.append(f"{name}: {text}")

    def __str__(self) -> str:
        return "\n".join(self.lines)


def given(report: ReceivedReport, sender_name: str) -> Given:
    left_over = list(report.unmapped)
    in_file = [person for person in report.people if person.role not in NOT_IN_THE_FILE]
    people = [_person(person, left_over) for person in in_file]
    answers = Remarks()
    reporter = _reporter(report, sender_name, answers)
    for person in report.people:
        if person.role in NOT_IN_THE_FILE:
            _bystander(person, answers, left_over)
    secret = any(person.is_secret for person in report.people)
    concern = _concern(report, answers, () if secret else tuple((one.path, one.text) for one in report.unmapped))
    reference = report.file_number[:60]
    return Given(reporter, people, concern, reference, left_over)


def _person(person: ReceivedPerson, left_over: list[Unmapped]) -> PersonGiven:
    rest = Remarks()
    told = person.informed[0] if person.informed else Informing(told=None)
    for more in person.informed[1:]:
        rest.say(wording.ALSO_TOLD, wording.informing(more))
    name = person.name
    date = person.birth.born
    surname = name.surname or ("" if name.given_names else name.full)
    if name.full and surname != name.full:
        rest.say(wording.FULL_NAME, name.full)
    home = _home(person, rest, left_over)
    _contact(person, rest, left_over)
    for kind, number in person.numbers:
        rest.say(wording.NUMBERS.get(kind, kind), number)
    for relation in person.relations:
        rest.say(wording.RELATION, wording.relation(relation))
    for answer in person.answers:
        rest.say(wording.QUESTIONS.get(answer.question, answer.question), answer.text)
    if person.involvement:
        rest.say(wording.INVOLVED_AS, wording.INVOLVEMENTS[person.involvement])
    return PersonGiven(
        role=person.role.value,
        role_words=rest.fit(person.role_words, 160, wording.ROLE),
        given_names=rest.fit(name.given_names, 200, wording.GIVEN_NAMES),
        initials=rest.fit(name.initials, 20, wording.INITIALS),
        prefix=rest.fit(name.prefix, 20, wording.PREFIX),
        surname=rest.fit(surname, 200, wording.SURNAME),
        gender=person.gender.value,
        born_on=date.earliest if date else None,
        born_precision=precision(date),
        born_words=rest.fit(_birth_words(person), 80, wording.BORN),
        unborn=person.birth.unborn,
        expected_on=person.birth.expected_on.earliest if person.birth.expected_on else None,
        birth_place=rest.fit(person.birth_place, 80, wording.BIRTH_PLACE),
        birth_country=rest.fit(person.birth_country, 80, wording.BIRTH_COUNTRY),
        nationality=rest.fit(", ".join(person.nationalities), 80, wording.NATIONALITY),
        bsn=person.bsn,
        address=home,
        is_secret=person.is_secret is True,
        phone=person.phones[0] if person.phones else "",
        email=person.emails[0] if person.emails else "",
        language=rest.fit(person.language or person.language_code, 60, wording.LANGUAGE),
        authority=person.authority.value,
        told=told.told,
        told_how=rest.fit(wording.told_how(told), 300, wording.TOLD_HOW),
        told_reaction=told.reaction,
        not_told_reason=told.reason_not,
        remarks=str(rest),
    )


def precision(date: PartialDate | None) -> str:
    if date is None or date.year is None:
        return "unknown"
    return "day" if date.day else "month" if date.month else "year"


def _birth_words(person: ReceivedPerson) -> str:
    date = person.birth.born or person.birth.expected_on
    return date.words if date else ""


def _home(person: ReceivedPerson, rest: Remarks, left_over: list[Unmapped]) -> AddressGiven | None:
    """Where somebody really lives goes before where somebody is registered; the others are said beside it."""
    ranked = sorted(person.addresses, key=lambda at: LIVES.index(at.kind) if at.kind in LIVES else len(LIVES))
    for other in ranked[1:]:
        _whereabouts(person, rest, left_over, wording.ADDRESS_KINDS.get(other.kind, other.kind), wording.address(other))
    if person.municipality:
        _whereabouts(person, rest, left_over, wording.MUNICIPALITY, person.municipality)
    if not ranked:
        return None
    home = ranked[0]
    too_long = Remarks()
    made = AddressGiven(
        street=too_long.fit(home.street, 120, wording.STREET),
        house_number=too_long.fit(home.house_number, 20, wording.HOUSE_NUMBER),
        postcode=too_long.fit(home.postcode, 10, wording.POSTCODE),
        town=too_long.fit(home.place, 80, wording.TOWN),
        country=too_long.fit(home.country, 60, wording.COUNTRY),
        note=too_long.fit(_address_note(home), 200, wording.ADDRESS),
    )
    for line in too_long.lines:
        _whereabouts(person, rest, left_over, wording.ADDRESS, line)
    return made


def _address_note(at: Address) -> str:
    kind = "" if at.kind in ("residence", "registered_home") else wording.ADDRESS_KINDS.get(at.kind, at.kind)
    since = f"{wording.SINCE} {at.since.words}" if at.since else ""
    return ", ".join(part for part in (kind, *at.foreign_lines, at.description, since, *at.words) if part)


def _contact(person: ReceivedPerson, rest: Remarks, left_over: list[Unmapped]) -> None:
    for text in (*person.phones[1:], *person.emails[1:]):
        _whereabouts(person, rest, left_over, wording.ALSO_REACHED, text)


def _whereabouts(person: ReceivedPerson, rest: Remarks, left_over: list[Unmapped], name: object, text: str) -> None:
    """What tells where somebody is: in the remarks, unless the place is secret (B4)."""
    if person.is_secret:
        left_over.append(Unmapped(f"{wording.SECRET_OF} {wording.name(person.name)}: {name}", text))
    else:
        rest.say(name, text)


def _bystander(person: ReceivedPerson, answers: Remarks, left_over: list[Unmapped]) -> None:
    known = [person.role_words, *person.phones, *person.emails, *(answer.text for answer in person.answers)]
    answers.say(wording.ALSO_NAMED, ", ".join(part for part in (wording.name(person.name), *known) if part))
    numbers = (person.bsn, *(number for _kind, number in person.numbers))
    places = (wording.address(at) for at in person.addresses)
    born = (_birth_words(person), person.birth_place, person.birth_country)
    spoken = (person.language, person.language_code, *person.nationalities, person.municipality)
    relations = (wording.relation(one) for one in person.relations)
    told = (wording.informing(one) for one in person.informed)
    for text in (*numbers, *places, *born, *spoken, *relations, *told):
        if text:
            left_over.append(Unmapped(f"{wording.ALSO_NAMED}: {wording.name(person.name)}", text))


def _reporter(report: ReceivedReport, sender_name: str, answers: Remarks) -> ReporterGiven:
    who, contact = report.reporter, report.reporter.contact
    for text in (*contact.phones[1:], *contact.emails[1:]):
        answers.say(wording.REPORTER_ALSO, text)
    answers.say(wording.REPORTER_NOTE, who.note)
    for kind, number in who.numbers:
        answers.say(wording.NUMBERS.get(kind, kind), number)
    return ReporterGiven(
        kind="organisation",
        name=contact.name,
        function=answers.fit(contact.department, 120, wording.DEPARTMENT),
        organisation=answers.fit(who.name or sender_name, 160, wording.ORGANISATION),
        relation=answers.fit(who.role_words, 120, wording.ROLE),
        phone=contact.phones[0] if contact.phones else "",
        email=contact.emails[0] if contact.emails else "",
        wants_feedback=report.feedback_wanted is not False,
    )


def _concern(report: ReceivedReport, answers: Remarks, unmapped: tuple[tuple[str, str], ...]) -> ConcernGiven:
    by_question = {question: _texts(report, question) for question in DIRECT}
    said = [
        (wording.QUESTIONS.get(answer.question, answer.question), answer.text)
        for answer in report.answers
        if answer.question not in DIRECT and answer.text
    ]
    said += wording.about_the_message(report)
    said += [(wording.ALSO_NAMED, _party(party)) for party in report.other_parties]
    said += [(wording.ALSO_TOLD, wording.told_elsewhere(*one)) for one in report.informed_elsewhere]
    said += [(name, text) for name, _, text in (line.partition(": ") for line in answers.lines)]
    return ConcernGiven(
        what_happened="\n\n".join(text for question in WHAT_HAPPENED for text in by_question[question]),
        help_there_is="\n\n".join(by_question["existing_help"]),
        happened_at=report.happened_at.at if report.happened_at else None,
        happened_where=report.happened_where,
        urgency=how_soon(report),
        answers=tuple((str(name), text) for name, text in said if text),
        unmapped=unmapped,
        life_domains=tuple(domain.code for domain in report.life_domains if domain.code),
    )


def _texts(report: ReceivedReport, question: str) -> list[str]:
    return [answer.text for answer in report.answers if answer.question == question]


def _party(party: Party) -> str:
    numbers = [f"{wording.NUMBERS.get(kind, kind)} {number}" for kind, number in party.numbers]
    contact = party.contact
    parts = (
        party.name,
        party.role_words,
        party.note,
        *numbers,
        contact.name,
        contact.department,
        *contact.phones,
        *contact.emails,
    )
    return ", ".join(part for part in parts if part)
