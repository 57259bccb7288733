"""The invented region as rows: of each table how many a family has, and each column as SQL over `f` (the family's
number) and `k` (the how-manieth of that family). What is left out takes the model's own default.

Families 1 to N are at work in blocks of 1,000 with 50 professionals, so that each stands in 42 circles whatever N is.
Families above PROVISIONAL were founded by reports of these days: 300 wait at the desk of Veilig Thuis.
"""

from dataclasses import dataclass

PROVISIONAL = 10_000_000
OPEN_AT_THE_DESK = 300
DESK_WORKERS = 30
PER_BLOCK = 50  # professionals for 1,000 families

GIVEN = [
    "Anna",
    "Bram",
    "Chaima",
    "Daan",
    "Eva",
    "Fatima",
    "Gijs",
    "Hassan",
    "Iris",
    "Jan",
    "Kim",
    "Lotte",
    "Mo",
    "Noor",
    "Omar",
    "Pien",
]
SURNAMES = [
    "Bakker",
    "Çelik",
    "Dijkstra",
    "Visser",
    "Smit",
    "Meijer",
    "Mulder",
    "Bos",
    "Vos",
    "Peters",
    "Hendriks",
    "Dekker",
    "Brouwer",
    "Kaya",
    "Jansma",
    "Prins",
]
TEXT = "Zo is het verteld, in de woorden van wie het vertelde, en zo is het opgeschreven. "


def uid(*parts: str) -> str:
    """A key that other rows can work out."""
    return f"md5(concat_ws('-', {', '.join(parts)}))::uuid"


def one_of(words: list[str], number: str) -> str:
    listed = "', '".join(words)
    return f"(array['{listed}'])[1 + mod({number}, {len(words)})]"


def text(length: int) -> str:
    return f"repeat('{TEXT}', {length // len(TEXT) + 1})"


BLOCK = "((f - 1) / 1000)"
SLOT = f"(mod(f, {PER_BLOCK}))"
OPEN = f"f > {PROVISIONAL}"
TAKEN = f"({OPEN} and mod(f, 3) > 0)"  # by name, by somebody of the desk


def _professional(slot: str) -> str:
    return uid("'professional'", BLOCK, slot)


FACE = _professional(SLOT)
PARTNER_SLOT = f"mod({SLOT} + 1 + mod(f / {PER_BLOCK}, {PER_BLOCK - 1}), {PER_BLOCK})"
PARTNER = _professional(PARTNER_SLOT)
THIRD = _professional(f"mod({SLOT} + 25, {PER_BLOCK})")
DESK_WORKER = uid("'desk'", f"mod(f, {DESK_WORKERS})")
SOMEBODY = f"case when {OPEN} then {DESK_WORKER} else {FACE} end"
FAMILY = uid("'family'", "f")
DAYS_AGO = "(now() - make_interval(days => 5 + mod(f, 900)))"
SINCE = f"case when {OPEN} then now() - make_interval(hours => mod(f, 100)) else {DAYS_AGO} end"
VEILIG_THUIS, REGION = "%(veilig_thuis)s::uuid", "%(region)s::uuid"


def membership(which: str) -> str:
    return uid("'membership'", "f", f"'{which}'")


def member(number: str) -> str:
    return uid("'member'", "f", number)


@dataclass(frozen=True)
class Rows:
    """`each` rows of a model for each family for which `when` holds."""

    model: str
    columns: dict[str, str]
    each: int = 1
    when: str = "true"


def rows(model: str, each: int = 1, when: str = "true", **columns: str) -> Rows:
    return Rows(model, {"family_id": FAMILY, **columns}, each, when)


def _joined(which: str, when: str, **columns: str) -> Rows:
    given = {"from_at": SINCE, "ground": "'veilig_thuis_transfer'", "admitted_by": SOMEBODY, **columns}
    return rows("circle.Membership", when=when, id=membership(which), **given)


SURNAME = one_of(SURNAMES, "f / 7 + f")
CIRCLES = [
    Rows(
        "circle.Family",
        {"id": FAMILY, "label": f"case when {OPEN} then 'Melding ' else 'Gezin ' end || {SURNAME} || ' ' || f", "provisional": OPEN},
    ),
    _joined("desk", OPEN, desk_id=VEILIG_THUIS, role="'receiving_desk'", ground="'veilig_thuis'"),
    _joined("desk", f"not {OPEN}", desk_id=VEILIG_THUIS, role="'receiving_desk'", ground="'veilig_thuis'", until_at=f"{DAYS_AGO} + interval '4 days'"),
    _joined("assessor", TAKEN, professional_id=DESK_WORKER, role="'assessor'", ground="'veilig_thuis'"),
    _joined("face", f"not {OPEN}", professional_id=FACE, role="'local_professional'"),
    _joined("partner", f"not {OPEN}", professional_id=PARTNER, role="'safety_partner'"),
    _joined("third", f"not {OPEN} and mod(f, 10) = 0", professional_id=THIRD, role="'care_provider'", opens_kinds="array['family']"),
    rows(
        "circle.Circle",
        sight_owner_id=f"case when {TAKEN} then {membership('assessor')} when {OPEN} then {membership('desk')} else {membership('partner')} end",
        sight_since=SINCE, sight_accepted_at=f"case when {OPEN} and not {TAKEN} then null else {SINCE} end",
        fixed_face_id=f"case when not {OPEN} then {membership('face')} end", fixed_face_since=f"case when not {OPEN} then {SINCE} end",
        no_face_reason=f"case when {OPEN} then 'in_assessment' else '' end", no_face_until=f"case when {OPEN} then current_date + 5 end",
        direction_since=SINCE, frame_since=SINCE,
    ),
    rows("circle.Invitation", 2, f"not {OPEN}", professional_id=f"case k when 1 then {FACE} else {PARTNER} end", role="'local_professional'",
         ground="'veilig_thuis_transfer'", invited_by_id=DESK_WORKER, state="'accepted'", answered_at=SINCE),
    rows("circle.ContactCard", kind="'school'", name="'Wendy Kok'", organisation="'Basisschool De Regenboog'", about_member_id=member("3"), may_know=text(120), agreed=text(200)),
]  # fmt: skip
SURNAME_OF_MEMBER = one_of(SURNAMES, "f / 7 + f + case when k = 2 then 3 else 0 end")
NAME = one_of(GIVEN, "f + 5 * k")
PEOPLE = [
    Rows("families.Person", {"id": uid("'person'", "f", "k")}, 4),
    rows(
        "families.FamilyMember", 4, id=member("k"), person_id=uid("'person'", "f", "k"), given_names=NAME, surname=SURNAME_OF_MEMBER,
        sort_name=f"lower({SURNAME_OF_MEMBER} || {NAME})", gender=one_of(["female", "male"], "k"), born_precision="'day'",
        born_on="current_date - (case when k < 3 then 9000 + mod(f * k, 5000) else 400 + mod(f * k, 5500) end)",
    ),
    rows("families.CitizenNumber", 2, member_id=member("k + 2"), bsn="sealed", held_since_on=f"({SINCE})::date"),
    Rows("families.LookupKey", {"family_id": FAMILY, "of_id": member("1 + mod(k, 4)"), "kind": one_of(["surname_birth", "surname_birth", "bsn_birth", "bsn"], "k"),
         "hash": "sha256(convert_to(f || '-' || k, 'UTF8'))"}, 6),
    rows("families.Household", 1, id=uid("'home'", "f", "k"), label="'Thuis'", from_on=f"({SINCE})::date"),
    rows("families.Household", 1, "mod(f, 3) = 0", id=uid("'home'", "f", "2"), label="'Bij vader'", from_on=f"({SINCE})::date"),
    rows("families.Residence", 4, household_id=uid("'home'", "f", "case when k = 2 and mod(f, 3) = 0 then 2 else 1 end"), member_id=member("k"), from_on=f"({SINCE})::date"),
    rows("families.Address", 1, "mod(f, 30) > 0", household_id=uid("'home'", "f", "1"), street="'Kadelaan'", house_number="mod(f, 300)::text", postcode="'9901AB'", town="'Havenwijk'"),
    rows("families.SecretAddress", 1, "mod(f, 30) = 0", household_id=uid("'home'", "f", "1"), street="sealed", house_number="sealed", postcode="sealed", town="sealed"),
    rows("families.Relation", 4, member_id=member("1 + mod(k, 2)"), other_id=member("3 + (k - 1) / 2"), kind="'parent'"),
    rows("families.Authority", 2, child_id=member("k + 2"), kind="'joint_parental'", holders=f"array[{member('1')}, {member('2')}]"),
    rows("families.SafeContact", 2, member_id=member("k"), channels="array['call', 'letter']", phone="sealed", email="sealed", meeting_place="sealed",
         checked_on=f"({SINCE})::date", audience="case when mod(f, 30) = 0 then 'duo' else 'professionals' end"),
    rows("families.PlaceClue", 2, member_id=member("k + 2"), kind="'school'", text="sealed", audience="case when mod(f, 30) = 0 then 'duo' else 'professionals' end"),
    rows("families.DoorDanger", 1, "mod(f, 20) = 0", what=text(120), since_on=f"({SINCE})::date"),
]  # fmt: skip
AT = f"({SINCE} + make_interval(hours => 6 * k))"
# One family in forty had something happen these three days, so that a desk has changes to show.
LATELY = f"case when mod(f, 40) = 0 and k > 4 then now() - make_interval(hours => 6 * k) else least({AT}, now() - interval '4 days') end"
HAPPENED = [
    rows("lifecycle.Happening", 6, kind=one_of(["circle.joined", "circle.sight_accepted", "families.member_added", "families.safe_contact_set", "circle.direction_set"], "k"),
         by_id=f"case when mod(k, 2) = 0 then {PARTNER} else {SOMEBODY} end", by_kind="'professional'", happened_at=LATELY, recorded_at=LATELY,
         payload=f"jsonb_build_object('member_id', {member('k')})"),
    rows("lifecycle.Transition", 2, thing="'intake.concernreport'", thing_id=uid("'report'", "f"), verb="'move'", from_state="'received'", to_state="'assessed'",
         by_id=DESK_WORKER, happened_at=AT),
    Rows("notices.Notice", {"to_id": f"case when mod(k, 2) = 0 then {PARTNER} else {FACE} end", "to_kind": "'professional'", "from_id": DESK_WORKER,
         "kind": "'circle.joined'", "family_id": FAMILY, "recorded_at": LATELY, "read_at": f"case when mod(f, 40) > 0 then {LATELY} end"}, 2, f"not {OPEN}"),
    rows("duty.Alarm", 1, f"mod(f, 10) = 0 and not {OPEN}", id=uid("'alarm'", "f"), kind="'concern_report'", urgency="'today'", desk_id=VEILIG_THUIS, region_id=REGION,
         state="'closed'", rung_at=SINCE, climbs_at=SINCE, raised_by=DESK_WORKER, raised_at=SINCE, held_by_id=DESK_WORKER, held_at=SINCE, closed_at=SINCE),
    rows("duty.Alarm", 1, f"mod(f, 100) = 0 and {OPEN}", id=uid("'alarm'", "f"), kind="'concern_report'", urgency="'now'", desk_id=VEILIG_THUIS, region_id=REGION,
         state="'ringing'", rung_at=SINCE, climbs_at="now() + interval '5 minutes'", raised_by=DESK_WORKER, raised_at=SINCE),
    rows("duty.AlarmCall", 2, f"mod(f, 10) = 0 and not {OPEN} or mod(f, 100) = 0", alarm_id=uid("'alarm'", "f"), professional_id=uid("'desk'", f"mod(f + k, {DESK_WORKERS})"), rung="1", round="1", called_at=SINCE),
]  # fmt: skip
REPORT = uid("'report'", "f")
OF_REPORT = {"report_id": REPORT}
REPORTED = [
    rows(
        "intake.ConcernReport",
        id=REPORT,
        desk_id=VEILIG_THUIS,
        road="'message'",
        received_at=SINCE,
        state=f"case when {TAKEN} then 'in_assessment' when {OPEN} then 'received' else 'closed' end",
        urgency="case when mod(f, 100) = 0 then 'now' else 'ordinary' end",
        assess_by=f"({SINCE})::date + 7",
        assessor_id=f"case when {TAKEN} or not {OPEN} then {DESK_WORKER} end",
        outcome=f"case when {OPEN} then '' else 'VT-01-02' end",
    ),
    rows("intake.ReportContent", **OF_REPORT, what_happened=text(900), how_often=text(80), how_serious=text(200)),
    rows("intake.Reporter", **OF_REPORT, kind="'professional'", name="sealed", phone="sealed", anonymous_to="'nobody'"),
    rows(
        "intake.ConcernedPerson",
        4,
        **OF_REPORT,
        member_id=member("k"),
        role="case when k < 3 then 'parent' else 'child' end",
    ),
    rows(
        "intake.SafetyAssessment",
        4,
        f"not {OPEN}",
        **OF_REPORT,
        member_id=member("k"),
        judgement="'not_established'",
        reason=text(300),
        assessed_by_id=DESK_WORKER,
        assessed_at=SINCE,
    ),
    rows(
        "intake.Outcome",
        1,
        f"not {OPEN}",
        **OF_REPORT,
        code="'VT-01-02'",
        reasons=text(400),
        decided_by_id=DESK_WORKER,
        decided_at=SINCE,
    ),
    rows(
        "intake.Telling",
        4,
        **OF_REPORT,
        member_id=member("k"),
        due_on=f"({SINCE})::date + 28",
        told_at=f"case when not {OPEN} then {SINCE} end",
        told_by_id=f"case when not {OPEN} then {DESK_WORKER} end",
        how=f"case when {OPEN} then '' else 'gebeld' end",
    ),
]
EVERYTHING = CIRCLES + PEOPLE + HAPPENED + REPORTED

# The trail as the locks would have written it: ten rows a family, and three hundred where a file is long.
LONG_FILE = 49  # one family in so many
TRAIL = f"""
insert into trail.event (xid, at, subject_id, subject_kind, purpose, request, action, outcome, family_id, object_type, object_id, leaf)
select '1'::xid8, {AT}, case when mod(k, 2) = 0 then {PARTNER} else {SOMEBODY} end, 'professional', 'GET', md5(f || '-' || k),
  case when k > 7 then 'update' else 'open' end, 'done', {FAMILY}, 'circle_family', {FAMILY}, sha256(convert_to(f || '.' || k, 'UTF8'))
from generate_series(%(k)s::int, %(k)s::int + case %(k)s::int when 10 then 290 else 0 end) k,
  generate_series(%(first)s::int, %(last)s::int) f where k <= 10 or mod(f, {LONG_FILE}) = 0
"""

# Professionals 0 to N / 20 - 1: of each 50, 30 are a local team and 20 work at the organisations of the cast.
TEAM = uid("'team'", f"f / {PER_BLOCK}")
PLACE = f"mod(f, {PER_BLOCK})"
WHO = uid("'professional'", f"f / {PER_BLOCK}", PLACE)
WHERE = f"case when {PLACE} < 30 then {TEAM} else (%(elsewhere)s::uuid[])[1 + mod(f, cardinality(%(elsewhere)s::uuid[]))] end"


def _person(who: str, where: str) -> list[Rows]:
    given, surname = one_of(GIVEN, "f"), one_of(SURNAMES, "f / 16")
    lately, later = "current_date - 700", "current_date + 400"
    credential = {"professional_id": who, "valid_from": lately, "valid_until": later, "source": "'SKJ-register'"}
    return [
        Rows("accounts.Professional", {"id": who, "given_name": given, "surname": surname, "sort_name": f"lower({surname} || {given})",
             "organisation_id": where, "function": "'gezinswerker'", "register": "'SKJ'", "register_number": "'9' || f"}),
        Rows("accounts.Credential", {"kind": "'registration'", **credential}),
        Rows("accounts.Credential", {"kind": "'vog'", **credential}),
    ]  # fmt: skip


def _appointed(who: str, where: str, role: str, when: str) -> Rows:
    columns = {"professional_id": who, "organisation_id": where, "role": f"'{role}'", "from_on": "current_date - 400"}
    return Rows("accounts.Appointment", columns, when=when)


STAFF = [
    Rows("accounts.Organisation", {"id": TEAM, "name": f"'Wijkteam ' || f / {PER_BLOCK}", "kind": "'local_team'", "region_id": REGION}, when=f"{PLACE} = 0"),
    *_person(WHO, WHERE),
    _appointed(WHO, TEAM, "team_leader", f"{PLACE} = 0"),
]  # fmt: skip
AT_THE_DESK = [
    *_person(uid("'desk'", "f"), VEILIG_THUIS),
    _appointed(uid("'desk'", "f"), VEILIG_THUIS, "desk", "true"),
    _appointed(uid("'desk'", "f"), VEILIG_THUIS, "duty", "mod(f, 3) = 0"),
]
