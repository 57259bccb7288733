from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "kring.notices"

    def ready(self) -> None:
        from kring.notices.kinds import declare

        declare(
            "notices.tell_in_person",
            _("Vertel iemand uit dit gezin zelf dat er een bericht klaarstaat. Sturen is niet veilig."),
            _("Bekijk"),
        )
