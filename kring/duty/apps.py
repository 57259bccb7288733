from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DutyConfig(AppConfig):
    name = "kring.duty"

    def ready(self) -> None:
        from kring.duty import hooks, permissions  # noqa: F401 -- declares who may do what
        from kring.notices.kinds import declare

        declare("duty.alarm", _("Er is alarm. Kijk meteen en zeg of u het heeft."), _("Bekijk het alarm"), outside=True)
        declare(
            "duty.alarm_held", _("Het alarm waarvoor u gebeld bent, heeft iemand. U hoeft niets te doen."), _("Goed")
        )
        hooks.register()
