"""The five families of Waterrijk, told by actions; two without children (harm B37)."""

from datetime import timedelta

from django.utils import timezone

from kring.circle import actions as circle
from kring.circle.access import open_family
from kring.circle.models import Family, Membership
from kring.demo.cast import Cast
from kring.demo.stage import as_, bsn, face, join, membership, people, sight, years_ago
from kring.families import actions as families

WEEK = timedelta(days=7)


def _founded(label: str, desk: str = "veilig_thuis", by_key: str = "tom") -> Family:
    """As after a report that was weighed: founded by the desk, taken up by name, and known by its own name."""
    with as_(by_key) as by:
        family = circle.found_family(
            by=by,
            label=f"Melding {label}",
            desk_id=Cast().organisation(desk),
            assessed_before=timezone.localdate() + WEEK,
        )
        circle.take_up_sight(by=by, family=family)
        circle.rename(by=by, family=family, label=label)
    return family


def _hand_back(family: Family, by_key: str) -> None:
    """Veilig Thuis leaves once others watch: the desk first, then who took the report by name."""
    with as_(by_key) as by:
        for member in Membership.objects.filter(family=family, until_at__isnull=True, role="receiving_desk"):
            circle.end_membership(by=by, membership=member, reason="overgedragen")
        circle.end_membership(by=by, membership=membership(family, by_key), reason="overgedragen")


def de_vries() -> Family:
    """Father Rob is not to come near; mother, three children, grandmother and neighbour; a duo that watches."""
    family = _founded("Gezin De Vries")
    who = people(
        family,
        "tom",
        fatma={"given_names": "Fatma", "prefix": "de", "surname": "Vries", "gender": "female", "born_on": years_ago(38), "bsn": bsn(101)},
        rob={"given_names": "Rob", "prefix": "de", "surname": "Vries", "gender": "male", "born_on": years_ago(41), "bsn": bsn(102)},
        daan={"given_names": "Daan", "prefix": "de", "surname": "Vries", "gender": "male", "born_on": years_ago(14), "bsn": bsn(103)},
        lisa={"given_names": "Lisa", "prefix": "de", "surname": "Vries", "gender": "female", "born_on": years_ago(9), "bsn": bsn(104)},
        mees={"given_names": "Mees", "prefix": "de", "surname": "Vries", "gender": "male", "born_on": years_ago(4), "bsn": bsn(105)},
        ayse={"called": "Oma Ayşe", "surname": "Demir", "gender": "female", "born_on": years_ago(66), "standing": "network"},
        bea={"called": "Buurvrouw Bea", "surname": "Kuiper", "gender": "female", "standing": "network"},
    )  # fmt: skip
    with as_("tom") as tom:
        open_family(tom, family.id, "gezin invullen")
        for child in ("daan", "lisa", "mees"):
            for parent in ("fatma", "rob"):
                families.relate(by=tom, member=who[parent], other=who[child], kind="parent")
            families.set_authority(by=tom, child=who[child], kind="joint_parental", holders=[who["fatma"], who["rob"]])
        families.relate(by=tom, member=who["rob"], other=who["fatma"], kind="ex_partner")
        families.relate(by=tom, member=who["ayse"], other=who["daan"], kind="grandparent")
        home = families.start_household(
            by=tom, family=family, label="Bij Fatma", members=[who[k] for k in ("fatma", "daan", "lisa", "mees")]
        )
        families.set_address(
            by=tom, household=home, street="Kadelaan", house_number="12", postcode="9901AB", town="Havenwijk"
        )
        away = families.start_household(by=tom, family=family, label="Bij Rob", members=[who["rob"]])
        families.set_address(
            by=tom, household=away, street="Sluisweg", house_number="3", postcode="9903CD", town="Sluiskade"
        )
        families.warn_at_the_door(
            by=tom, family=family, what="Rob kan bij Fatma voor de deur staan; hij dreigde op 2 november met een mes. Ga met twee.",
            since_on=timezone.localdate() - timedelta(days=20),
        )  # fmt: skip
        families.set_safe_contact(
            by=tom, member=who["fatma"], channels=["call"], phone="06 0000 0101", when="doordeweeks tussen 9 en 14 uur",
            as_whom="Samira van school", who_may_know="alleen Fatma", voicemail="no", language="Nederlands, Turks",
            checked_on=timezone.localdate(),
        )  # fmt: skip
    join(family, "tom", "samira", "local_professional", "veilig_thuis_transfer")
    join(family, "tom", "koen", "local_professional", "veilig_thuis_transfer")
    join(family, "tom", "joost", "safety_partner", "veilig_thuis_transfer")
    face(family, "tom", "samira", deputy="koen")
    sight(family, "tom", "joost")
    _hand_back(family, "tom")
    join(
        family,
        "samira",
        "noor",
        "care_provider",
        "consent",
        opens_kinds=["family"],
        ground_note="toestemming van Fatma, alleen haar deel",
    )
    with as_("samira") as samira:
        open_family(samira, family.id, "afspraak met school")
        circle.write_contact_card(
            by=samira, family=family, kind="school", name="Wendy Kok", organisation="Basisschool De Regenboog", about_member_id=who["lisa"].id,
            may_know="Dat Lisa en Mees alleen door Fatma of oma worden opgehaald.", agreed="Bij twijfel belt Wendy eerst Samira.",
        )  # fmt: skip
    return family


def shelter() -> Family:
    """Mother and child live where nobody may know; the shelter's worker is heard by the duo only (harm B4)."""
    family = _founded("Familie Yıldız-Smit")
    who = people(
        family,
        "tom",
        elif_={"given_names": "Elif", "surname": "Yıldız", "gender": "female", "born_on": years_ago(31), "bsn": bsn(201)},
        mark={"given_names": "Mark", "surname": "Smit", "gender": "male", "born_on": years_ago(35), "bsn": bsn(202)},
        noa={"given_names": "Noa", "surname": "Smit", "gender": "female", "born_on": years_ago(6), "bsn": bsn(203)},
        baby={"unborn": True, "expected_on": timezone.localdate() + timedelta(days=80)},
    )  # fmt: skip
    with as_("tom") as tom:
        open_family(tom, family.id, "gezin invullen")
        families.relate(by=tom, member=who["elif_"], other=who["noa"], kind="parent")
        families.relate(by=tom, member=who["mark"], other=who["noa"], kind="parent")
        families.set_authority(
            by=tom,
            child=who["noa"],
            kind="joint_parental",
            holders=[who["elif_"], who["mark"]],
            under_investigation=True,
        )
        hidden = families.start_household(by=tom, family=family, label="Bij Elif", members=[who["elif_"], who["noa"]])
        families.set_secret_address(
            by=tom,
            household=hidden,
            street="Ankerpad",
            house_number="77",
            postcode="9902ZZ",
            town="Oeverland",
            organisation="Vrouwenopvang Het Anker",
        )
        families.start_household(by=tom, family=family, label="Bij Mark", members=[who["mark"]])
    join(family, "tom", "petra", "local_professional", "veilig_thuis_transfer")
    join(family, "tom", "joost", "safety_partner", "veilig_thuis_transfer")
    face(family, "tom", "petra")
    sight(family, "tom", "joost")
    _hand_back(family, "tom")
    join(family, "petra", "lotte", "care_provider", "consent")
    join(family, "petra", "bram", "care_provider", "consent", opens_kinds=["family"])
    return family


def mevrouw_de_boer() -> Family:
    """Eighty-four, and her nephew holds her bank card: a household without children is as ordinary as any."""
    family = _founded("Mevrouw De Boer", desk="veilig_thuis", by_key="amira")
    who = people(
        family,
        "amira",
        cor={"given_names": "Cornelia", "called": "Cor", "prefix": "de", "surname": "Boer", "gender": "female", "born_on": years_ago(84), "bsn": bsn(301)},
        nephew={"given_names": "Henk", "surname": "Prins", "gender": "male", "born_on": years_ago(52), "standing": "network"},
    )  # fmt: skip
    with as_("amira") as amira:
        open_family(amira, family.id, "gezin invullen")
        home = families.start_household(by=amira, family=family, label="Bij mevrouw De Boer", members=[who["cor"]])
        families.set_address(
            by=amira, household=home, street="Havenstraat", house_number="8", postcode="9901BC", town="Havenwijk"
        )
    join(family, "amira", "samira", "local_professional", "veilig_thuis_transfer")
    face(family, "amira", "samira")
    return family


def anouk_and_peter() -> Family:
    """Two adults, one of them afraid; they said no to a fixed face for now, and that is a choice (harm B26)."""
    family = _founded("Anouk Jansen en Peter Mol", by_key="femke")
    people(
        family,
        "femke",
        anouk={"given_names": "Anouk", "surname": "Jansen", "gender": "female", "born_on": years_ago(29)},
        peter={"given_names": "Peter", "surname": "Mol", "gender": "male", "born_on": years_ago(33)},
    )
    with as_("femke") as femke:
        open_family(femke, family.id, "vast gezicht")
        circle.set_no_fixed_face(by=femke, family=family, reason="declined", until=timezone.localdate() + 4 * WEEK)
    return family


def van_dam() -> Family:
    """Recovery: a boy whose namesake with the same birthday lives elsewhere (story 28)."""
    family = _founded("Gezin Van Dam")
    who = people(
        family,
        "tom",
        ria={"given_names": "Ria", "prefix": "van", "surname": "Dam", "gender": "female", "born_on": years_ago(36), "bsn": bsn(401)},
        tim={"given_names": "Tim", "prefix": "van", "surname": "Dam", "gender": "male", "born_on": years_ago(11, 0), "bsn": bsn(402)},
    )  # fmt: skip
    with as_("tom") as tom:
        open_family(tom, family.id, "gezin invullen")
        families.relate(by=tom, member=who["ria"], other=who["tim"], kind="parent")
        families.set_authority(by=tom, child=who["tim"], kind="single_parental", holders=[who["ria"]])
        home = families.start_household(by=tom, family=family, label="Thuis", members=[who["ria"], who["tim"]])
        families.set_address(
            by=tom, household=home, street="Molenpad", house_number="21", postcode="9901DE", town="Havenwijk"
        )
    join(family, "tom", "samira", "local_professional", "veilig_thuis_transfer")
    join(family, "tom", "koen", "local_professional", "veilig_thuis_transfer")
    face(family, "tom", "samira", deputy="koen")
    sight(family, "tom", "koen")
    _hand_back(family, "tom")
    return family


def build_families() -> None:
    for story in (de_vries, shelter, mevrouw_de_boer, anouk_and_peter, van_dam):
        story()
