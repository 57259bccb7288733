"""What must be true of the code before anything starts: every table has a lock, every field a class."""

from typing import Any

from django.core.checks import Error, register

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
