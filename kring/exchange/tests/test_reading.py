"""What arrives of a report: everything the kind carries, in our words, with the sender's text untouched."""

from kring.exchange.received import Authority, Gender, Involvement, Role
from kring.exchange.tests.reading import changed, message, report_of, without

PERSON = "//ZKN:heeftBetrekkingOp//ZKN:natuurlijkPersoon"


def answers(report, question):
    return [answer.text for answer in report.answers if answer.question == question]


def test_a_police_report_arrives_with_child_parents_guardian_and_document():
    report = report_of(message("zorgmelding"))
    assert (report.envelope.sender.organisation, report.envelope.reference) == (
        "00000099000000001000",
        "zm-2026-000417",
    )
    assert report.file_number == "BVH-2026-118204"
    assert report.reporter.name == "Politie, basisteam Polder"
    assert report.reporter.contact.phones == ("0900000000",)
    child, mother, father = report.people
    assert (child.role, child.bsn, child.name.given_names) == (Role.CHILD, "999910012", "Eæva Maïté")
    assert (mother.role, mother.authority) == (Role.PARENT, Authority.HAS)
    assert (father.role, father.role_words) == (Role.OTHER, "vader, woont er niet altijd")
    assert [(party.name, party.role) for party in report.other_parties] == [("Stichting Voogdij Polder", Role.GUARDIAN)]
    assert report.documents[0].content.startswith(b"%PDF-1.4")
    assert (report.documents[0].file_name, report.documents[0].media_type) == ("zorgmelding.pdf", "application/pdf")


def test_who_is_marked_secret_is_secret_and_when_the_message_says_nothing_it_is_unknown():
    child, _mother, _father = report_of(message("zorgmelding")).people
    assert child.is_secret is True
    assert child.addresses[0].house_number == "12B-2"
    unmarked = report_of(without("zorgmelding", f"{PERSON}/StUF:extraElementen")).people[0]
    assert unmarked.is_secret is None


def test_not_informed_with_a_reason_arrives_in_all_three_kinds():
    mother = report_of(message("zorgmelding")).people[1]
    assert [(one.told, one.reason_not[:16]) for one in mother.informed] == [(False, "Moeder lag op de")]
    elderly = report_of(message("melding_generiek")).people[0]
    assert [(one.told, one.reason_not) for one in elderly.informed] == [(False, "De zoon is altijd in de kamer.")]
    assert answers(report_of(message("vt_melding")), "informing")[0].startswith("Vader van het middelste kind is niet")


def test_birth_dates_arrive_whole_in_part_or_unknown():
    by_name = {p.name.given_names or p.name.surname: p.birth for p in report_of(message("vt_melding")).people}
    assert (by_name["Noor"].born.year, by_name["Noor"].born.is_full) == (2012, True)
    assert (by_name["Sami"].born.year, by_name["Sami"].born.month) == (2018, None)
    assert by_name["Onbekend"].born.is_unknown
    child, _mother, father = report_of(message("zorgmelding")).people
    assert (child.birth.born.year, child.birth.born.month, child.birth.born.day) == (2015, 3, None)
    assert (father.birth.born.is_unknown, father.birth.born.words) == (True, "waardeOnbekend")


def test_a_birth_date_after_the_message_is_a_child_that_is_expected():
    unborn = [person for person in report_of(message("vt_melding")).people if person.birth.unborn]
    assert [(one.birth.born, one.birth.expected_on.words) for one in unborn] == [(None, "20270214")]


def test_a_birth_date_that_cannot_be_is_unknown_to_us_and_stays_visible():
    report = report_of(changed("zorgmelding", f"{PERSON}/BG:geboortedatum", "20151399"))
    assert report.people[0].birth.born.is_unknown
    assert "20151399" in [rest.text for rest in report.unmapped]


def test_three_children_of_three_fathers_stay_eight_people_with_their_own_authority():
    people = report_of(message("vt_melding")).people
    assert len(people) == 8
    fathers = {
        p.name.surname: (p.role, p.authority) for p in people if p.gender is Gender.MALE and p.name.surname[0] in "VHM"
    }
    assert fathers["Visser"] == (Role.PARENT, Authority.NONE)
    assert fathers["Meijer"] == (Role.NON_LEGAL_PARENT, Authority.UNKNOWN)
    karim = next(p for p in people if p.name.given_names == "Karim")
    assert (karim.role, karim.authority) == (Role.PARENT, Authority.UNKNOWN)
    assert karim.addresses[0].foreign_lines == ("Voorbeeldstraat 1", "Antwerpen")


def test_who_has_no_bsn_keeps_the_other_number():
    sami = next(p for p in report_of(message("vt_melding")).people if p.name.given_names == "Sami")
    assert (sami.bsn, sami.numbers) == ("", (("rni", "99990000000000017"),))


def test_a_number_that_fails_the_eleven_test_is_nobodys_bsn_and_stays_visible():
    report = report_of(changed("zorgmelding", f"{PERSON}/BG:inp.bsn", "999910013"))
    assert report.people[0].bsn == ""
    assert [rest.text for rest in report.unmapped if "inp.bsn" in rest.path] == ["999910013"]


def test_who_was_told_joins_that_person_only_when_number_or_full_name_fits_one():
    report = report_of(message("vt_melding"))
    told = {p.name.given_names: [i.reaction for i in p.informed] for p in report.people if p.informed}
    assert told == {"Marijke": ["Moeder is bang dat de kinderen worden weggehaald."], "Tom": [""]}
    assert [name.full for name, _bsn, _informing in report.informed_elsewhere] == ["mw. Jansen, buurvrouw"]


def test_the_sash_screening_is_kept_as_the_police_sent_it():
    sash = report_of(message("vt_melding")).sash
    assert (sash.filled_in, sash.level) == (True, "high")


def test_text_stays_text():
    report = report_of(message("vt_melding"))
    incident = answers(report, "incident")[0]
    assert '"Hij sloeg me met de <b>afstandsbediening</b>."' in incident
    assert "=SOM(1+1)" in incident
    assert "\n" in incident
    assert "\u202b" in answers(report, "situation_more")[0]


def test_the_generic_report_is_about_an_adult_without_child_fields():
    report = report_of(message("melding_generiek"))
    elderly, son = report.people
    assert (elderly.role, elderly.involvement) == (Role.SUBJECT, Involvement.VICTIM)
    assert (elderly.language, elderly.addresses[1].country) == ("Fries", "Duitsland")
    assert (son.name.full, son.role, son.relations[0].words) == ("Gerrit den Oud", Role.CHILD, "Kind")
    assert [(domain.code, domain.note) for domain in report.life_domains] == [
        ("01", "De zoon beheert de pas."),
        ("09", ""),
    ]
    assert answers(report, "existing_help") == ["Thuiszorg, twee keer per dag."]
    assert (report.addressed_to, report.feedback_wanted) == ("veilig_thuis", True)
    assert report.happened_until.at.isoformat() == "2026-11-18T15:30:00+01:00"


def test_what_we_have_no_place_for_is_kept_with_where_it_stood():
    assert [(rest.path, rest.text) for rest in report_of(message("zorgmelding")).unmapped] == [
        ("zorgmeldingDi01/object/extraElementen/extraElement[2] «prioriteit»", "3"),
    ]


def test_a_message_in_a_soap_envelope_is_the_same_report():
    soap = b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>%s</s:Body></s:Envelope>'
    bare = message("vt_melding").partition(b"?>")[2]
    assert report_of(soap % bare) == report_of(message("vt_melding"))
