"""How what a message says in codes is said in Dutch, where intake keeps it as text beside the sender's own words.

Plain strings: they become part of the record and must not change with the reader's language.
"""

from kring.exchange.received import Address, Informing, Involvement, Moment, PersonName, ReceivedReport, Relation

ALSO_TOLD = "Ook geïnformeerd"
ALSO_NAMED = "Ook genoemd"
ALSO_REACHED = "Ook te bereiken via"
FULL_NAME = "Volledige naam"
RELATION = "Relatie"
INVOLVED_AS = "Betrokken als"
ROLE = "Rol"
GIVEN_NAMES, INITIALS, PREFIX, SURNAME = "Voornamen", "Voorletters", "Voorvoegsel", "Achternaam"
BORN, BIRTH_PLACE, BIRTH_COUNTRY = "Geboren", "Geboorteplaats", "Geboorteland"
NATIONALITY, LANGUAGE, TOLD_HOW = "Nationaliteit", "Taal", "Geïnformeerd"
STREET, HOUSE_NUMBER, POSTCODE, TOWN, COUNTRY = "Straat", "Huisnummer", "Postcode", "Plaats", "Land"
ADDRESS, MUNICIPALITY, SINCE = "Adres", "Gemeente van inschrijving", "sinds"
SECRET_OF = "Geheim, van"
REPORTER_ALSO, REPORTER_NOTE = "Melder ook te bereiken via", "Toelichting van de melder"
DEPARTMENT, ORGANISATION = "Afdeling", "Organisatie"

QUESTIONS = {
    "barring_order": "Tijdelijk huisverbod",
    "arrest": "Aanhouding",
    "charge": "Aangifte",
    "honour_related_violence": "Eergerelateerd geweld",
    "registrations": "Relevante registraties",
    "under_twelve_suspected": "Kind jonger dan 12 verdacht van een misdrijf",
    "existing_help": "Bestaande hulpverlening",
    "informing": "Over het informeren van betrokkenen",
    "request": "Verzoek van de melder",
    "reason": "Reden van de melding",
    "more": "Overige informatie",
    "source": "Bron",
    "person_more": "Aanvullend over deze persoon",
    "role_code": "Code van de rol",
    "non_acute_1": "Vraag 1 niet-acute zorg",
    "non_acute_2": "Vraag 2 niet-acute zorg",
    "safety_house_1": "Vraag 1 Zorg- en Veiligheidshuis",
    "safety_house_2": "Vraag 2 Zorg- en Veiligheidshuis",
}
NUMBERS = {
    "rni": "RNI-nummer",
    "alien": "Vreemdelingennummer",
    "organisation": "Organisatienummer",
    "institution": "Instantiecode",
    "rsin": "RSIN",
    "branch": "Vestigingsnummer",
    "oin": "OIN",
    "kvk": "KvK-nummer",
}
ADDRESS_KINDS = {
    "post": "Postadres",
    "residence": "Verblijfadres",
    "registered": "Adres van inschrijving",
    "business": "Vestigingsadres",
    "no_fixed_abode": "Zonder vaste woon- of verblijfplaats",
    "invoice": "Factuuradres",
    "detention_registered": "Detentieadres (inschrijving)",
    "detention_actual": "Detentieadres",
    "work": "Werkadres",
    "delivery": "Afleveradres",
    "chosen_domicile": "Gekozen domicilie",
    "seat": "Zetel",
    "left_unknown": "Vertrokken, onbekend waarheen",
    "outflow": "Uitstroomadres",
    "leave": "Verlofadres",
    "last_known": "Laatst bekende adres",
    "resocialisation": "Adres van resocialisatie",
    "daytime": "Adres van dagbesteding",
    "planned_leave": "Gepland verlofadres",
    "regime": "Regime-adres",
    "registered_home": "Woonadres volgens de BRP",
    "registered_post": "Briefadres volgens de BRP",
}
INVOLVEMENTS = {
    Involvement.SUSPECT: "verdachte",
    Involvement.VICTIM: "slachtoffer",
    Involvement.INJURED_PARTY: "benadeelde",
    Involvement.WITNESS: "getuige",
    Involvement.COMPLAINANT: "aangever",
}
WAYS = {
    "spoken": "mondeling",
    "written": "schriftelijk",
    "telephone": "telefonisch",
    "mail": "e-mail",
    "unnamed": "onbenoemd",
}
LEVELS = {"low": "laag", "medium": "matig", "high": "hoog"}
YES_NO = {True: "ja", False: "nee", None: "niet ingevuld"}


def joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def name(who: PersonName) -> str:
    first = who.given_names or who.initials
    return who.full or " ".join(part for part in (first, who.prefix, who.surname) if part) or "naam onbekend"


def address(at: Address) -> str:
    street = " ".join(part for part in (at.street, at.house_number) if part)
    town = " ".join(part for part in (at.postcode, at.place) if part)
    since = f"sinds {at.since.words}" if at.since else ""
    return joined(street, town, at.country, *at.foreign_lines, at.description, since, *at.words)


def relation(one: Relation) -> str:
    numbers = [f"{NUMBERS.get(kind, kind)} {number}" for kind, number in one.to_numbers]
    return f"{one.words} (van {joined(name(one.to), *numbers)})"


def told_how(one: Informing) -> str:
    reacted = {True: "heeft gereageerd", False: "heeft niet gereageerd", None: ""}[one.reacted]
    return joined(WAYS.get(one.how, one.how), one.on.words if one.on else "", reacted)


def informing(one: Informing) -> str:
    reason = f"niet geïnformeerd omdat: {one.reason_not}" if one.reason_not else ""
    told = "" if one.told is None else f"geïnformeerd: {YES_NO[one.told]}"
    return joined(told, told_how(one), one.reaction, reason)


def told_elsewhere(who: PersonName, _number: str, one: Informing) -> str:
    return joined(name(who), informing(one))


def moment(at: Moment) -> str:
    return at.at.strftime("%d-%m-%Y %H:%M") if at.at else at.words


def about_the_message(report: ReceivedReport) -> list[tuple[str, str]]:
    """What the report says about itself, beside its story."""
    found = [("Kenmerk bij de melder", report.file_number)]
    if report.reported_at:
        found.append(("Gemeld op", moment(report.reported_at)))
    if report.happened_until:
        found.append(("Het duurde tot", moment(report.happened_until)))
    if report.sash:
        level = f", niveau {LEVELS[report.sash.level]}" if report.sash.level else ""
        found.append(("SASH-screening van de politie ingevuld", YES_NO[report.sash.filled_in] + level))
    if report.consultation_wanted is not None:
        found.append(("Bespreken in afstemmingsoverleg gewenst", YES_NO[report.consultation_wanted]))
    if report.organisations_involved is not None:
        found.append(("Er zijn instanties betrokken", YES_NO[report.organisations_involved]))
    found += [(f"Leefgebied {domain.code}", domain.note) for domain in report.life_domains if domain.note]
    found += [("Verwijzing", link) for link in report.links]
    for document in report.documents:
        made = f"gemaakt {document.made_on.words}" if document.made_on else ""
        known = (document.title, document.file_name, document.media_type, document.author, document.number, made)
        found.append((f"Document bij de melding ({document.kind})", joined(*known) or "zonder naam"))
    if report.receiver_named:
        who = report.receiver_named
        numbers = [f"{NUMBERS.get(kind, kind)} {number}" for kind, number in who.numbers]
        contact = who.contact
        found.append(("Gericht aan", joined(who.name, *numbers, contact.name, *contact.phones, *contact.emails)))
    return found
