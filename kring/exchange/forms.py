"""Letting a system in; `save()` calls one action."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.exchange import actions, rules
from kring.exchange.stuf.envelope import HANDLED
from kring.lifecycle.once import once
from kring.locks.subject import Viewer
from kring.ui.forms import DayInput, KringForm

KINDS = [
    ("vtMeldingDi01", _("Melding aan Veilig Thuis (vtMeldingDi01)")),
    ("zorgmeldingDi01", _("Zorgmelding (zorgmeldingDi01)")),
    ("meldingGeneriekDi01", _("Generieke melding (meldingGeneriekDi01)")),
]
assert {kind for kind, _label in KINDS} == set(HANDLED)


class KnownSenderForm(KringForm):
    name = forms.CharField(label=_("Naam van de afzender"), max_length=120)
    oin = forms.CharField(
        label=_("Organisatienummer (OIN)"), help_text=_("Twintig cijfers, zoals in het certificaat van de afzender.")
    )
    kinds = forms.MultipleChoiceField(label=_("Mag sturen"), choices=KINDS, widget=forms.CheckboxSelectMultiple)
    speaks_for = forms.CharField(
        label=_("Stuurt ook namens"),
        help_text=_("Alleen voor een knooppunt zoals CORV: de nummers van de organisaties, elk op een eigen regel."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    answer_url = forms.CharField(
        label=_("Adres voor antwoorden"),
        help_text=_("Begint met https://. Zonder adres antwoorden wij meteen."),
        required=False,
        max_length=200,
    )
    from_on = forms.DateField(label=_("Vanaf"), widget=DayInput)

    def clean_oin(self) -> str:
        number = str(self.cleaned_data["oin"]).strip()
        self._must(rules.is_an_oin(number))
        return number

    def clean_answer_url(self) -> str:
        url = str(self.cleaned_data["answer_url"]).strip()
        self._must(rules.may_be_sent_to(url))
        return url

    def _must(self, reasons: list[Any]) -> None:
        if reasons:
            raise forms.ValidationError([str(reason) for reason in reasons])

    def save(self, viewer: Viewer) -> None:
        sent = {k: v for k, v in self.cleaned_data.items() if k not in ("idempotency_key", "version", "speaks_for")}
        numbers = self.cleaned_data["speaks_for"].split()

        def act() -> str:
            return str(actions.add_known_sender(by=viewer, speaks_for=numbers, **sent).id)

        once(by=viewer, key=self.cleaned_data["idempotency_key"], sent=[sent, numbers], act=act)
