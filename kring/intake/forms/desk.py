"""The desk's own forms: a report by phone, an advice question."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.intake import actions, rules
from kring.intake.forms import answers as read
from kring.intake.forms.public import MOST_PEOPLE, people_in
from kring.intake.models import AdviceQuestion, Anonymity, ReporterKind, RoleInReport, Urgency
from kring.lifecycle.once import once
from kring.locks.subject import Viewer
from kring.ui.forms import KringForm

LONG = forms.Textarea(attrs={"rows": 4})
SHORT = forms.Textarea(attrs={"rows": 2})


class PersonLine(forms.Form):
    """One person in a report by phone."""

    use_required_attribute = False
    role = forms.ChoiceField(label=_("Wie is dit?"), choices=[("", _("Kies")), *RoleInReport.choices], required=False)
    given_names = forms.CharField(label=_("Voornamen"), max_length=200, required=False)
    surname = forms.CharField(label=_("Achternaam"), max_length=200, required=False)
    born = forms.CharField(
        label=_("Geboortedatum of leeftijd"),
        max_length=60,
        required=False,
        help_text=_("2-3-2017, of ‘ongeveer 8 jaar’."),
    )


class PhoneReport(KringForm):
    """A report by phone. Danger first: with it, everything else may be empty and is filled in afterwards."""

    urgency = forms.ChoiceField(label=_("Is er nu gevaar?"), widget=forms.RadioSelect, choices=Urgency.choices)
    what_happened = forms.CharField(label=_("Wat is er gebeurd?"), widget=LONG, required=False)
    how_often = forms.CharField(label=_("Hoe vaak?"), widget=SHORT, required=False)
    how_serious = forms.CharField(label=_("Hoe erg?"), widget=SHORT, required=False)
    since_when = forms.CharField(label=_("Sinds wanneer?"), widget=SHORT, required=False)
    seen_by = forms.CharField(label=_("Wie zag of hoorde het?"), widget=SHORT, required=False)
    children_now = forms.CharField(label=_("Waar zijn de kinderen nu, en bij wie?"), widget=SHORT, required=False)
    danger_for_worker = forms.CharField(label=_("Gevaar aan de deur?"), max_length=600, required=False)
    street = forms.CharField(label=_("Straat"), max_length=120, required=False)
    house_number = forms.CharField(label=_("Huisnummer"), max_length=20, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=10, required=False)
    town = forms.CharField(label=_("Plaats"), max_length=80, required=False)
    is_secret = forms.ChoiceField(
        label=_("Is dit adres geheim?"),
        widget=forms.RadioSelect,
        choices=[("no", _("Nee")), ("yes", _("Ja"))],
        initial="no",
    )
    kind = forms.ChoiceField(label=_("Wie belt?"), choices=ReporterKind.choices)
    name = forms.CharField(label=_("Naam van de melder"), max_length=120, required=False)
    function = forms.CharField(label=_("Functie"), max_length=120, required=False)
    organisation = forms.CharField(label=_("Organisatie"), max_length=160, required=False)
    relation = forms.CharField(label=_("Hoe kent de melder dit gezin?"), max_length=120, required=False)
    phone = forms.CharField(label=_("Telefoon"), max_length=30, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    safe_contact = forms.CharField(label=_("Hoe en wanneer veilig te bereiken?"), max_length=300, required=False)
    anonymous_to = forms.ChoiceField(
        label=_("Voor wie blijft de melder onbekend?"), widget=forms.RadioSelect, choices=Anonymity.choices
    )
    wants_feedback = forms.ChoiceField(
        label=_("Wil de melder iets horen?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Ja")), ("no", _("Nee"))],
        initial="yes",
    )
    advice_code = forms.CharField(
        label=_("Code van een eerdere adviesvraag"),
        max_length=20,
        required=False,
        help_text=_("Alleen als de melder zegt dat die vraag bij de melding hoort."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("what_happened", "how_often", "how_serious", "since_when", "seen_by"):
            self.fields[name].asked_when = True  # type: ignore[attr-defined]

    FACTS = (
        "urgency",
        "what_happened",
        "how_often",
        "how_serious",
        "since_when",
        "seen_by",
        "children_now",
        "danger_for_worker",
    )
    PLACE = ("street", "house_number", "postcode", "town", "is_secret")
    CALLER = ("kind", "name", "function", "organisation", "relation", "phone", "email", "safe_contact", "anonymous_to",
              "wants_feedback", "advice_code")  # fmt: skip

    def group(self, names: tuple[str, ...]) -> list[Any]:
        return [self[name] for name in names]

    @property
    def facts(self) -> list[Any]:
        return self.group(self.FACTS)

    @property
    def place(self) -> list[Any]:
        return self.group(self.PLACE)

    @property
    def caller(self) -> list[Any]:
        return self.group(self.CALLER)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("urgency") != Urgency.NOW:
            for reason in rules.still_to_ask(read.concern(_texts(self.data), "citizen")):
                self.add_error(reason.code, str(reason.text))
        return found

    def save(self, *, by: Viewer, desk_id: UUID) -> str:
        """Where the report is, as `family/report`."""
        told = _texts(self.data)

        def act() -> str:
            report = actions.receive_report(
                by=by, desk_id=desk_id, arrived="phone", reporter=read.reporter(told, told["kind"]),
                people=read.people(told), concern=read.concern(told, told["kind"]),
            )  # fmt: skip
            return f"{report.family_id}/{report.id}"

        return once(by=by, key=self.cleaned_data["idempotency_key"], sent=told, act=act)

    @classmethod
    def with_one_more(cls, data: Mapping[str, str]) -> "PhoneReport":
        """The same answers with room for another person; nothing is judged yet."""
        known = {name: data[name] for name in data}
        return cls(initial=known | {"people": str(min(people_in(known) + 1, MOST_PEOPLE))})

    def people(self) -> list[PersonLine]:
        """As many lines as there is room for, with what was typed in them."""
        if self.is_bound:
            return [PersonLine(self.data, prefix=f"p{number}") for number in range(people_in(self.data))]
        lines = []
        for number in range(people_in(self.initial)):
            known = {name: self.initial.get(f"p{number}-{name}", "") for name in PersonLine.base_fields}
            lines.append(PersonLine(initial=known, prefix=f"p{number}"))
        return lines


class NewAdvice(KringForm):
    """An advice question by phone, without a family in it."""

    asker = forms.ChoiceField(label=_("Wie vraagt dit?"), choices=AdviceQuestion.ASKERS, widget=forms.RadioSelect)
    question = forms.CharField(
        label=_("De vraag, zonder namen, geboortedata en adressen"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
    )
    checked = forms.BooleanField(label=_("Nagekeken: hieraan is geen gezin te herkennen"), required=False)

    def clean(self) -> dict[str, Any]:
        return _names_nobody(self, super().clean() or {}, "question")

    def save(self, *, by: Viewer, desk_id: UUID) -> actions.Asked:
        told = {name: self.cleaned_data[name] for name in ("asker", "question", "checked")}
        return actions.ask_advice(by=by, desk_id=desk_id, **told)


class AnswerAdvice(KringForm):
    """The answer; it names nobody either."""

    answer = forms.CharField(label=_("Uw advies"), widget=forms.Textarea(attrs={"rows": 8}), max_length=6000)
    checked = forms.BooleanField(label=_("Nagekeken: hieraan is geen gezin te herkennen"), required=False)

    def clean(self) -> dict[str, Any]:
        return _names_nobody(self, super().clean() or {}, "answer")

    def save(self, *, by: Viewer, advice: AdviceQuestion) -> AdviceQuestion:
        answered: AdviceQuestion = actions.answer_advice(
            by=by, advice=advice, answer=self.cleaned_data["answer"], checked=self.cleaned_data["checked"]
        )
        return answered


def _names_nobody(form: forms.Form, found: dict[str, Any], name: str) -> dict[str, Any]:
    for reason in rules.names_nobody(found.get(name, ""), bool(found.get("checked"))):
        form.add_error(name, str(reason.text))
    return found


def _texts(data: Mapping[str, Any]) -> dict[str, str]:
    left_out = ("csrfmiddlewaretoken", "idempotency_key", "version", "go")
    return {name: str(data[name]) for name in data if name not in left_out}
