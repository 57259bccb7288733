"""May this be, and why not: pure functions, each with its source."""

from collections.abc import Collection, Iterable
from datetime import date

from django.utils.translation import gettext as _
from stdnum.nl import bsn as eleven_test

from kring.families.birth import ADULT, YOUNG_ADULT, Birth
from kring.families.models import AuthorityKind, Channel, FamilyMember, SafeContact
from kring.lifecycle.reasons import Reason, rule

BSN_LAW = "Jeugdwet 7.2.1 en 7.4.0; Wmo 2015 5.2.9"


@rule(source=BSN_LAW, binds="elke organisatie", since=date(2015, 1, 1))
def may_hold_bsn(powers: Collection[str], birth: Birth, held_since: date | None, today: date) -> list[Reason]:
    """Een burgerservicenummer leggen we alleen vast waar de wet dat zegt: van de jeugdige, en door Veilig Thuis van iedereen.

    Who was helped before 18 stays a youth until 23 (Jeugdwet 1.1, jeugdige under 3°). An unknown age is not a youth.
    """
    if "hold_bsn" not in powers:
        return [Reason("no_power", _("De wet geeft uw organisatie geen recht op het burgerservicenummer."), BSN_LAW)]
    if "hold_bsn_of_adults" in powers or birth.is_under(ADULT, today):
        return []
    helped_as_youth = held_since is not None and birth.is_under(ADULT, held_since)
    if helped_as_youth and birth.is_under(YOUNG_ADULT, today):
        return []
    return [Reason("not_of_a_youth", _("Uw organisatie mag alleen het nummer van een jeugdige vastleggen."), BSN_LAW)]


@rule(source="Wet algemene bepalingen burgerservicenummer, de elfproef", binds="wie een nummer invoert")
def is_a_bsn(number: str) -> list[Reason]:
    """Een burgerservicenummer heeft negen cijfers en klopt met de elfproef."""
    if eleven_test.is_valid(number):
        return []
    return [Reason("eleven_test", _("Dit nummer klopt niet. Kijk de negen cijfers na."), "Wabb")]


@rule(source="harm B6: veilig contact", binds="alles wat verstuurd wordt")
def may_reach(contact: SafeContact | None, channel: str) -> list[Reason]:
    """Weten we niet hoe iemand veilig te bereiken is, dan sturen we niets: een professional brengt het zelf over."""
    if contact is None:
        return [
            Reason(
                "contact_unknown", _("Veilig contact is nog niet besproken. Stuur niets; breng het zelf over."), "B6"
            )
        ]
    if channel in contact.channels and channel != Channel.THROUGH_PROFESSIONAL:
        return []
    ways = ", ".join(str(Channel(way).label) for way in contact.channels) or _("geen enkele weg")
    return [Reason("other_way", _("Niet op deze manier. Afgesproken is: %(ways)s.") % {"ways": ways}, "B6")]


@rule(source="harm B15", binds="het duo")
def may_merge(kept: FamilyMember, merged: FamilyMember) -> list[Reason]:
    """Twee gezinsleden voegen we samen als het dezelfde mens is; het kan altijd worden teruggedraaid."""
    if kept.family_id != merged.family_id or kept.pk == merged.pk:
        return [Reason("not_two", _("Kies twee verschillende leden van dit gezin."), "B15")]
    if kept.merged_into_id or merged.merged_into_id:
        return [Reason("already_merged", _("Een van deze twee is al samengevoegd."), "B15")]
    one, other = kept.birth.exact, merged.birth.exact
    if one and other and one != other:
        return [Reason("other_birth", _("De geboortedata verschillen. Verbeter eerst de datum die niet klopt."), "B15")]
    return []


@rule(source="harm B15", binds="het duo")
def have_one_number(numbers: Collection[str]) -> list[Reason]:
    """Wie een ander burgerservicenummer heeft is een ander mens, hoe zeer twee namen en data ook lijken."""
    if len(set(numbers)) < 2:
        return []
    return [Reason("other_number", _("Zij hebben elk een eigen burgerservicenummer: het zijn twee mensen."), "B15")]


@rule(source="harm B15", binds="iedereen in de kring")
def may_relate(one: FamilyMember, other: FamilyMember) -> list[Reason]:
    """Een relatie is er tussen twee verschillende mensen van één gezin."""
    if one.pk == other.pk:
        return [Reason("not_two", _("Kies twee verschillende mensen."), "B15")]
    return are_of_one_family(one.family_id, [other])


@rule(source="harm B15", binds="iedereen in de kring")
def are_of_one_family(family_id: object, members: Iterable[FamilyMember]) -> list[Reason]:
    """Wat we over iemand vastleggen, blijft binnen het gezin waar het over gaat."""
    if all(member.family_id == family_id for member in members):
        return []
    return [Reason("other_family", _("Deze persoon hoort niet bij dit gezin."), "B15")]


@rule(source="BW 1:245 en volgende; gezagsregister", binds="wie gezag vastlegt")
def may_set_authority(
    child: FamilyMember, kind: str, holders: Collection[object], words: str, today: date
) -> list[Reason]:
    """Gezag gaat over een minderjarige en rust bij wie het heeft; weten we het niet, dan staat er dat we het niet weten."""
    if child.is_child(today) is False:
        return [Reason("of_age", _("Over een meerderjarige bestaat geen gezag."), "BW 1:245")]
    nobody = kind in (AuthorityKind.UNKNOWN, AuthorityKind.TEMPORARILY_NONE, AuthorityKind.UNDETERMINABLE)
    count = len(holders) + bool(words)
    if nobody:
        return [Reason("holders", _("Noem bij dit soort gezag niemand."), "BW 1:245")] if count else []
    wanted = {AuthorityKind.JOINT_PARENTAL: 2, AuthorityKind.JOINT_WITH_OTHER: 2}.get(AuthorityKind(kind), 1)
    if count < wanted:
        return [Reason("no_holder", _("Noem wie het gezag heeft; anders is het nog niet vastgesteld."), "BW 1:245")]
    if kind == AuthorityKind.SINGLE_PARENTAL and count > 1:
        return [Reason("two_holders", _("Eenhoofdig gezag rust bij één ouder."), "BW 1:253n")]
    return []


@rule(source="Jeugdwet 7.3.11; harm B4", binds="wie een adres vastlegt")
def may_be_open(secret_stands: bool) -> list[Reason]:
    """Waar een geheim adres staat, komt geen open adres te staan voordat iemand de geheimhouding beëindigt."""
    if secret_stands:
        return [Reason("secret_stands", _("Hier staat een geheim adres. Beëindig eerst de geheimhouding."), "B4")]
    return []


@rule(source="Wmo 2015 5.1.6; harm B40", binds="wie nagaat of iemand elders bekend is")
def may_ask_elsewhere(powers: Collection[str], member: FamilyMember) -> list[Reason]:
    """Nagaan of iemand elders bekend is mag alleen wie de wet dat laat doen, en alleen van een precies bekende persoon."""
    if "know_elsewhere" not in powers:
        return [Reason("no_power", _("De wet geeft uw organisatie deze bevoegdheid niet."), "Wmo 2015 5.1.6")]
    if member.birth.exact is None or not member.surname:
        return [Reason("not_exact", _("Leg eerst achternaam en volledige geboortedatum vast."), "B40")]
    return []
