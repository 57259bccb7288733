from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "kring.intake"

    def ready(self) -> None:
        from kring.intake import permissions  # noqa: F401 -- declares who may do what
