"""meldingGeneriekDi01: one report for non-acute care, Veilig Thuis or a safety house."""

from kring.exchange.received import (
    Answer,
    Authority,
    Envelope,
    Involvement,
    LifeDomain,
    Moment,
    Party,
    ReceivedPerson,
    ReceivedReport,
    Relation,
    Role,
)
from kring.exchange.stuf import codes, people
from kring.exchange.stuf.cursor import Cursor
from kring.exchange.stuf.values import moment


def read(envelope: Envelope, thing: Cursor) -> ReceivedReport:
    situation = thing.need("betreft").need("gerelateerde")
    subject = _subject(envelope, thing.need("heeftBetrekkingOp"))
    others = thing.many("heeftAlsOverigBetrokkene")
    found = [subject, *(_other(envelope, part, subject) for part in others)]
    happened_at, happened_until, happened_where = _incident(situation)
    return ReceivedReport(
        envelope=envelope,
        file_number=thing.needed_text("identificatie"),
        reporter=_unit(thing.need("heeftAlsInitiator"), Role.REPORTER),
        people=tuple(person for person in found if person),
        answers=_answers(thing, situation),
        reported_at=moment(thing.need("datumTijdMelding")),
        happened_at=happened_at,
        happened_until=happened_until,
        happened_where=happened_where,
        addressed_to=thing.need("soortmeldingCode").coded(codes.ADDRESSED_TO, ""),
        receiver_named=_unit(thing.need("heeftAlsUitvoerende"), Role.UNKNOWN),
        other_parties=tuple(party for part in others if (party := _other_unit(part))),
        feedback_wanted=thing.coded_of("indicatieTerugkoppelingGewenst", codes.YES_NO, None),
        organisations_involved=situation.coded_of("indicatieInstantiesBetrokken", codes.YES_NO_SHORT, None),
        life_domains=tuple(
            LifeDomain(group.need("leefgebiedCode").coded(codes.LIFE_DOMAINS, ""), group.text_of("toelichting"))
            for group in situation.many("leefgebied")
        ),
        links=more.texts_of("url") if (more := thing.one("overigeInformatie")) else (),
    )


def _answers(thing: Cursor, situation: Cursor) -> tuple[Answer, ...]:
    situation.need("omschrijvingZorgelijkeSituatie")
    thing.need("verzoekOmschrijving")
    found = people.answer_of(thing, "verzoekOmschrijving", "request")
    found += people.answer_of(situation, "omschrijvingZorgelijkeSituatie", "situation")
    found += people.answer_of(situation, "nadereOmschrijving", "situation_more")
    if incident := situation.down("kent", "gerelateerde"):
        found += people.answer_of(incident, "omschrijving", "incident")
    for group in situation.many("vraagAntwoord"):
        code = group.need("vraagCode")
        found += (Answer(code.coded(codes.QUESTIONS, "unknown"), group.needed_text("antwoord"), code.peek()),)
    reason = thing.need("redenMelding")
    if reason.text_of("code") or reason.text_of("omschrijving"):
        found += (Answer("reason", reason.text_of("omschrijving"), reason.text_of("code")),)
    if more := thing.one("overigeInformatie"):
        found += (Answer("more", more.needed_text("omschrijving")),)
    return found


def _incident(situation: Cursor) -> tuple[Moment | None, Moment | None, str]:
    incident = situation.down("kent", "gerelateerde")
    if incident is None:
        return None, None, ""
    where = incident.needed_text("locatieAanduiding")
    if period := incident.one("periodeVanTot"):
        return moment(period.need("datumtijdBegin")), moment(period.need("datumtijdEinde")), where
    return incident.read(moment, "datumTijd"), None, where


def _subject(envelope: Envelope, part: Cursor) -> ReceivedPerson | None:
    """The person whom the report is about; child or adult, the message doesn't say (B37)."""
    capacity = part.need("hoedanigheid")
    person = part.need("gerelateerde").one("natuurlijkPersoon")
    if person is None:
        return None
    involvement = capacity.coded(codes.INVOLVEMENTS, None)
    person.need("geslachtsnaam")
    return _person(envelope, part, person, Role.SUBJECT, capacity.peek(), involvement=involvement)


def _other(envelope: Envelope, part: Cursor, subject: ReceivedPerson | None) -> ReceivedPerson | None:
    code = part.need("betrokkenheidRelatie")
    person = part.need("gerelateerde").one("natuurlijkPersoon")
    if person is None:
        return None
    words, role = code.coded(codes.RELATIONS, ("", Role.UNKNOWN))
    person.need("naam")
    relation = (Relation(words, subject.name, subject.bsn),) if subject and words else ()
    return _person(envelope, part, person, role, f"{code.peek()} {words}".strip(), relations=relation)


def _person(
    envelope: Envelope,
    part: Cursor,
    person: Cursor,
    role: Role,
    words: str,
    *,
    involvement: Involvement | None = None,
    relations: tuple[Relation, ...] = (),
) -> ReceivedPerson:
    tongue = person.one("taal")
    return ReceivedPerson(
        name=people.name(person),
        role=role,
        role_words=words,
        authority=Authority.GUARDIANSHIP if role is Role.GUARDIAN else Authority.UNKNOWN,
        bsn=people.bsn(person),
        numbers=people.other_numbers(person),
        gender=person.need("geslachtsaanduiding").coded(codes.GENDERS, codes.GENDERS["O"]),
        birth=people.birth(person, envelope),
        birth_place=person.text_of("inp.geboorteplaats") or person.text_of("geboortplaatsnaamBuitenland"),
        birth_country=person.text_of("geboortelandNaam") or person.text_of("inp.geboorteLand"),
        involvement=involvement,
        is_secret=people.is_secret(person),
        addresses=people.coded_addresses(person),
        municipality=person.text_of("inp.gemeenteVanInschrijving"),
        phones=person.texts_of("sub.telefoonnummer"),
        emails=person.texts_of("sub.emailadres"),
        nationalities=_nationalities(person),
        language=tongue.text_of("omschrijving") if tongue else "",
        language_code=tongue.text_of("code") if tongue else "",
        informed=tuple(people.told(group) for group in part.many("informering")),
        relations=relations,
    )


def _nationalities(person: Cursor) -> tuple[str, ...]:
    found: list[str] = []
    for part in person.many("inp.heeftAlsNationaliteit"):
        one = part.need("gerelateerde")
        found.append(" ".join(text for text in (one.text_of("code"), one.text_of("omschrijving")) if text))
    return tuple(found)


def _unit(part: Cursor, role: Role) -> Party:
    group = part.need("gerelateerde").one("organisatorischeEenheid")
    if group is None:
        return Party(role=role)
    found = people.unit(group)
    return Party(name=found.name, role=role, numbers=found.numbers, contact=found.contact)


def _other_unit(part: Cursor) -> Party | None:
    group = part.need("gerelateerde").one("organisatorischeEenheid")
    if group is None:
        return None
    code = part.need("betrokkenheidRelatie")
    words, role = code.coded(codes.RELATIONS, ("", Role.UNKNOWN))
    found = people.unit(group)
    return Party(found.name, role, f"{code.peek()} {words}".strip(), found.numbers, contact=found.contact)
