"""What is going on tonight in Waterrijk: the reports that wait for somebody."""

from datetime import date
from importlib.resources import files
from xml.sax.saxutils import escape

from django.utils import timezone

from kring.demo.cast import ORGANISATIONS, Cast
from kring.demo.stage import as_, bsn, years_ago
from kring.exchange import actions as exchange
from kring.exchange.door import answer_to
from kring.exchange.queries import known_sender
from kring.intake import actions as intake
from kring.intake.given import AddressGiven, ConcernGiven, PersonGiven, ReporterGiven

POLICE, VEILIG_THUIS = ORGANISATIONS["politie"][2], ORGANISATIONS["veilig_thuis"][2]
PERSON = """
        <JZ:heeftBetrokken StUF:entiteittype="ZOSNPS">
          <JZ:gerelateerde StUF:entiteittype="NPS">
            <BG:inp.bsn>{bsn}</BG:inp.bsn>
            <BG:geslachtsnaam>{surname}</BG:geslachtsnaam>{prefix}
            <BG:voornamen>{given}</BG:voornamen>
            <BG:geslachtsaanduiding>{gender}</BG:geslachtsaanduiding>
            <BG:geboortedatum StUF:indOnvolledigeDatum="V">{born:%Y%m%d}</BG:geboortedatum>
          </JZ:gerelateerde>
          <JZ:jeugzorgrol>{role}</JZ:jeugzorgrol>
        </JZ:heeftBetrokken>"""


def know_the_police() -> None:
    with as_("ilse") as ilse:
        exchange.add_known_sender(by=ilse, name=ORGANISATIONS["politie"][0], oin=POLICE, kinds=["vtMeldingDi01"])


def police_message(
    reference: str,
    words: str,
    place: str,
    *people: tuple[str, str, str, str, date, str],
    prefix: str = "",
    background: str = "Eerste melding op dit adres.",
) -> bytes:
    """A national message as the police sends it. A person: given name, surname, gender, BSN, birth date, role."""
    inner = "".join(
        PERSON.format(
            given=given, surname=surname, gender=gender, bsn=number, born=born, role=role,
            prefix=f"<BG:voorvoegselGeslachtsnaam>{prefix}</BG:voorvoegselGeslachtsnaam>" if prefix else "",
        )
        for given, surname, gender, number, born, role in people
    )  # fmt: skip
    now = timezone.localtime()
    mother = next(person for person in people if person[5].startswith("ouder"))
    template = (files("kring.demo") / "messages" / "politie.xml").read_text(encoding="utf-8")
    return template.format(
        sender=POLICE, receiver=VEILIG_THUIS, reference=reference, moment=now.strftime("%Y%m%d%H%M%S"),
        day=now.strftime("%Y%m%d"), place=escape(place), words=escape(words), people=inner, background=escape(background),
        told_bsn=mother[3], told_name=mother[1],
    ).encode()  # fmt: skip


def about_de_vries(reference: str = "BVH-2026-2211-01") -> bytes:
    """Rob stood at the door again: about a family that has a circle (story 2)."""
    return police_message(
        reference,
        "Buurvrouw belde 112: vader bonkte op de deur en riep dat hij zijn kinderen kwam halen. Bij aankomst was hij weg. Lisa (9) zat onder haar bed.",
        "Kadelaan 12, Havenwijk",
        ("Daan", "Vries", "M", bsn(103), years_ago(14), "jeugdige"),
        ("Fatma", "Vries", "V", bsn(101), years_ago(38), "ouder met gezag"),
        prefix="de",
        background="Derde melding in een half jaar. Vader mag niet in of bij het huis komen.",
    )  # fmt: skip


def about_strangers(reference: str = "BVH-2026-2211-02") -> bytes:
    """A family nobody here knows: a provisional one is founded."""
    return police_message(
        reference,
        "Melding van burengerucht. Moeder had een bloedende lip en zei dat haar vriend haar sloeg. Een meisje van vijf stond in de deuropening.",
        "Molenpad 3, Havenwijk",
        ("Ilona", "Kramer", "V", bsn(501), years_ago(27), "ouder met gezag"),
        ("Mila", "Kramer", "V", bsn(502), years_ago(5), "jeugdige"),
    )


def send(message: bytes) -> bool:
    """As the police's system would at the door. True when it was accepted."""
    sender = known_sender(POLICE)
    assert sender is not None
    return answer_to(sender, message).accepted


def a_teacher_calls() -> None:
    """A report by phone, taken down by the desk, ordinary: five working days."""
    with as_("tom") as tom:
        intake.receive_report(
            by=tom,
            desk_id=Cast().organisation("veilig_thuis"),
            arrived="phone",
            reporter=ReporterGiven(
                kind="professional", name="Wendy Kok", function="intern begeleider", organisation="Basisschool De Regenboog",
                phone="030 000 00 90",
            ),
            people=[
                PersonGiven(
                    role="child", called="Sem", surname="Bos", gender="male", born_on=years_ago(8),
                    address=AddressGiven(street="Dijkweg", house_number="40", postcode="9901FG", town="Havenwijk"),
                ),
                PersonGiven(role="sibling", called="Puk", surname="Bos", born_words="een jaar of drie", gender="female"),
                PersonGiven(role="parent", called="Karin", surname="Bos", gender="female", told=True, told_how="op school besproken"),
            ],
            concern=ConcernGiven(
                what_happened="Sem kwam drie dagen zonder eten en in dezelfde kleren. Hij zei dat hij zijn zusje zelf naar bed brengt omdat mama slaapt.",
                how_often="sinds twee weken bijna elke dag", since_when="begin november", seen_by="de juf en ikzelf", first_hand=True,
            ),
        )  # fmt: skip


def tonight() -> None:
    know_the_police()
    a_teacher_calls()
    for message in (about_strangers(), about_de_vries()):
        assert send(message), "the police's message was refused"
