"""vtMeldingDi01: a report to Veilig Thuis."""

from dataclasses import fields, replace

from kring.exchange.received import (
    Answer,
    Authority,
    Envelope,
    Informing,
    Party,
    PersonName,
    ReceivedPerson,
    ReceivedReport,
    Role,
    Sash,
)
from kring.exchange.stuf import codes, people
from kring.exchange.stuf.cursor import Cursor
from kring.exchange.stuf.values import day_moment, partial_date

# Element of the situation → our question. The generic report asks the same questions by code.
SITUATION = (
    ("omschrijvingZorgelijkeSituatie", "situation"),
    ("aanvullendeInformatie", "situation_more"),
    ("relevanteRegistratie", "registrations"),
    ("bestaandeHulpverlening", "existing_help"),
    ("tijdelijkHuisverbod", "barring_order"),
    ("aanhouding", "arrest"),
    ("aangifte", "charge"),
    ("eergerelateerdGeweld", "honour_related_violence"),
)
# Where somebody is registered and where somebody really is are two facts, each at home or abroad.
ADDRESSES = (
    ("formeelVerblijfadresBinnenland", "registered", False),
    ("formeelVerblijfsadresBuitenland", "registered", True),
    ("feitelijkVerblijfsadresBinnenland", "residence", False),
    ("feitelijkVerblijfsadresBuitenland", "residence", True),
)
ToldPerson = tuple[PersonName, str, Informing]


def read(envelope: Envelope, thing: Cursor) -> ReceivedReport:
    situation = thing.need("betreft").need("gerelateerde")
    situation.need("omschrijvingZorgelijkeSituatie")
    involved = situation.many("heeftBetrokken") or [situation.need("heeftBetrokken")]
    told = [_told(part) for part in thing.many("isGeinformeerdAan") if not part.is_empty]
    found, elsewhere = _attach([_person(envelope, part) for part in involved], told)
    return ReceivedReport(
        envelope=envelope,
        file_number=thing.needed_text("identificatieVtMelding"),
        reporter=_reporter(thing),
        people=found,
        answers=_answers(thing, situation),
        reported_at=day_moment(thing.need("datumMelding")),
        happened_at=day_moment(thing.need("datumIncident")),
        happened_where=thing.needed_text("locatieIncident"),
        addressed_to="veilig_thuis",
        informed_elsewhere=elsewhere,
        sash=_sash(thing),
        consultation_wanted=thing.need("indicatieAgenderingAfstemmingsoverlegGewenst").coded(codes.YES_NO, None),
    )


def _answers(thing: Cursor, situation: Cursor) -> tuple[Answer, ...]:
    thing.need("omschrijvingIncident")
    found = people.answer_of(thing, "omschrijvingIncident", "incident")
    for element, question in SITUATION:
        found += people.answer_of(situation, element, question)
    return found + people.answer_of(thing, "informering", "informing")


def _sash(thing: Cursor) -> Sash:
    return Sash(
        filled_in=thing.need("indicatieSASHIngevuld").coded(codes.YES_NO, None),
        level=thing.coded_of("SASHniveau", codes.SASH_LEVELS, ""),
    )


def _person(envelope: Envelope, part: Cursor) -> ReceivedPerson:
    person = part.need("gerelateerde")
    role = part.need("jeugzorgrol")
    known, authority = role.coded(codes.ROLES, (Role.UNKNOWN, Authority.UNKNOWN))
    person.need("geslachtsnaam")
    return ReceivedPerson(
        name=people.name(person),
        role=known,
        role_words=role.peek(),
        authority=authority,
        bsn=people.bsn(person),
        numbers=people.other_numbers(person),
        gender=person.need("geslachtsaanduiding").coded(codes.GENDERS, codes.GENDERS["O"]),
        birth=people.birth(person, envelope),
        is_secret=people.is_secret(person),
        addresses=people.addresses(person, ADDRESSES),
        phones=person.texts_of("telefoonnummer"),
        nationalities=person.texts_of("nationaliteit"),
        language=person.text_of("taal"),
        informed=people.told_in_extra(person, part),
        relations=tuple(people.relation(group) for group in person.many("staatInRelatieTot") if not group.is_empty),
        answers=people.answer_of(part, "aanvullendeInformatieBetrokkenPersoon", "person_more")
        + people.answer_of(part, "overigeZorgMinderjarige", "under_twelve_suspected"),
    )


def _told(part: Cursor) -> ToldPerson:
    """Being on this list is having been told."""
    person = part.need("gerelateerde")
    informing = Informing(
        told=True,
        on=part.read(partial_date, "datumGeinformeerd"),
        how=part.coded_of("wijzeVanInformering", codes.WAYS_OF_INFORMING, ""),
        reacted=part.need("indicatieGereageerd").coded(codes.YES_NO, None),
        reaction=part.text_of("strekkingReactie"),
    )
    return people.name(person), people.bsn(person), informing


def _attach(
    found: list[ReceivedPerson], told: list[ToldPerson]
) -> tuple[tuple[ReceivedPerson, ...], tuple[ToldPerson, ...]]:
    """Who was told is named again in the message; only a number or a name that fits exactly one person joins them."""
    elsewhere: list[ToldPerson] = []
    for name, number, informing in told:
        fits = [index for index, person in enumerate(found) if _is(person, name, number)]
        if len(fits) == 1:
            person = found[fits[0]]
            found[fits[0]] = replace(person, informed=(*person.informed, informing))
        else:
            elsewhere.append((name, number, informing))
    return tuple(found), tuple(elsewhere)


def _is(person: ReceivedPerson, name: PersonName, number: str) -> bool:
    """The same number, and no part of the name that says otherwise; without a number the whole name."""
    parts = [field.name for field in fields(name) if getattr(name, field.name)]
    if any(getattr(name, part) != getattr(person.name, part) for part in parts):
        return False
    return person.bsn == number if number else bool(name.surname and name.given_names) and person.name == name


def _reporter(thing: Cursor) -> Party:
    organisation = thing.need("isIngediendDoor").need("gerelateerde")
    contact = people.contact_point(thing.need("contactgegevensVerdiepingOpInfo"))
    numbers = people.party_numbers(organisation)
    for element, inner, kind in (
        ("vestiging", "vestigingsNummer", "branch"),
        ("ingeschrevenNietNatuurlijkPersoon", "rsin", "rsin"),
        ("maatschappelijkeActiviteit", "kvkNummer", "kvk"),
    ):
        if (part := organisation.one(element)) and (number := part.text_of(inner)):
            numbers += ((kind, number),)
    return Party(name=organisation.text_of("naam"), role=Role.REPORTER, numbers=numbers, contact=contact)
