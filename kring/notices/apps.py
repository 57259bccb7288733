from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "kring.notices"

    def ready(self) -> None:
        from kring.notices.kinds import declare
        from kring.notices.queries import unread
        from kring.ui.frame import NavItem, add_to_nav

        label = _("Berichten")
        add_to_nav(
            NavItem(label, "notices:notices", order=80, section="notices", count=unread),
            NavItem(label, "notices:notices", order=80, section="notices", place="portal", count=unread),
        )
        declare(
            "notices.tell_in_person",
            _("Vertel iemand uit dit gezin zelf dat er een bericht klaarstaat. Sturen is niet veilig."),
            _("Bekijk"),
        )
