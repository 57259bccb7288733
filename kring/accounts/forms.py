"""Forms of the administrator; each `save()` calls one action."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.accounts import actions
from kring.accounts.models import Account, CredentialKind, Organisation, Professional, Role
from kring.lifecycle.once import once
from kring.locks.subject import Viewer
from kring.ui.forms import DayInput, KringForm


class AdministratorForm(KringForm):
    """A form that is sent twice is done once."""

    def save(self, by: Viewer, **given: Any) -> None:
        facts = {k: v for k, v in self.cleaned_data.items() if k not in ("idempotency_key", "version")}

        def act() -> str:
            self.act(by, facts | given)
            return ""

        once(by=by, key=self.cleaned_data["idempotency_key"], sent={k: str(v) for k, v in facts.items()}, act=act)

    def act(self, by: Viewer, facts: dict[str, Any]) -> None:
        raise NotImplementedError


class PersonForm(AdministratorForm):
    """A professional of one of the organisations."""

    given_name = forms.CharField(label=_("Voornaam"), max_length=60)
    surname = forms.CharField(label=_("Achternaam"), max_length=80)
    organisation = forms.ModelChoiceField(label=_("Moederorganisatie"), queryset=Organisation.objects.none())
    function = forms.CharField(label=_("Functie"), max_length=80)
    register = forms.ChoiceField(
        label=_("Register"), choices=[("", "—"), ("SKJ", "SKJ"), ("BIG", "BIG")], required=False
    )
    register_number = forms.CharField(label=_("Registratienummer"), max_length=20, required=False)
    phone = forms.CharField(label=_("Telefoon"), max_length=20, required=False)
    email = forms.EmailField(label=_("E-mail van het werk"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.order_by("name")

    def act(self, by: Viewer, facts: dict[str, Any]) -> None:
        actions.add_professional(by=by, **facts)


class AppointForm(AdministratorForm):
    role = forms.ChoiceField(label=_("Rol"), choices=Role.choices)
    from_on = forms.DateField(label=_("Vanaf"), widget=DayInput)
    until_on = forms.DateField(label=_("Tot en met"), widget=DayInput, required=False)
    mandate = forms.CharField(label=_("Mandaat (alleen voor een inspecteur)"), max_length=160, required=False)

    def act(self, by: Viewer, facts: dict[str, Any]) -> None:
        actions.appoint(by=by, **facts)


class CredentialForm(AdministratorForm):
    kind = forms.ChoiceField(label=_("Wat is er gezien?"), choices=CredentialKind.choices)
    valid_from = forms.DateField(label=_("Geldig vanaf"), widget=DayInput)
    valid_until = forms.DateField(label=_("Geldig tot en met"), widget=DayInput)
    source = forms.CharField(label=_("Waar is dit nagegaan?"), max_length=120)

    def act(self, by: Viewer, facts: dict[str, Any]) -> None:
        actions.add_credential(by=by, **facts)


class AccountForm(AdministratorForm):
    email = forms.EmailField(label=_("E-mailadres om mee in te loggen"))

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if Account.objects.filter(email=email).exists():
            raise forms.ValidationError(_("Dit adres heeft al een account."))
        return email

    def act(self, by: Viewer, facts: dict[str, Any]) -> None:
        actions.open_account(by=by, **facts)


class LeavesForm(AdministratorForm):
    """Somebody leaves: every session ends now."""

    def act(self, by: Viewer, facts: dict[str, Any]) -> None:
        professional: Professional = facts["professional"]
        actions.deactivate(by=by, professional=professional)
