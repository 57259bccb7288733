"""The base form. Nothing is lost between two clicks or two people: an idempotency key and a version go along."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

FILL_IN = _("Vul dit in.")
CHOOSE = _("Kies wat klopt.")


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, str] | None = None):
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, str] | None = None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class KringForm(forms.Form):
    """A form whose `save()` (of the room) calls one action with `key` and `version`.

    The key is made by the server when the page is drawn and comes back with every send of that page: the action does
    the work once, however often somebody taps. The version says which state of the thing was on the screen.
    """

    use_required_attribute = False  # our own sentences instead of the browser's, in the reader's language

    idempotency_key = forms.UUIDField(
        initial=uuid4,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid"), _("Deze pagina was verlopen. Wat je schreef, staat er nog: verstuur het opnieuw.")
        ),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    standing: Mapping[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = CHOOSE if isinstance(field, forms.ChoiceField) else FILL_IN
            if (
                isinstance(field, forms.ChoiceField)
                and type(field.widget) is forms.Select
                and not hasattr(field, "queryset")
            ):
                _begin_with_no_choice(field)

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and "idempotency_key" in self.errors:
            self._resend_with(idempotency_key=str(uuid4()))

    def show_conflict(self, *, now: Mapping[str, object], version: int, by: str = "") -> None:
        """Somebody saved first. What was typed stays; what is saved now stands under each field that differs.

        Sending again is then a choice made knowingly, so the form takes over the new version.
        """
        self.standing = {name: as_text(value) for name, value in now.items()}
        self._resend_with(version=str(version))
        self.add_error(
            None,
            gettext(
                "%(who)s was je net voor. Wat jij schreef, is nog niet opgeslagen. Onder elk veld staat wat er nu is."
            )
            % {"who": by or gettext("Iemand anders")},
        )

    def _resend_with(self, **values: str) -> None:
        data = self.data.copy()  # type: ignore[attr-defined] # a QueryDict or a dict
        for name, value in values.items():
            data[self.add_prefix(name)] = value
        self.data = data


def _begin_with_no_choice(field: forms.ChoiceField) -> None:
    """A list that opens on its first choice answers for whoever skips it; here nothing is chosen until somebody does."""
    choices = list(field.widget.choices)
    if "" not in (value for value, _label in choices):
        field.choices = [("", gettext("Kies…")), *choices]


def as_text(value: object) -> str:
    """A saved value as it would have been typed."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)
