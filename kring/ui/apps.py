from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "kring.ui"
    label = "ui"

    def ready(self) -> None:
        from . import checks  # noqa: F401 - registers the check
