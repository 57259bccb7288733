"""Where duty takes part in what other rooms do."""

from kring.duty.actions import limit_guests
from kring.lifecycle.hooks import on_happening
from kring.lifecycle.models import Happening


def register() -> None:
    on_happening("circle.sight_accepted", fact=_sight_has_another)


def _sight_has_another(happening: Happening) -> None:
    limit_guests(happening.family_id)
