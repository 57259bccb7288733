"""The measures in Dutch, with their unit and their definition: what the command and the page print."""

from typing import NamedTuple


class Word(NamedTuple):
    label: str
    unit: str  # days, share, number, euro
    meaning: str
    shown: bool = True


WORDS = {
    "families": Word("Trajecten begonnen", "number", "meldingen die een traject beginnen, in het gemeten jaar"),
    "help_days": Word("Melding tot passende hulp", "days", "gemiddelde; vrijwillig: start hulp; bij een maatregel in de estafette: intake bij de instelling"),
    "help_days_p90": Word("Melding tot hulp, 90 % is sneller", "days", "negentigste percentiel"),
    "help_within_10_weeks": Word("Hulp binnen 10 weken", "share", "van de gezinnen die niet zonder hulp bleven"),
    "intake_days": Word("Melding tot uitvoering van een OTS", "days", "estafette: intake bij de instelling; netwerk: de uitspraak, want de professional is er al"),
    "intake_days_p90": Word("Melding tot OTS, 90 % is sneller", "days", "negentigste percentiel"),
    "triage_in_time": Word("Veiligheidsbeoordeling binnen 5 werkdagen", "share", "Wmo-termijn Veilig Thuis"),
    "inquiry_in_time": Word("Onderzoek Veilig Thuis binnen 10 weken", "share", "vanaf de start; bestaat in het netwerk niet"),
    "court_in_time": Word("Uitspraak binnen 3 weken", "share", "norm 80 %"),
    "intake_in_time": Word("Uitvoering binnen 5 werkdagen na de uitspraak", "share", ""),
    "unattended_days": Word("Dagen onbeschermd", "days", "dagen dat niemand met het gezin werkt terwijl het traject open is; structureel en heel ernstig"),
    "unattended_days_gravest": Word("Dagen onbeschermd, heel ernstig", "days", ""),
    "escalations_100": Word("Escalaties tijdens wachten per 100 gezinnen", "number", ""),
    "faces": Word("Gezichten per traject", "number", "wie het dossier heeft gehad, met opvolgers; niet de rechter, niet de vervanger bij ziekte"),
    "faces_ordered": Word("Gezichten per traject met maatregel", "number", ""),
    "handovers": Word("Overdrachten per traject", "number", ""),
    "handovers_ordered": Word("Overdrachten per traject met maatregel", "number", ""),
    "without_help": Word("Geen hulp na de melding", "share", "gelijk gehouden in beide werkwijzen"),
    "not_started": Word("Hulp aangeboden, niet gestart", "share", "weggegaan tijdens het wachten of bij een overdracht"),
    "ended_early": Word("Hulp te vroeg gestopt", "share", ""),
    "returned_in_15_months": Word("Opnieuw gemeld binnen 15 maanden", "share", "van de trajecten die in het gemeten jaar sloten"),
    "orders_100": Word("Gezinnen met kinderbeschermingsmaatregel per 100", "number", "Jeugdwet 1.1: (voorlopige) OTS en voogdij"),
    "orders_wide_100": Word("Gezinnen met maatregel per 100, ruime telling", "number", "ook huisverbod (S001, voetnoot 1; reclasseringsmaatregelen zitten niet in het model)"),
    "orders_100_light": Word("Maatregelen per 100, licht", "number", ""),
    "orders_100_structural": Word("Maatregelen per 100, structureel", "number", ""),
    "orders_100_gravest": Word("Maatregelen per 100, heel ernstig", "number", ""),
    "wait_intake": Word("Wachten op beoordeling", "days", ""),
    "wait_inquiry": Word("Wachten op onderzoek Veilig Thuis", "days", ""),
    "wait_local": Word("Wachten op het lokale team", "days", ""),
    "wait_board": Word("Wachten op de Raad", "days", ""),
    "wait_institution": Word("Wachten op de instelling", "days", ""),
    "wait_front": Word("Wachten op de voordeur", "days", ""),
    "wait_duo": Word("Wachten op het duo", "days", ""),
    "wait_petition": Word("Wachten op de verzoeker", "days", "het duo werkt door"),
    "caseload_local": Word("Caseload lokaal team", "number", "gezinnen per aanwezige voltijdbaan"),
    "caseload_institution": Word("Caseload instelling", "number", "gezinnen per aanwezige voltijdbaan"),
    "caseload_duo": Word("Caseload veiligheidspartner", "number", "gezinnen per aanwezige voltijdbaan"),
    "posts": Word("Voltijdbanen", "number", "gelijk in beide werkwijzen, tenzij het scenario anders zegt"),
    "cost": Word("Kosten per jaar", "euro", "mensen, rechter, verblijf buitenshuis; geen gespecialiseerde hulp"),
    "cost_municipality": Word("waarvan gemeenten", "euro", ""),
    "cost_state": Word("waarvan Rijk", "euro", ""),
    "cost_per_family": Word("Kosten per traject", "euro", ""),
    "open_share": Word("Nog niet klaar aan het eind van de run", "share", "loopt nog; telt mee waar het staat"),
}  # fmt: skip

WAYS = {"relay": "Estafette", "network": "Netwerk", "transition": "Overgang"}

CANNOT_SHOW = (
    "Het model zegt niet of de netwerkwerkwijze maatregelen voorkomt. Dat staat op nul; de 90 tot 95 procent zonder "
    "maatregel uit de proeftuinen is geen effect: er was geen controlegroep en de ernst bij instroom is onbekend.",
    "Hoeveel werk een duo met een gezin heeft is nergens gemeten. Die aanname bepaalt of de wachtlijst korter of langer wordt.",
    "Wie vrijwillig niet genoeg zal hebben ligt in het model vooraf vast, in beide werkwijzen hetzelfde.",
    "Wachten op gespecialiseerde jeugdhulp, volwassenen-ggz, schuldhulp en huisvesting zit er niet in, en hun kosten ook niet.",
    "Voogdij en jeugdreclassering worden geteld of vallen weg, maar hun uitvoering staat buiten het model.",
    "Gezinnen verhuizen niet, kinderen worden geen 18, en de ernst van een gezin verandert niet.",
    "Hoe de landelijke doorlooptijd over de stappen verdeeld is was niet te lezen; de verdeling is opgebouwd.",
)


def number(value: float, unit: str) -> str:
    """A number as a Dutch reader expects it; `-` where there is none."""
    if value != value:
        return "-"
    if unit == "share":
        return f"{100 * value:.1f} %".replace(".", ",")
    if unit == "euro":
        return "€ " + f"{value:,.0f}".replace(",", ".")
    if abs(value) >= 1000:
        return f"{value:,.0f}".replace(",", ".")
    return f"{value:.1f}".replace(".", ",")
