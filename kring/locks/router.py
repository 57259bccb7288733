"""The second door: accounts, passwords and second factors live behind the login role, out of reach of the app's."""

from typing import Any

from django.db.models import Model

BEHIND_LOGIN = {"account", "mfa", "socialaccount", "sessions", "auth", "django_cache"}
BEHIND_LOGIN_MODELS = {("accounts", "account")}


class LoginDoor:
    """An injection in a page runs as the app role, and finds no password, TOTP secret or session there."""

    def _is_login(self, model: type[Model]) -> bool:
        meta = model._meta
        return meta.app_label in BEHIND_LOGIN or (meta.app_label, meta.model_name) in BEHIND_LOGIN_MODELS

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        return "login" if self._is_login(model) else "default"

    db_for_write = db_for_read

    def allow_relation(self, one: Model, two: Model, **hints: Any) -> bool | None:
        return self._is_login(type(one)) == self._is_login(type(two)) or None

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "default"  # one database, migrated once, by the owner
