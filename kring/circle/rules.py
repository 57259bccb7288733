"""May this be, and why not: pure functions, each with its source."""

from datetime import date

from django.utils.translation import gettext as _

from kring.circle.access import is_active
from kring.circle.models import Circle, DirectionKind, Membership
from kring.lifecycle.reasons import Reason, rule

SEED_4 = "Toekomstscenario, visie Flevoland (S004)"


@rule(source=SEED_4, binds="iedereen in de kring")
def may_hold_a_task(circle: Circle, member: Membership) -> list[Reason]:
    """Wie een taak in de kring heeft, is zelf deelnemer, met naam en nu."""
    if member.family_id != circle.family_id or not is_active(member):
        return [Reason("not_active", _("Deze persoon staat nu niet in de kring. Nodig eerst uit."), SEED_4)]
    if member.desk_id:
        return [Reason("a_desk", _("Een balie kan dit niet zijn: kies iemand met naam."), SEED_4)]
    return []


@rule(source=SEED_4, binds="vast gezicht en vervanger")
def may_be_fixed_face(circle: Circle, member: Membership) -> list[Reason]:
    """Het vaste gezicht is één professional, van welke organisatie ook; de vervanger is een ander."""
    reasons = may_hold_a_task(circle, member)
    if not reasons and not member.professional_id:
        reasons = [Reason("no_professional", _("Het vaste gezicht is een professional."), SEED_4)]
    if not reasons and member.role in ("inspector", "client_supporter", "expert"):
        reasons = [Reason("other_role", _("Deze rol is bewust onafhankelijk en kan geen vast gezicht zijn."), SEED_4)]
    return reasons


@rule(source=SEED_4, binds="het duo")
def may_be_deputy(face: Membership, deputy: Membership) -> list[Reason]:
    """De vervanger is een ander dan het vaste gezicht."""
    if face.id == deputy.id:
        return [Reason("same_person", _("Kies als vervanger een ander dan het vaste gezicht."), SEED_4)]
    return []


@rule(source="harm B27", binds="het duo")
def may_widen(own: Membership | None, member: Membership, opens_kinds: list[str] | None) -> list[Reason]:
    """Niemand opent voor een ander, of voor zichzelf, meer dan hij zelf mag zien."""
    if own is None or own.opens_kinds is None:
        return []
    if opens_kinds is None or set(opens_kinds) - set(own.opens_kinds) - set(member.opens_kinds or []):
        return [Reason("more_than_own", _("U mag niet meer openen dan u zelf mag zien."), "harm B27")]
    return []


@rule(source="Lokalis (S000): een gezin mag nee zeggen", binds="het duo")
def may_be_without_fixed_face(reason: str, until: date | None, today: date) -> list[Reason]:
    """Geen vast gezicht kan, met een reden, wie er dan kijkt en tot wanneer we dat zo laten."""
    if not reason:
        return [Reason("no_reason", _("Schrijf op waarom er nu geen vast gezicht is."), "S000")]
    if until is None or until <= today:
        return [Reason("no_date", _("Kies een dag in de toekomst waarop we dit opnieuw bekijken."), "S000")]
    return []


@rule(source="Handelingsprotocol Veilig Thuis; vtTerugkoppelingDi01", binds="wie zicht op veiligheid heeft")
def may_leave(circle: Circle, member: Membership) -> list[Reason]:
    """Wie zicht op veiligheid heeft, vast gezicht of vervanger is, gaat pas weg als een ander dat met naam heeft."""
    held = {
        circle.sight_owner_id: _("zicht op veiligheid: laat dit eerst door een ander aanvaarden"),
        circle.fixed_face_id: _("vast gezicht: kies eerst een ander"),
        circle.deputy_id: _("vervanger: kies eerst een ander"),
        circle.direction_by_id: _("regie: leg die eerst bij een ander"),
        circle.sight_offered_to_id: _("aangeboden zicht op veiligheid: antwoord daar eerst op"),
    }
    if task := held.get(member.id):
        return [Reason("still_holds", _("Heeft nog %(task)s.") % {"task": task}, "harm B12")]
    return []


@rule(source="harm B12; handelingsprotocol Veilig Thuis", binds="medewerkers van de balie en het piket")
def may_take_up_sight(circle: Circle) -> list[Reason]:
    """Zicht op veiligheid neem je alleen zelf op als nog niemand het met naam heeft; anders biedt wie het heeft het aan."""
    if circle.sight_accepted_at is None:
        return []
    return [Reason("held_by_name", _("Iemand heeft dit al met naam. Vraag of die het aan u aanbiedt."), "harm B12")]


@rule(source="harm B12; visie Flevoland (S004)", binds="gever en ontvanger")
def may_accept_sight(circle: Circle, member: Membership) -> list[Reason]:
    """Zicht op veiligheid gaat pas over als de ontvanger het met naam aanvaardt; tot dan houdt de gever het."""
    if circle.sight_offered_to_id != member.id:
        return [Reason("not_offered", _("Zicht op veiligheid is niet (meer) aan u aangeboden."), "harm B12")]
    return may_hold_a_task(circle, member)


@rule(source="harm B23", binds="het duo")
def may_direct(circle: Circle, direction: str, member: Membership | None) -> list[Reason]:
    """De regie ligt bij het gezin zelf, bij één professional met naam, of onder een maatregel bij de instelling."""
    if direction == DirectionKind.FAMILY:
        return (
            [] if member is None else [Reason("family", _("Bij regie door het gezin hoort geen professional."), "B23")]
        )
    if member is None:
        return [Reason("nobody", _("Kies wie de regie heeft."), "B23")]
    if direction == DirectionKind.INSTITUTION and member.role != "institution_worker":
        return [Reason("no_institution", _("Alleen een jeugdbeschermer die zelf aanvaard heeft."), "Jeugdwet 3.2")]
    return may_hold_a_task(circle, member)
