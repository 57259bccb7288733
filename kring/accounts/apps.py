from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "kring.accounts"

    def ready(self) -> None:
        from kring.ui.frame import NavItem, add_to_nav

        add_to_nav(NavItem(_("Beheer"), "administer", order=90, visible=administers))


def administers(request: HttpRequest) -> bool:
    return bool(request.viewer) and request.viewer.has_role("administrator")
