from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "kring.families"

    def ready(self) -> None:
        from kring.families import permissions  # noqa: F401 -- declares who may do what
