from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FamiliesConfig(AppConfig):
    name = "kring.families"

    def ready(self) -> None:
        from kring.families import permissions  # noqa: F401 -- declares who may do what
        from kring.families.actions.homes import hide_new_card
        from kring.families.card import card
        from kring.families.likeness import waiting
        from kring.lifecycle.hooks import on_card, on_desk, on_happening
        from kring.lifecycle.words import describe

        on_card("families", card)
        on_desk("families", waiting)
        on_happening("circle.contact_card_written", fact=hide_new_card)
        describe(
            {
                "families.member_added": _("Iemand is aan het gezin toegevoegd"),
                "families.member_changed": _("Gegevens van een gezinslid zijn bijgewerkt"),
                "families.bsn_left_out": _("Een nummer is weggelaten omdat de wet het hier niet toestaat"),
                "families.household_started": _("Een woonsituatie is vastgelegd"),
                "families.household_changed": _("Een woonsituatie is bijgewerkt"),
                "families.moved_in": _("Iemand woont ergens bij"),
                "families.moved_out": _("Iemand woont ergens niet meer"),
                "families.address_set": _("Een adres is vastgelegd"),
                "families.secret_address_set": _("Een geheim adres is vastgelegd"),
                "families.secrecy_ended": _("Een adres is niet meer geheim"),
                "families.place_clue_added": _("School, telefoon of werk is vastgelegd"),
                "families.place_clue_ended": _("School, telefoon of werk is niet meer zo"),
                "families.related": _("Een relatie is vastgelegd"),
                "families.relation_ended": _("Een relatie is veranderd"),
                "families.authority_set": _("Gezag is vastgelegd"),
                "families.safe_contact_set": _("Veilig contact is besproken"),
                "families.danger_flagged": _("Er is gewaarschuwd voor gevaar aan de deur"),
                "families.danger_ended": _("Het gevaar aan de deur is voorbij"),
                "families.members_merged": _("Twee gezinsleden bleken één persoon"),
                "families.members_unmerged": _("Een samenvoeging is teruggedraaid"),
                "families.person_linked": _("Iemand is als dezelfde persoon herkend"),
                "families.person_unlinked": _("Een koppeling is teruggedraaid"),
                "families.asked_elsewhere": _("Er is nagevraagd of iemand elders bekend is"),
                "families.inquiry_answered": _("Een vraag of het gezin bekend is, is beantwoord"),
            }
        )
