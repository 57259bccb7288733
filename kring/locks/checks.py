"""What must be true of the code before anything starts: every table has a lock, every field a class."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register

from kring.locks.models import Lock, Model, own_models, privacy_of


@register()
def every_table_has_a_lock_and_every_field_a_class(app_configs: Any, **kwargs: Any) -> list[Error]:
    errors = []
    for model in own_models():
        if not isinstance(getattr(model, "lock", None), Lock):
            errors.append(Error(f"{model._meta.label} declares no lock (kring.locks.models)", id="kring.E001"))
        known = privacy_of(model)
        names = [field.name for field in model._meta.concrete_fields]
        if missing := [name for name in names if name not in known]:
            errors.append(Error(f"{model._meta.label}: no privacy class for {', '.join(missing)}", id="kring.E002"))
        if not issubclass(model, Model) and model._meta.label != "accounts.Account":
            errors.append(Error(f"{model._meta.label} does not build on locks.models.Model", id="kring.E003"))
    return errors


@register(Tags.security, deploy=True)
def no_process_knows_more_doors_than_it_needs(app_configs: Any, **kwargs: Any) -> list[Warning]:
    """Row-level security guards nothing against a web process that can also come in as the owner."""
    needed = {"app": {"app", "login"}, "jobs": {"jobs"}, "owner": {"owner", "app", "login", "jobs"}}[settings.ROLE]
    known = {door for door, url in settings.DATABASE_ROLES.items() if url["NAME"] != "nowhere"}
    if too_many := sorted(known - needed):
        names = ", ".join(f"KRING_{door.upper()}_URL" for door in too_many)
        return [Warning(f"This process (KRING_ROLE={settings.ROLE}) knows {names} and needs none.", id="kring.W004")]
    return []
