"""The code lists of StUF-Jeugdzorg in our words. List 1.0.87 of roles; the enumerations of the 1.0.9 schemas."""

from kring.exchange.received import Authority, Gender, Involvement, Role

YES_NO = {"Ja": True, "Nee": False}
YES_NO_SHORT = {"J": True, "N": False}
YES_NO_LOOSE = {"ja": True, "j": True, "true": True, "1": True, "nee": False, "n": False, "false": False, "0": False}
GENDERS = {"M": Gender.MALE, "V": Gender.FEMALE, "O": Gender.UNKNOWN}
SASH_LEVELS = {"laag": "low", "matig": "medium", "hoog": "high"}
WAYS_OF_INFORMING = {
    "mondeling": "spoken",
    "schriftelijk": "written",
    "telefonisch": "telephone",
    "e-mail": "mail",
    "onbenoemd": "unnamed",
}

# Jeugdzorgrol (JZR). "Ouder, gezag niet benoemd" is a legal value: authority is then unknown, not absent.
ROLES: dict[str, tuple[Role, Authority]] = {
    "broer of zus": (Role.SIBLING, Authority.UNKNOWN),
    "contactpersoon": (Role.CONTACT, Authority.UNKNOWN),
    "grootouder": (Role.GRANDPARENT, Authority.UNKNOWN),
    "halfbroer of -zus": (Role.HALF_SIBLING, Authority.UNKNOWN),
    "hulpverlener": (Role.CARE_WORKER, Authority.UNKNOWN),
    "informant": (Role.INFORMANT, Authority.UNKNOWN),
    "jeugdige": (Role.CHILD, Authority.UNKNOWN),
    "kind": (Role.CHILD_OF_THE_YOUTH, Authority.UNKNOWN),
    "melder": (Role.REPORTER, Authority.UNKNOWN),
    "onderwijsgevende": (Role.TEACHER, Authority.UNKNOWN),
    "opvoeder/verzorger": (Role.CARER, Authority.UNKNOWN),
    "ouder met gezag": (Role.PARENT, Authority.HAS),
    "ouder zonder gezag": (Role.PARENT, Authority.NONE),
    "ouder, gezag niet benoemd": (Role.PARENT, Authority.UNKNOWN),
    "ouder, niet juridisch": (Role.NON_LEGAL_PARENT, Authority.UNKNOWN),
    "overige professional": (Role.PROFESSIONAL, Authority.UNKNOWN),
    "overige verwant": (Role.OTHER_RELATIVE, Authority.UNKNOWN),
    "pleegbroer of -zus": (Role.FOSTER_SIBLING, Authority.UNKNOWN),
    "pleegouder": (Role.FOSTER_PARENT, Authority.UNKNOWN),
    "stiefbroer of -zus": (Role.STEP_SIBLING, Authority.UNKNOWN),
    "stiefouder": (Role.STEP_PARENT, Authority.UNKNOWN),
    "verpleegkundige, arts of medisch specialist": (Role.MEDICAL, Authority.UNKNOWN),
    "voogd": (Role.GUARDIAN, Authority.GUARDIANSHIP),
}

# BetrokkenheidRelatieType: code, Dutch words, and what it is in our words where we have one.
RELATIONS: dict[str, tuple[str, Role]] = {
    "001": ("Aanverwante familie", Role.OTHER_RELATIVE),
    "002": ("Begeleider", Role.CARE_WORKER),
    "003": ("Broer/zus", Role.SIBLING),
    "004": ("Contact", Role.BYSTANDER),
    "005": ("Curator", Role.OTHER),
    "006": ("Echtgenoot/echtgenote", Role.PARTNER),
    "007": ("Eigenaar", Role.BYSTANDER),
    "008": ("Ex-partner", Role.EX_PARTNER),
    "009": ("Garantontvanger", Role.BYSTANDER),
    "010": ("Garantsteller", Role.BYSTANDER),
    "011": ("Grootouder", Role.GRANDPARENT),
    "012": ("Horecabezoeker", Role.BYSTANDER),
    "013": ("Hulpontvanger", Role.OTHER),
    "014": ("Huurder", Role.BYSTANDER),
    "015": ("Kind", Role.CHILD),
    "016": ("Kleinkind", Role.GRANDCHILD),
    "017": ("Leerling", Role.OTHER),
    "018": ("Leidinggevende", Role.BYSTANDER),
    "019": ("Mededader", Role.BYSTANDER),
    "020": ("Medereiziger", Role.BYSTANDER),
    "021": ("Neef/nicht", Role.OTHER_RELATIVE),
    "022": ("Ondertoezichtgestelde", Role.OTHER),
    "023": ("Onder voogdij", Role.OTHER),
    "024": ("Onderdaan", Role.BYSTANDER),
    "025": ("Onder leiding van", Role.BYSTANDER),
    "026": ("Oom/tante", Role.OTHER_RELATIVE),
    "027": ("Ouder", Role.PARENT),
    "028": ("Partner", Role.PARTNER),
    "029": ("Pupil", Role.OTHER),
    "030": ("Referent", Role.BYSTANDER),
    "031": ("Schoonzoon/schoondochter", Role.OTHER_RELATIVE),
    "032": ("Schoonouder", Role.OTHER_RELATIVE),
    "033": ("Uitgenodigde", Role.BYSTANDER),
    "034": ("Verantwoordelijk", Role.BYSTANDER),
    "035": ("Verhuurder", Role.BYSTANDER),
    "036": ("Vertegenwoordigd", Role.OTHER),
    "037": ("Verzorgd door", Role.OTHER),
    "038": ("Verzorger", Role.CARER),
    "039": ("Voogd", Role.GUARDIAN),
    "040": ("Vriend/vriendin", Role.OTHER),
    "041": ("Werkgever", Role.BYSTANDER),
    "042": ("Werknemer", Role.BYSTANDER),
    "043": ("Zwager/schoonzus", Role.OTHER_RELATIVE),
}

INVOLVEMENTS = {
    "001": Involvement.SUSPECT,
    "002": Involvement.VICTIM,
    "003": Involvement.INJURED_PARTY,
    "004": Involvement.WITNESS,
    "005": Involvement.COMPLAINANT,
}

ADDRESS_KINDS = {
    "01": "post",
    "02": "residence",
    "03": "registered",
    "04": "business",
    "05": "no_fixed_abode",
    "06": "invoice",
    "07": "detention_registered",
    "08": "detention_actual",
    "09": "work",
    "10": "delivery",
    "11": "chosen_domicile",
    "12": "seat",
    "13": "left_unknown",
    "14": "outflow",
    "15": "leave",
    "16": "last_known",
    "17": "resocialisation",
    "18": "daytime",
    "19": "planned_leave",
    "20": "regime",
    "51": "registered_home",
    "52": "registered_post",
}

# The questions of the generic report; the report to Veilig Thuis asks most of them by elements of their own.
QUESTIONS = {
    "NAZ-001": "non_acute_1",
    "NAZ-002": "non_acute_2",
    "VT-001": "existing_help",
    "VT-002": "barring_order",
    "VT-003": "arrest",
    "VT-004": "charge",
    "VT-005": "honour_related_violence",
    "VT-006": "registrations",
    "VT-007": "under_twelve_suspected",
    "ZVH-001": "safety_house_1",
    "ZVH-22": "safety_house_2",
}

LIFE_DOMAINS = {f"{number:02}": f"{number:02}" for number in range(1, 13)}
ADDRESSED_TO = {"NAZ": "non_acute_care", "VT": "veilig_thuis", "ZVH": "safety_house"}
