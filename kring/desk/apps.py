from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "kring.desk"

    def ready(self) -> None:
        from kring.desk.permissions import is_staff
        from kring.ui.frame import NavItem, add_to_nav

        add_to_nav(
            NavItem(_("Vandaag"), "desk:today", order=10, section="today", visible=is_staff),
            NavItem(_("Mijn gezinnen"), "desk:families", order=20, section="desk", visible=is_staff),
        )
