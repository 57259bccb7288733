from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DutyConfig(AppConfig):
    name = "kring.duty"

    def ready(self) -> None:
        from kring.duty import hooks, permissions
        from kring.lifecycle.words import describe
        from kring.notices.kinds import declare
        from kring.ui.frame import NavItem, add_to_nav

        declare("duty.alarm", _("Er is alarm. Kijk meteen en zeg of u het heeft."), _("Bekijk het alarm"), outside=True)
        declare(
            "duty.alarm_held", _("Het alarm waarvoor u gebeld bent, heeft iemand. U hoeft niets te doen."), _("Goed")
        )
        declare(
            "duty.looked_up", _("Iemand met dienst heeft bij spoed de noodkaart van dit gezin bekeken."), _("Bekijk")
        )
        describe(
            {
                "duty.alarm_raised": _("Er ging alarm"),
                "duty.alarm_climbed": _("Niemand antwoordde op het alarm; de volgende is gebeld"),
                "duty.alarm_acknowledged": _("Iemand heeft het alarm"),
                "duty.alarm_rings_again": _("Het alarm gaat verder rond"),
                "duty.alarm_closed": _("Het alarm is afgerond"),
            }
        )
        hooks.register()
        add_to_nav(NavItem(_("Piket"), "duty:overview", order=60, section="duty", visible=permissions.is_staff))
