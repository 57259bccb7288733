from django.apps import AppConfig


class CircleConfig(AppConfig):
    name = "kring.circle"

    def ready(self) -> None:
        from kring.circle import permissions  # noqa: F401 -- declares who may do what
