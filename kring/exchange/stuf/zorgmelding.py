"""zorgmeldingDi01: a report of concern that isn't urgent, by police and others to the municipality."""

from kring.exchange.received import (
    Authority,
    Document,
    Envelope,
    Party,
    ReceivedPerson,
    ReceivedReport,
    Role,
)
from kring.exchange.stuf import codes, people
from kring.exchange.stuf.cursor import Cursor
from kring.exchange.stuf.documents import document

# The only purpose that the standard gives this kind.
PURPOSE = {"Signaal behandelen": "follow_up"}
ADDRESSES = (("verblijfsadres", "registered", False), ("sub.verblijfBuitenland", "registered", True))


def read(envelope: Envelope, thing: Cursor) -> ReceivedReport:
    child = thing.one("heeftBetrekkingOp")
    holders = thing.many("heeftAlsBelanghebbende")
    found = [_child(envelope, child)] if child else []
    found += [person for holder in holders if (person := _stakeholder(envelope, holder))]
    thing.need("isVan").need("gerelateerde").need("omschrijvingGeneriek").coded(PURPOSE, "")
    return ReceivedReport(
        envelope=envelope,
        file_number=thing.need("kenmerk").needed_text("kenmerk"),
        reporter=_reporter(thing),
        people=tuple(person for person in found if person),
        answers=people.answer_of(thing.need("kenmerk"), "bron", "source"),
        addressed_to="non_acute_care",
        other_parties=tuple(party for holder in holders if (party := _institution(holder))),
        documents=(_document(thing.need("heeftRelevant")),),
    )


def _child(envelope: Envelope, part: Cursor) -> ReceivedPerson | None:
    person = part.down("gerelateerde", "natuurlijkPersoon")
    if person is None:
        return None
    role, authority, words = _role(part.text_of("omschrijving"))
    return _person(envelope, part, person, role, authority, words)


def _stakeholder(envelope: Envelope, part: Cursor) -> ReceivedPerson | None:
    person = part.down("gerelateerde", "natuurlijkPersoon")
    if person is None:
        return None
    role, authority, words = _role(part.needed_text("omschrijving"))
    return _person(envelope, part, person, role, authority, words)


def _role(words: str) -> tuple[Role, Authority, str]:
    """Free text in this kind. Only the national words mean something to us; others stay words."""
    role, authority = codes.ROLES.get(words.strip(), (Role.OTHER if words.strip() else Role.UNKNOWN, Authority.UNKNOWN))
    return role, authority, words


def _person(
    envelope: Envelope, part: Cursor, person: Cursor, role: Role, authority: Authority, words: str
) -> ReceivedPerson:
    return ReceivedPerson(
        name=people.name(person),
        role=role,
        role_words=words,
        authority=authority,
        bsn=people.bsn(person),
        numbers=people.other_numbers(person),
        gender=person.coded_of("geslachtsaanduiding", codes.GENDERS, codes.GENDERS["O"]),
        birth=people.birth(person, envelope),
        is_secret=people.is_secret(person),
        addresses=people.addresses(person, ADDRESSES),
        phones=person.texts_of("sub.telefoonnummer"),
        emails=person.texts_of("sub.emailadres"),
        informed=people.told_in_extra(person, part),
        answers=people.answer_of(part, "code", "role_code"),
    )


def _institution(part: Cursor) -> Party | None:
    """A guardian that is an organisation."""
    branch = part.down("gerelateerde", "vestiging")
    if branch is None:
        return None
    role, _authority, words = _role(part.needed_text("omschrijving"))
    return Party(
        name=branch.text_of("handelsnaamVerkort"),
        role=role,
        role_words=words,
        numbers=people.party_numbers(branch),
        contact=people.contact_point(branch),
    )


def _reporter(thing: Cursor) -> Party:
    """The organisation may be left out; somebody to call may not."""
    initiator = thing.need("heeftAlsInitiator")
    organisation = initiator.down("gerelateerde", "nietNatuurlijkPersoon")
    contact = initiator.need("heeftAlsAanspreekpunt").need("gerelateerde")
    contact.need("naam")
    extra = thing.one("extraElementen")
    words = ""
    for element in extra.many("extraElement") if extra else ():
        if element.attribute_peek("naam") == "rolJeugdzorgVerzoeker" and not words:
            element.attribute("naam", "")
            words = element.text()
    return Party(
        name=organisation.text_of("statutaireNaam") if organisation else "",
        role=Role.REPORTER,
        role_words=words or initiator.text_of("omschrijving"),
        numbers=people.party_numbers(organisation) if organisation else (),
        note=initiator.text_of("toelichting"),
        contact=people.contact_point(contact),
    )


def _document(part: Cursor) -> Document:
    return document(part.need("gerelateerde"))
