"""The people in a message: who they are, where they are, whether they were told. The kinds name things differently."""

from collections.abc import Sequence

from kring.exchange.received import (
    Address,
    Answer,
    Birth,
    ContactPoint,
    Envelope,
    Informing,
    Party,
    PersonName,
    Relation,
)
from kring.exchange.stuf import codes
from kring.exchange.stuf.cursor import Cursor
from kring.exchange.stuf.values import NUMBER_OF_THE_UNBORN, citizen_number, loose_yes_no, partial_date

# RNI and alien number: who has no BSN is still one person and no other.
OTHER_NUMBERS = {"anp.identificatie": "rni", "rni": "rni", "vreemdelingennummer": "alien"}
PARTY_NUMBERS = {
    "identificatie": "organisation",
    "instantiecode": "institution",
    "inn.nnpId": "rsin",
    "vestigingsNummer": "branch",
    "oinNummer": "oin",
}
SECRET_NAMES = ("indicatieGeheim", "geheimAdres", "indicatieGeheimhouding", "inp.indicatieGeheim")


def name(person: Cursor) -> PersonName:
    return PersonName(
        given_names=person.text_of("voornamen"),
        initials=person.text_of("voorletters"),
        prefix=person.text_of("voorvoegselGeslachtsnaam"),
        surname=person.text_of("geslachtsnaam"),
        full=person.text_of("volledigeNaam") or person.text_of("naam"),
    )


def other_numbers(person: Cursor) -> tuple[tuple[str, str], ...]:
    found = ((kind, person.text_of(element)) for element, kind in OTHER_NUMBERS.items())
    return tuple((kind, number) for kind, number in found if number)


def birth(person: Cursor, envelope: Envelope) -> Birth:
    """A birth date after the day on which the message was sent is the day on which a child is expected."""
    found = person.read(partial_date, "geboortedatum")
    number = person.one("inp.bsn")
    no_number_yet = number is not None and number.peek().strip() == NUMBER_OF_THE_UNBORN
    sent = envelope.sent_at.at
    ahead = bool(found and sent and found.earliest and found.earliest > sent.date())
    if ahead or no_number_yet:
        return Birth(unborn=True, expected_on=found)
    return Birth(born=found)


def bsn(person: Cursor) -> str:
    return citizen_number(person.one("inp.bsn"))


def is_secret(person: Cursor) -> bool | None:
    """The standard has no place for a secret address; senders use an extra element. Not stated is not "not secret"."""
    extra = person.one("extraElementen")
    for element in extra.many("extraElement") if extra else ():
        if element.attribute_peek("naam") in SECRET_NAMES:
            element.attribute("naam", "")
            return loose_yes_no(element)
    return None


def street_address(at: Cursor, kind: str) -> Address:
    """One address as the basic registration writes it; empty parts stay empty."""
    number = "".join(at.text_of(part) for part in ("aoa.huisnummer", "aoa.huisletter"))
    addition = at.text_of("aoa.huisnummertoevoeging")
    streets = [text for text in (at.text_of("gor.openbareRuimteNaam"), at.text_of("gor.straatnaam")) if text]
    return Address(
        kind=kind,
        street=streets[0] if streets else "",
        house_number=f"{number}-{addition}" if addition else number,
        postcode=at.text_of("aoa.postcode"),
        place=at.text_of("wpl.woonplaatsNaam"),
        description=at.text_of("inp.locatiebeschrijving"),
        since=at.read(partial_date, "begindatumVerblijf"),
        words=tuple(streets[1:]),
    )


def foreign_address(at: Cursor, kind: str) -> Address:
    lines = (at.text_of(f"sub.adresBuitenland{number}") for number in (1, 2, 3))
    country = [text for text in (at.text_of("lnd.landnaam"), at.text_of("lnd.landcode")) if text]
    return Address(
        kind=kind,
        country=country[0] if country else "",
        foreign_lines=tuple(line for line in lines if line),
        words=tuple(country[1:]),
    )


def addresses(person: Cursor, elements: Sequence[tuple[str, str, bool]]) -> tuple[Address, ...]:
    """The addresses under these elements, each with our kind and whether it is abroad."""
    return tuple(
        (foreign_address if abroad else street_address)(at, kind)
        for element, kind, abroad in elements
        for at in person.many(element)
    )


def coded_addresses(person: Cursor) -> tuple[Address, ...]:
    """The addresses of a generic report: each says itself what kind it is."""
    found: list[Address] = []
    for group in person.many("adres"):
        kind = group.need("soortadres").coded(codes.ADDRESS_KINDS, "unknown")
        if at_home := group.one("nederlandsadres"):
            found.append(street_address(at_home, kind))
        if abroad := group.one("buitenlandsAdres"):
            found.append(foreign_address(abroad, kind))
        if not (at_home or abroad):
            found.append(Address(kind=kind))
    return tuple(found)


def contact_point(group: Cursor | None) -> ContactPoint:
    if group is None:
        return ContactPoint()
    return ContactPoint(
        name=group.text_of("naamContactpersoon") or group.text_of("naam"),
        department=group.text_of("afdeling"),
        phones=group.texts_of("telefoonnummer") + group.texts_of("sub.telefoonnummer"),
        emails=group.texts_of("eMail") + group.texts_of("emailadres") + group.texts_of("sub.emailadres"),
    )


def unit(group: Cursor) -> Party:
    """An organisatorischeEenheid of a generic report, with whom to call there."""
    return Party(
        name=group.needed_text("naam"),
        numbers=party_numbers(group),
        contact=contact_point(group.down("heeftAlsContactpersoon", "gerelateerde")),
    )


def party_numbers(group: Cursor) -> tuple[tuple[str, str], ...]:
    found = ((kind, group.text_of(element)) for element, kind in PARTY_NUMBERS.items())
    return tuple((kind, number) for kind, number in found if number)


def told(group: Cursor) -> Informing:
    """Informing in a generic report: whether, when, what they said, or why not."""
    return Informing(
        told=group.need("indicatieGeinformeerd").coded(codes.YES_NO, None),
        on=group.read(partial_date, "datum"),
        reaction=group.text_of("reactie"),
        reason_not=group.text_of("redenNietGeinformeerd"),
    )


def told_in_extra(*holders: Cursor | None) -> tuple[Informing, ...]:
    """Informing as the older kinds carry it: extra elements on the person or on that person's part in the report."""
    answer: bool | None = None
    reason = ""
    for holder in holders:
        extra = holder.one("extraElementen") if holder else None
        for element in extra.many("extraElement") if extra else ():
            match element.attribute_peek("naam"):
                case "indicatieGeinformeerd" if answer is None:
                    element.attribute("naam", "")
                    answer = loose_yes_no(element)
                case "redenNietGeinformeerd" if not reason:
                    element.attribute("naam", "")
                    reason = element.text()
    return (Informing(told=answer, reason_not=reason),) if answer is not None or reason else ()


def relation(group: Cursor) -> Relation:
    """staatInRelatieTot: the other person is only named; who that is, a reader decides."""
    other = group.need("gerelateerde")
    return Relation(
        words=group.needed_text("omschrijvingSocialeRelatie"),
        to=name(other),
        to_bsn=bsn(other),
        to_numbers=other_numbers(other),
    )


def answer_of(holder: Cursor, element: str, question: str) -> tuple[Answer, ...]:
    """Each of these elements as the answer to one of our questions; an empty one is no answer."""
    return tuple(Answer(question, text, element) for text in holder.texts_of(element))
