from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "kring.intake"

    def ready(self) -> None:
        from kring.intake import desk_hooks, permissions  # noqa: F401 -- declares who may do what
        from kring.intake.actions.telling import must_hear_too
        from kring.lifecycle.hooks import on_card, on_desk, on_happening
        from kring.lifecycle.words import describe
        from kring.ui.frame import NavItem, add_to_nav

        on_desk("intake", desk_hooks.waiting)
        on_card("intake", desk_hooks.card)
        for kind in ("families.member_added", "families.member_changed"):
            on_happening(kind, fact=must_hear_too)
        describe(SAID)
        add_to_nav(
            NavItem(_("Meldingen"), "intake:inbox", order=30, section="intake", visible=_has_a_desk),
            NavItem(_("Adviesvragen"), "intake:advice_list", order=40, visible=_has_a_desk),
        )


def _has_a_desk(request: HttpRequest) -> bool:
    viewer = getattr(request, "viewer", None)
    return viewer is not None and viewer.has_role("desk")


SAID = {
    "intake.report_received": _("Er kwam een melding binnen."),
    "intake.report_attached": _("Een melding bleek over dit gezin te gaan."),
    "intake.report_taken_up": _("De melding werd op naam genomen."),
    "intake.person_assessed": _("De veiligheid van een gezinslid werd beoordeeld."),
    "intake.report_decided": _("De uitkomst van de melding werd vastgesteld."),
    "intake.report_reassessed": _("De beoordeling werd heropend."),
    "intake.report_closed": _("De melding werd afgerond."),
    "intake.person_told": _("Iemand hoorde wat er gemeld is."),
    "intake.telling_postponed": _("Het vertellen werd met een reden uitgesteld."),
    "intake.feedback_given": _("De melder kreeg een terugkoppeling."),
    "intake.report_taken_out": _("Een melding die hier niet hoorde, werd weggehaald."),
}
