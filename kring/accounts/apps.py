from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "kring.accounts"

    def ready(self) -> None:
        from kring.ui.frame import NavItem, add_to_nav

        add_to_nav(NavItem(_("Beheer"), "administer", order=90, visible=administers))


def administers(request: HttpRequest) -> bool:
    viewer = getattr(request, "viewer", None)  # a page drawn outside the middleware has nobody
    return viewer is not None and viewer.has_role("administrator")
