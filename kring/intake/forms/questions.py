"""The questions of the public page, each a small form: plain Dutch (B1), one question or a few that belong together."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.intake import rules
from kring.intake.given import ConcernGiven
from kring.intake.models import AdviceQuestion, Anonymity, ChildCheck, RoleInReport
from kring.ui.forms import CHOOSE, FILL_IN, DayInput

LONG = forms.Textarea(attrs={"rows": 6})
SHORT = forms.Textarea(attrs={"rows": 3})


class StepForm(forms.Form):
    """One question, or a few that belong together. `title` is the page's heading."""

    title: Any = ""
    lead: Any = ""
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = CHOOSE if isinstance(field, forms.ChoiceField) else FILL_IN

    def shown(self) -> list[tuple[Any, str]]:
        """Label and answer of every question, for the last look before sending."""
        return [(field.label, self._words(name)) for name, field in self.fields.items()]

    def _words(self, name: str) -> str:
        value = str(self.data.get(self.add_prefix(name), "") or "")
        choices = dict(getattr(self.fields[name], "choices", []))
        return str(choices.get(value, value)) if value else ""


class Danger(StepForm):
    title = _("Is er nu gevaar?")
    lead = _("Is iemand gewond, of gebeurt het op dit moment? Bel dan eerst 112. Wacht niet op dit formulier.")
    urgency = forms.ChoiceField(
        label=_("Is er nu gevaar?"),
        widget=forms.RadioSelect,
        choices=[
            ("now", _("Ja, er is nu gevaar")),
            ("today", _("Niet op dit moment, maar vandaag moet er iemand kijken")),
            ("ordinary", _("Nee, of dat weet ik niet")),
        ],
    )


class WhatHappened(StepForm):
    title = _("Wat is er gebeurd?")
    lead = _("Vertel wat je zag of hoorde. Schrijf het op zoals het ging. Fouten maken mag.")
    what_happened = forms.CharField(
        label=_("Wat is er gebeurd?"),
        widget=LONG,
        max_length=8000,
        help_text=_("Bijvoorbeeld: ‘Ik hoorde een klap en daarna huilde een kind.’"),
    )

    def clean_what_happened(self) -> str:
        text: str = self.cleaned_data["what_happened"]
        for reason in rules.still_to_ask(ConcernGiven(what_happened=text)):
            if reason.code == "what_happened":
                raise forms.ValidationError(reason.text)
        return text


class HowOften(StepForm):
    title = _("Hoe vaak en sinds wanneer?")
    lead = _("Weet je het niet precies? Schrijf dan ‘ongeveer’ of ‘weet ik niet’.")
    how_often = forms.CharField(label=_("Hoe vaak gebeurt dit?"), max_length=600)
    since_when = forms.CharField(label=_("Sinds wanneer?"), max_length=600)


class HowSerious(StepForm):
    title = _("Hoe erg is het?")
    how_serious = forms.CharField(
        label=_("Hoe erg was het?"),
        widget=SHORT,
        max_length=4000,
        help_text=_("Was iemand bang, gewond of verdrietig? Hoe merkte je dat?"),
    )
    children_now = forms.CharField(
        label=_("Zijn er kinderen? Waar zijn ze nu, en bij wie?"), widget=SHORT, max_length=2000, required=False
    )


class SeenBy(StepForm):
    title = _("Hoe weet je dit?")
    first_hand = forms.ChoiceField(
        label=_("Heb je het zelf gezien of gehoord?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Ja, zelf")), ("no", _("Nee, iemand vertelde het mij")), ("both", _("Allebei"))],
    )
    seen_by = forms.CharField(
        label=_("Wie heeft het gezien of gehoord?"),
        max_length=600,
        help_text=_("Bijvoorbeeld: ‘ikzelf, en de juf van groep 5’."),
    )


class Place(StepForm):
    title = _("Waar wonen deze mensen?")
    lead = _("Vul in wat je weet. De rest laat je leeg.")
    street = forms.CharField(label=_("Straat"), max_length=120, required=False)
    house_number = forms.CharField(label=_("Huisnummer"), max_length=20, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=10, required=False)
    town = forms.CharField(label=_("Plaats"), max_length=80, required=False)
    is_secret = forms.ChoiceField(
        label=_("Is dit adres geheim?"),
        widget=forms.RadioSelect,
        choices=[("no", _("Nee, of dat weet ik niet")), ("yes", _("Ja, niemand mag dit adres weten"))],
        initial="no",
    )
    danger_for_worker = forms.CharField(
        label=_("Moet iemand die aanbelt iets weten?"),
        max_length=600,
        required=False,
        help_text=_("Bijvoorbeeld: een hond, een wapen, of iemand die snel boos wordt."),
    )


class PersonStep(StepForm):
    """One person; the page shows as many as were asked for, each under an own number."""

    title = _("Om wie gaat het?")
    lead = _("Noem iedereen: ook broers en zussen, en de volwassenen in huis.")
    role = forms.ChoiceField(
        label=_("Wie is dit?"),
        choices=[("", _("Kies")), *[choice for choice in RoleInReport.choices if choice[0] != "child_of_the_youth"]],
        required=False,
    )
    given_names = forms.CharField(label=_("Voornaam"), max_length=120, required=False)
    surname = forms.CharField(label=_("Achternaam"), max_length=120, required=False)
    born = forms.CharField(
        label=_("Geboortedatum of leeftijd"),
        max_length=60,
        required=False,
        help_text=_("Bijvoorbeeld 2-3-2017, of ‘ongeveer 8 jaar’."),
    )


class PersonOfMyWork(PersonStep):
    told = forms.ChoiceField(
        label=_("Weet deze persoon dat je meldt?"),
        choices=[("", _("Dat weet ik niet")), ("yes", _("Ja")), ("no", _("Nee"))],
        required=False,
    )
    told_words = forms.CharField(
        label=_("Hoe is het verteld, of waarom niet?"), widget=SHORT, max_length=2000, required=False
    )


class Me(StepForm):
    title = _("Wie ben jij?")
    lead = _("Met je naam kunnen we je bellen als we iets niet begrijpen. Je mag kiezen wie je naam mag weten.")
    anonymous_to = forms.ChoiceField(
        label=_("Wie mag weten dat jij dit vertelt?"),
        widget=forms.RadioSelect,
        choices=[
            (Anonymity.FAMILY, _("Alleen Veilig Thuis")),
            (Anonymity.NOBODY, _("Ook het gezin mag het weten")),
            (Anonymity.EVERYBODY, _("Niemand. Ik vul geen naam in")),
        ],
        help_text=_(
            "Weten ook wij niet wie je bent? Dan kunnen we niets navragen, en alleen hierom geen onderzoek beginnen."
        ),
    )
    name = forms.CharField(label=_("Je naam"), max_length=120, required=False)
    relation = forms.CharField(
        label=_("Hoe ken je deze mensen?"),
        max_length=120,
        required=False,
        help_text=_("Bijvoorbeeld: buurvrouw, oom, trainer."),
    )
    phone = forms.CharField(label=_("Telefoon"), max_length=30, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    safe_contact = forms.CharField(
        label=_("Wanneer en hoe bereiken we je veilig?"),
        max_length=300,
        required=False,
        help_text=_("Bijvoorbeeld: ‘overdag bellen, geen voicemail inspreken’."),
    )
    wants_feedback = forms.ChoiceField(
        label=_("Wil je horen wat wij ermee deden?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Ja")), ("no", _("Nee"))],
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("anonymous_to") in (Anonymity.FAMILY, Anonymity.NOBODY):
            if not found.get("name"):
                self.add_error("name", _("Vul je naam in, of kies dat niemand je naam mag weten."))
            if not found.get("phone") and not found.get("email"):
                self.add_error("phone", _("Vul een telefoonnummer of e-mailadres in, zodat we je kunnen bereiken."))
        return found


class MeSelf(Me):
    """Somebody of the family itself: whether the others may know is the question that matters."""

    lead = _("We bellen je alleen op de manier die jij veilig vindt.")
    relation = None  # type: ignore[assignment]


class MeAtWork(Me):
    lead = _("Als professional meld je met je naam. Het gezin mag dat weten, behalve als dat gevaarlijk is.")
    anonymous_to = forms.ChoiceField(
        label=_("Mag het gezin weten dat jij meldt?"),
        widget=forms.RadioSelect,
        choices=[(Anonymity.NOBODY, _("Ja")), (Anonymity.FAMILY, _("Nee, dat is gevaarlijk voor mij of voor hen"))],
    )
    function = forms.CharField(label=_("Je functie"), max_length=120)
    organisation = forms.CharField(label=_("Je organisatie"), max_length=160)
    relation = None  # type: ignore[assignment]
    plays_a_role = forms.ChoiceField(
        label=_("Blijf je zelf betrokken bij dit gezin?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Ja")), ("no", _("Nee"))],
        help_text=_("Dan hoor je ook welke afspraken over veiligheid er zijn."),
    )


class Signals(StepForm):
    title = _("Stap 1: wat zag je?")
    lead = WhatHappened.lead
    signals_on = forms.DateField(label=_("Wanneer zag je dit voor het eerst?"), widget=DayInput)
    what_happened = WhatHappened.base_fields["what_happened"]
    clean_what_happened = WhatHappened.clean_what_happened


class Consulted(StepForm):
    title = _("Stap 2: met wie heb je overlegd?")
    lead = _("Een collega, of Veilig Thuis. Nog niet gedaan? Laat het leeg; je kunt ook eerst advies vragen.")
    consulted_on = forms.DateField(label=_("Wanneer?"), widget=DayInput, required=False)
    consulted_whom = forms.CharField(label=_("Met wie?"), max_length=200, required=False)


class Talked(StepForm):
    title = _("Stap 3: heb je met hen gepraat?")
    lead = _("Met het kind, de ouders of de volwassene zelf. Eerst praten hoeft niet als dat gevaarlijk is.")
    talked_on = forms.DateField(label=_("Wanneer?"), widget=DayInput, required=False)
    talk = forms.CharField(
        label=_("Wat zeiden zij, in hun eigen woorden?"), widget=SHORT, max_length=4000, required=False
    )
    not_talked_reason = forms.CharField(
        label=_("Niet gepraat? Waarom niet?"), widget=SHORT, max_length=2000, required=False
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("talk") and not found.get("not_talked_reason"):
            self.add_error("talk", _("Schrijf op wat zij zeiden, of hieronder waarom je niet met hen praatte."))
        return found


class Weighed(StepForm):
    title = _("Stap 4: wat weeg je?")
    lead = _(
        "Denk je nog steeds dat er iets mis is? Is het nu of steeds weer onveilig? Kun jij zelf helpen? Willen zij die hulp?"
        " Wordt het daardoor op tijd veilig?"
    )
    weighing = forms.CharField(label=_("Wat is je afweging?"), widget=LONG, max_length=6000)
    weighed_on = forms.DateField(label=_("Wanneer woog je dit?"), widget=DayInput)


class Decided(StepForm):
    title = _("Stap 5: twee besluiten")
    lead = _("Neem ze los van elkaar, en in deze volgorde. Nu of steeds weer onveilig? Dan meld je altijd.")
    report_needed = forms.ChoiceField(
        label=_("Besluit 1: is melden nodig?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Ja, melden is nodig")), ("no", _("Nee, melden is niet nodig"))],
    )
    help_possible = forms.ChoiceField(
        label=_("Besluit 2: kun je (ook) hulp geven of regelen?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Ja")), ("no", _("Nee"))],
    )
    help_words = forms.CharField(label=_("Welke hulp?"), widget=SHORT, max_length=2000, required=False)
    child_check = forms.ChoiceField(
        label=_("Kindcheck: zijn er kinderen die van een volwassen cliënt afhankelijk zijn?"),
        widget=forms.RadioSelect,
        choices=ChildCheck.choices,
    )


class AskAdvice(StepForm):
    """Advice without a name in it: the check asks to look again, and never lets a citizen number through."""

    title = _("Wat wil je vragen?")
    lead = _("Vertel het zonder namen, geboortedata en adressen. We slaan niets over een gezin op.")
    asker = forms.ChoiceField(label=_("Voor wie vraag je dit?"), widget=forms.RadioSelect)
    question = forms.CharField(label=_("Je vraag"), widget=LONG, max_length=4000)
    checked = forms.BooleanField(
        label=_("Ik heb gekeken: er staat geen naam, geboortedatum of adres in"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asker"].choices = AdviceQuestion.ASKERS  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for reason in rules.names_nobody(found.get("question", ""), bool(found.get("checked"))):
            self.add_error("question", str(reason.text))
        return found


class Code(StepForm):
    title = _("Heb je een code?")
    lead = _("Vul de code in die je van ons kreeg.")
    code = forms.CharField(
        label=_("Code"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )
