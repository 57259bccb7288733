"""Forms of duty; each `save()` calls one action, once."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from stdnum.nl import bsn as eleven_test

from kring.accounts.models import Organisation, Professional, Role
from kring.accounts.queries import appointments_on
from kring.duty import actions, rules
from kring.duty.models import LookUpReview, Roster, RosterKind
from kring.duty.queries import organisations_planned_by
from kring.families import lookup
from kring.families.lookup import Key
from kring.families.models import LookupKind
from kring.lifecycle.once import once
from kring.locks.subject import Viewer
from kring.ui.forms import DayInput, KringForm, MomentInput


class DutyForm(KringForm):
    """By one viewer; sent twice it is done once."""

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def save(self) -> None:
        sent = {k: str(v) for k, v in self.cleaned_data.items() if k not in ("idempotency_key", "version")}

        def act() -> str:
            self.act()
            return ""

        once(by=self.viewer, key=self.cleaned_data["idempotency_key"], sent=sent, act=act)

    def act(self) -> None:
        raise NotImplementedError


class RosterForm(DutyForm):
    name = forms.CharField(label=_("Hoe heet het rooster?"), max_length=80)
    kind = forms.ChoiceField(label=_("Waarvoor is het?"), choices=RosterKind.choices)
    organisation = forms.ModelChoiceField(label=_("Wie draait de diensten?"), queryset=Organisation.objects.none())

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations_planned_by(self.viewer)
        self.fields["organisation"].label_from_instance = lambda organisation: organisation.name

    def act(self) -> None:
        data = self.cleaned_data
        actions.start_roster(by=self.viewer, name=data["name"], kind=data["kind"], organisation=data["organisation"])


class ShiftForm(DutyForm):
    """Who, from when, until when; on the Dutch clock."""

    professional = forms.ModelChoiceField(label=_("Wie heeft dienst?"), queryset=Professional.objects.none())
    starts_at = forms.DateTimeField(label=_("Van"), widget=MomentInput)
    ends_at = forms.DateTimeField(label=_("Tot"), widget=MomentInput)

    def __init__(self, *args: Any, roster: Roster, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.roster = roster
        appointed = appointments_on(timezone.localdate()).filter(role=Role.DUTY).values("professional_id")
        people = Professional.objects.filter(active=True, pk__in=appointed).select_related("organisation")
        self.fields["professional"].queryset = people.order_by("sort_name")
        self.fields["professional"].label_from_instance = lambda who: f"{who.name}, {who.organisation.name}"

    def clean_ends_at(self) -> datetime:
        start: datetime | None = self.cleaned_data.get("starts_at")
        end: datetime = self.cleaned_data["ends_at"]
        if start and end <= start:
            raise forms.ValidationError(_("De dienst eindigt voor hij begint."))
        return end

    def act(self) -> None:
        data = self.cleaned_data
        actions.plan_shift(
            by=self.viewer, roster=self.roster, professional=data["professional"],
            starts_at=data["starts_at"], ends_at=data["ends_at"],
        )  # fmt: skip


class LookUpForm(KringForm):
    """Why, and by what: at least one exact identifier. Two narrow it down when one is not enough."""

    reason = forms.CharField(
        label=_("Waarom moet u dit nu weten?"),
        min_length=15,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Een ander beoordeelt dit achteraf. Schrijf op wat er aan de hand is."),
    )
    bsn = forms.CharField(label=_("Burgerservicenummer"), required=False, max_length=12)
    surname = forms.CharField(label=_("Achternaam, precies"), required=False, max_length=200)
    born_on = forms.DateField(label=_("Geboortedatum"), required=False, widget=DayInput)
    postcode = forms.CharField(label=_("Postcode"), required=False, max_length=10)
    house_number = forms.CharField(label=_("Huisnummer met toevoeging"), required=False, max_length=20)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def clean_bsn(self) -> str:
        given = self.cleaned_data["bsn"].strip()
        if given and not eleven_test.is_valid(given):
            raise forms.ValidationError(_("Dit is geen bestaand burgerservicenummer. Kijk het na."))
        return eleven_test.compact(given) if given else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for one, other in (("surname", "born_on"), ("postcode", "house_number")):
            if bool(data.get(one)) != bool(data.get(other)) and not {one, other} & self.errors.keys():
                self.add_error(other if data.get(one) else one, _("Vul beide in."))
        if not self.errors and not self.keys():
            raise forms.ValidationError(_("Geef minstens een nummer, een achternaam met datum, of een adres."))
        return data

    def keys(self) -> list[Key]:
        data, found = self.cleaned_data, list[Key]()
        if data.get("bsn"):
            found.append((LookupKind.BSN, lookup.of_bsn(data["bsn"])))
        if data.get("surname") and data.get("born_on"):
            found.append((LookupKind.SURNAME_BIRTH, lookup.of_surname_and_birth(data["surname"], data["born_on"])))
        if data.get("postcode") and data.get("house_number"):
            found.append((LookupKind.ADDRESS, lookup.of_address(data["postcode"], data["house_number"])))
        return found

    def save(self) -> actions.Found:
        return actions.emergency_look_up(by=self.viewer, keys=self.keys(), reason=self.cleaned_data["reason"])


class JudgementForm(DutyForm):
    """Was it right, why, and from when the family sees it."""

    justified = forms.TypedChoiceField(
        label=_("Was dit terecht?"),
        choices=[("yes", _("Ja")), ("no", _("Nee"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    why = forms.CharField(label=_("Waarom vindt u dat?"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}))
    shown_from = forms.DateField(
        label=_("Vanaf welke dag ziet het gezin dit?"),
        widget=DayInput,
        help_text=_("Kies een latere dag als weten dat er gekeken is, iemand in gevaar kan brengen."),
    )
    shown_why = forms.CharField(label=_("Waarom later?"), required=False, max_length=300)

    def __init__(self, *args: Any, review: LookUpReview, **kwargs: Any):
        kwargs.setdefault("initial", {"shown_from": timezone.localdate(), "version": review.version})
        super().__init__(*args, **kwargs)
        self.review = review

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        day: date | None = data.get("shown_from")
        if day:
            for reason in rules.may_show(day, data.get("shown_why", ""), timezone.localdate()):
                self.add_error("shown_why", str(reason))
        return data

    def act(self) -> None:
        data = self.cleaned_data
        actions.judge_look_up(
            by=self.viewer, review=self.review, justified=data["justified"], why=data["why"],
            shown_from=data["shown_from"], shown_why=data["shown_why"], version=data["version"],
        )  # fmt: skip
