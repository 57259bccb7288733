"""A circle is changed by one at a time."""

import uuid

from kring.circle.models import Circle


def locked_circle(family_id: uuid.UUID) -> Circle:
    return Circle.objects.select_for_update(of=("self",)).get(family_id=family_id)


def save_circle(circle: Circle, *names: str) -> None:
    circle.version += 1
    circle.save(update_fields=[*names, "version"])
