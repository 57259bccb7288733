from django.apps import AppConfig


class LocksConfig(AppConfig):
    name = "kring.locks"

    def ready(self) -> None:
        from kring.locks import checks  # noqa: F401 -- registers the start-up checks
