"""Forms of the desk; each `save()` calls one action of a room."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.families.actions import enter_for_inspection
from kring.locks.subject import Viewer
from kring.ui.forms import DayInput, KringForm


class InspectionForm(KringForm):
    """Exact: a BSN, or surname and birth date together. There is no list to look through."""

    bsn = forms.CharField(label=_("Burgerservicenummer"), required=False, max_length=9)
    surname = forms.CharField(label=_("of achternaam"), required=False, max_length=120)
    born_on = forms.DateField(label=_("met geboortedatum"), required=False, widget=DayInput)

    def clean(self) -> dict[str, object]:
        data: dict[str, object] = super().clean() or {}
        if not data.get("bsn") and not (data.get("surname") and data.get("born_on")):
            raise forms.ValidationError(_("Vul het nummer in, of achternaam en geboortedatum samen."))
        return data

    def save(self, viewer: Viewer) -> uuid.UUID | None:
        data = self.cleaned_data
        return enter_for_inspection(by=viewer, bsn=data["bsn"], surname=data["surname"], born_on=data["born_on"])
