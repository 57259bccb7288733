"""The invented region Waterrijk and its people: the same cast in the demo, the tests and the screenshots.

Names, towns and organisations are invented. `build_region()` fills an empty database with organisations and
professionals; the families and their stories are told by actions (kring/demo/stories).
"""

import uuid
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from kring.accounts import actions
from kring.accounts.models import Appointment, Organisation, OrganisationKind, Professional, Region, Role
from kring.accounts.queries import professional_viewer
from kring.accounts.sign_in import mint
from kring.locks.postgres.base import as_owner
from kring.locks.secret import normalised
from kring.locks.subject import Subject, Viewer, acting_as

NAMESPACE = uuid.UUID("6b72696e-6700-4000-8000-000000000000")


def fixed_id(name: str) -> uuid.UUID:
    """The same id for the same name in every run, so that tests and pictures can name people."""
    return uuid.uuid5(NAMESPACE, name)


K = OrganisationKind
# key: (name, kind, OIN, hidden by default, phone)
ORGANISATIONS: dict[str, tuple[str, str, str, bool, str]] = {
    "beheer": ("Regio Waterrijk, beheer", K.MUNICIPALITY, "00000001900000010000", False, ""),
    "wijkteam": ("Wijkteam Havenwijk", K.LOCAL_TEAM, "00000001900000020000", False, "030 000 00 10"),
    "veilig_thuis": ("Veilig Thuis Waterrijk", K.VEILIG_THUIS, "00000001900000030000", False, "0800 2000"),
    "raad": ("Raad voor de Kinderbescherming, locatie Waterrijk", K.BOARD, "00000001900000040000", False, ""),
    "gi": ("Jeugdbescherming De Brug", K.CERTIFIED_INSTITUTION, "00000001900000050000", False, ""),
    "ggz": ("GGZ De Linde", K.ADULT_MENTAL_HEALTH, "00000001900000060000", False, ""),
    "opvang": ("Vrouwenopvang Het Anker", K.SHELTER, "00000001900000070000", True, ""),
    "politie": ("Politie, eenheid Waterrijk", K.POLICE, "00000001900000080000", False, ""),
    "school": ("Basisschool De Regenboog", K.SCHOOL, "00000001900000090000", False, ""),
    "schuldhulp": ("Schuldhulp Waterrijk", K.DEBT_HELP, "00000001900000100000", False, ""),
    "inspectie": ("Inspectie Gezondheidszorg en Jeugd", K.INSPECTORATE, "00000001900000110000", False, ""),
    "toetsing": ("Bureau Toetsing Waterrijk", K.OTHER, "00000001900000120000", False, ""),
}
# key: (given name, surname, organisation, function, register, roles)
PEOPLE: dict[str, tuple[str, str, str, str, str, str]] = {
    "ilse": ("Ilse", "Brandsma", "beheer", "functioneel beheerder", "", "administrator"),
    "samira": ("Samira", "El Idrissi", "wijkteam", "gezinswerker", "SKJ", ""),
    "koen": ("Koen", "Bakker", "wijkteam", "gezinswerker", "SKJ", ""),
    "petra": ("Petra", "Wouters", "wijkteam", "gezinswerker", "SKJ", ""),
    "marleen": ("Marleen", "de Graaf", "wijkteam", "teamleider", "SKJ", "team_leader"),
    "joost": ("Joost", "Bos", "gi", "jeugdbeschermer in het veiligheidsteam", "SKJ", "duty"),
    "amira": ("Amira", "Haddad", "veilig_thuis", "vertrouwensarts", "BIG", "desk duty"),
    "tom": ("Tom", "Vermeer", "veilig_thuis", "medewerker veiligheidsbeoordeling", "SKJ", "desk"),
    "femke": ("Femke", "Jansma", "veilig_thuis", "teamleider", "SKJ", "desk duty team_leader"),
    "noor": ("Noor", "Kaya", "ggz", "psychiatrisch verpleegkundige", "BIG", ""),
    "bram": ("Bram", "Willems", "schuldhulp", "schuldhulpverlener", "", ""),
    "lotte": ("Lotte", "Visser", "opvang", "begeleider", "SKJ", ""),
    "ruben": ("Ruben", "Meijer", "raad", "raadsonderzoeker", "SKJ", "duty"),
    "hanna": ("Hanna", "Post", "toetsing", "toetser achteraf", "SKJ", "reviewer"),
    "saskia": ("Saskia", "Blom", "inspectie", "inspecteur", "", "inspector"),
    "wendy": ("Wendy", "Kok", "school", "intern begeleider", "", ""),
    "yara": ("Yara", "Peters", "wijkteam", "ervaringsdeskundige", "", "experience_expert"),
}
# What the law lets each kind of organisation do, as far as the first roads need it.
POWERS: list[tuple[str, str, str, str]] = [
    (K.VEILIG_THUIS, "receive_report", "meldingen ontvangen en beoordelen", "Wmo 2015 artikel 4.1.1 lid 2"),
    (K.VEILIG_THUIS, "know_elsewhere", "nagaan of een gezin elders bekend is", "Wmo 2015 artikel 5.1.6"),
    (K.VEILIG_THUIS, "emergency_look_up", "opzoeken bij spoed", "Wmo 2015 artikel 4.1.1 lid 2"),
    (K.VEILIG_THUIS, "hold_bsn", "het burgerservicenummer gebruiken", "Wmo 2015 artikel 5.2.9"),
    (K.VEILIG_THUIS, "hold_bsn_of_adults", "ook het nummer van volwassenen", "Wmo 2015 artikel 5.2.9"),
    (K.LOCAL_TEAM, "receive_report", "hulpvragen en signalen ontvangen", "Jeugdwet artikel 2.6"),
    (K.LOCAL_TEAM, "hold_bsn", "het burgerservicenummer van de jeugdige gebruiken", "Jeugdwet artikel 7.2.1 en 7.4.0"),
    (
        K.CERTIFIED_INSTITUTION,
        "hold_bsn",
        "het burgerservicenummer van de jeugdige gebruiken",
        "Jeugdwet artikel 7.2.1",
    ),
    (K.CERTIFIED_INSTITUTION, "execute_measure", "een maatregel uitvoeren", "Jeugdwet artikel 3.2"),
    (K.CERTIFIED_INSTITUTION, "emergency_look_up", "opzoeken bij spoed (crisisdienst)", "Jeugdwet artikel 3.2 en 2.6"),
    (K.BOARD, "hold_bsn", "het burgerservicenummer van de jeugdige gebruiken", "Jeugdwet artikel 7.2.1"),
    (K.BOARD, "investigate", "onderzoek doen", "Jeugdwet artikel 3.1"),
    (K.BOARD, "emergency_look_up", "opzoeken bij spoed", "Jeugdwet artikel 3.1"),
    (K.INSPECTORATE, "inspect", "dossiers inzien zonder toestemming", "Jeugdwet artikel 9.2"),
]
MUNICIPALITIES = {"9901": "Havenwijk", "9902": "Oeverland", "9903": "Sluiskade"}


class Cast:
    """The people as viewers, by key: `Cast().samira`. Reads no database."""

    def __getattr__(self, key: str) -> Viewer:
        if key not in PEOPLE:
            raise AttributeError(key)
        given, surname, organisation, function, _, roles = PEOPLE[key]
        where = fixed_id(organisation)
        held = {role for role in roles.split()} | {f"{role}:{where}" for role in roles.split()}
        return Viewer(
            fixed_id(key),
            "professional",
            f"{given} {surname}",
            where,
            ORGANISATIONS[organisation][0],
            function,
            frozenset(held),
        )

    def everybody(self) -> list[Viewer]:
        return [getattr(self, key) for key in PEOPLE]

    def organisation(self, key: str) -> uuid.UUID:
        return fixed_id(key)


def build_region() -> None:
    """Organisations, professionals, powers and credentials, by an administrator's actions. Once, on an empty database."""
    _first_administrator()
    ilse = Cast().ilse
    with acting_as(Subject(mint(ilse.id, "professional"), "inrichten")), transaction.atomic():
        ilse = professional_viewer(ilse.id)
        region = Region.objects.get()
        for key, (name, kind, oin, hidden, phone) in ORGANISATIONS.items():
            if key != "beheer":
                actions.add_organisation(
                    by=ilse, id=fixed_id(key), name=name, kind=kind, oin=oin, region=region, hidden_by_default=hidden, phone=phone
                )  # fmt: skip
        for key in PEOPLE:
            if key != "ilse":
                _add_person(ilse, key)
        for kind, code, text, article in POWERS:
            actions.add_power(
                by=ilse, organisation_kind=kind, code=code, text=text, article=article, valid_from=date(2015, 1, 1)
            )


def _first_administrator() -> None:
    """The one thing no administrator can do: be there first. The owner does it, as `kring make_administrator` does."""
    given, surname, organisation, function, _, _ = PEOPLE["ilse"]
    name, kind, oin, *_ = ORGANISATIONS[organisation]
    with as_owner(), transaction.atomic():
        region = Region.objects.create(id=fixed_id("waterrijk"), name="Waterrijk")
        for code, town in MUNICIPALITIES.items():
            region.municipalities.create(code=code, name=town)
        home = Organisation.objects.create(id=fixed_id(organisation), name=name, kind=kind, oin=oin, region=region)
        ilse = Professional.objects.create(
            id=fixed_id("ilse"), given_name=given, surname=surname, sort_name=normalised(f"{surname} {given}"),
            organisation=home, function=function, email="ilse@demo.invalid",
        )  # fmt: skip
        Appointment.objects.create(
            professional=ilse, organisation=home, role=Role.ADMINISTRATOR, from_on=date(2026, 1, 1)
        )


def _add_person(by: Viewer, key: str) -> None:
    given, surname, organisation, function, register, roles = PEOPLE[key]
    today = timezone.localdate()
    extra: dict[str, Any] = (
        {"register": register, "register_number": f"9{fixed_id(key).int % 10**8:08d}"} if register else {}
    )
    person = actions.add_professional(
        by=by, id=fixed_id(key), given_name=given, surname=surname, organisation=Organisation.objects.get(pk=fixed_id(organisation)),
        function=function, email=f"{key}@demo.invalid", phone="030 000 00 00", **extra,
    )  # fmt: skip
    for role in roles.split():
        mandate = "Toezicht Jeugdwet 9.2, mandaat 2026/014" if role == Role.INSPECTOR else ""
        actions.appoint(by=by, professional=person, role=role, from_on=today - timedelta(days=400), mandate=mandate)
    if register:
        actions.add_credential(
            by=by, professional=person, kind="registration", valid_from=today - timedelta(days=700),
            valid_until=today + timedelta(days=900), source=f"{register}-register",
        )  # fmt: skip
        actions.add_credential(
            by=by, professional=person, kind="vog", valid_from=today - timedelta(days=700),
            valid_until=today + timedelta(days=400), source="Justis",
        )  # fmt: skip
