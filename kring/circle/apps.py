from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CircleConfig(AppConfig):
    name = "kring.circle"

    def ready(self) -> None:
        from kring.circle import permissions  # noqa: F401 -- declares who may do what
        from kring.circle.queries import waiting
        from kring.lifecycle.hooks import on_desk
        from kring.lifecycle.words import describe

        on_desk("circle", waiting)
        describe(
            {
                "circle.family_founded": _("Er is een melding binnengekomen"),
                "circle.renamed": _("Het gezin kreeg een naam"),
                "circle.joined": _("Iemand kwam in de kring"),
                "circle.invited": _("Iemand is uitgenodigd voor de kring"),
                "circle.left": _("Iemand verliet de kring"),
                "circle.scope_set": _("Wat een deelnemer mag zien is aangepast"),
                "circle.fixed_face_changed": _("Er is een nieuw vast gezicht"),
                "circle.no_fixed_face": _("Er is nu geen vast gezicht"),
                "circle.sight_offered": _("Zicht op veiligheid is aangeboden"),
                "circle.sight_accepted": _("Zicht op veiligheid is met naam aanvaard"),
                "circle.direction_set": _("De regie is vastgelegd"),
                "circle.frame_set": _("Het kader is vastgelegd"),
                "circle.contact_card_written": _("Afspraken met school of huisarts zijn vastgelegd"),
            }
        )
