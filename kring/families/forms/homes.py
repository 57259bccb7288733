"""Forms about where people live, what gives a place away, how to reach them, and danger at the door."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kring.families import actions, queries
from kring.families.forms.base import FamilyForm
from kring.families.models import Channel, ClueKind, LivesThere, YesNoUnknown
from kring.ui.forms import DayInput

CHECKS = forms.CheckboxSelectMultiple


def day(label: Any, required: bool = False) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=DayInput)


class NewHomeForm(FamilyForm):
    permission, heading = "families.write_home", _("Woonsituatie toevoegen")
    explanation = _("Het adres vult u hierna in. De naam zegt bij wie, nooit waar.")

    label_text = forms.CharField(label=_("Naam"), max_length=80, required=False, help_text=_("Bijvoorbeeld: bij Rob"))
    members = forms.MultipleChoiceField(label=_("Wie wonen hier"), widget=CHECKS, required=False)
    how = forms.ChoiceField(label=_("Hoe"), choices=LivesThere.choices, widget=forms.RadioSelect, initial="fully")
    from_on = day(_("Sinds"))

    def prepare(self) -> None:
        self.choose_from("members", self.people.members)

    def act(self) -> None:
        facts = self.facts("members", "label_text")
        actions.start_household(
            by=self.viewer, family=self.opened.family, members=self.chosen("members"),
            label=self.cleaned_data["label_text"], **facts,
        )  # fmt: skip


class HomeForm(FamilyForm):
    """`target` is a `queries.Home`."""

    permission = "families.write_home"

    def about(self) -> str:
        return str(self.target.household.label)

    def look_again(self) -> None:
        self.target = queries.home_of(self.opened, self.target.household.pk)


class ChangeHomeForm(HomeForm):
    heading = _("Woonsituatie wijzigen")
    explanation = _("Een einddatum beëindigt ook het verblijf van wie er nog woonde.")

    label_text = forms.CharField(label=_("Naam"), max_length=80, help_text=_("Bij wie, nooit waar"))
    from_on = day(_("Sinds"))
    until_on = day(_("Tot en met"))

    def standing_version(self) -> int | None:
        return int(self.target.household.version)

    def known(self) -> Mapping[str, Any]:
        home = self.target.household
        return {"label_text": home.label, "from_on": home.from_on, "until_on": home.until_on}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("from_on") and cleaned.get("until_on") and cleaned["until_on"] < cleaned["from_on"]:
            self.add_error("until_on", _("De einddatum ligt voor de begindatum."))
        return cleaned

    def act(self) -> None:
        facts = self.facts("label_text") | {"label": self.cleaned_data["label_text"]}
        actions.change_household(
            by=self.viewer, household=self.target.household, version=self.cleaned_data["version"], **facts
        )


class MoveInForm(HomeForm):
    heading, label = _("Wie woont hier ook?"), _("Voeg toe")

    who = forms.ChoiceField(label=_("Wie"))
    how = forms.ChoiceField(label=_("Hoe"), choices=LivesThere.choices, widget=forms.RadioSelect, initial="fully")
    from_on = day(_("Sinds"))

    def prepare(self) -> None:
        living = {member.id for stay, member in self.target.stays if stay.until_on is None}
        self.choose_from("who", [member for member in self.people.members if member.id not in living])

    def act(self) -> None:
        facts = self.facts("who")
        actions.move_in(by=self.viewer, household=self.target.household, member=self.member("who"), **facts)


class AddressForm(HomeForm):
    """An address that everybody in the circle may know."""

    heading = _("Adres vastleggen")
    explanation = _("Iedereen in de kring mag dit zien, ook gezinsleden. Is dat niet veilig? Kies dan ‘geheim adres’.")
    reading = "address"

    street = forms.CharField(label=_("Straat"), max_length=120, required=False)
    house_number = forms.CharField(label=_("Huisnummer en toevoeging"), max_length=20, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=10, required=False)
    town = forms.CharField(label=_("Woonplaats"), max_length=80, required=False)
    country = forms.CharField(label=_("Land, als het niet Nederland is"), max_length=60, required=False)
    note = forms.CharField(label=_("Toelichting"), max_length=200, required=False)

    def _row(self) -> Any:
        return getattr(self.target, self.reading)

    def standing_version(self) -> int | None:
        return int(self._row().version) if self._row() else 0

    def known(self) -> Mapping[str, Any]:
        return {
            name: getattr(self._row(), name) for name in self.base_fields if self._row() and hasattr(self._row(), name)
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(self.facts().values()):
            self.add_error("street", _("Vul iets in wat u van het adres weet."))
        return cleaned

    def act(self) -> None:
        actions.set_address(
            by=self.viewer, household=self.target.household, version=self.cleaned_data["version"], **self.facts()
        )


class SecretAddressForm(AddressForm):
    permission, heading = "families.write_secret_address", _("Geheim adres")
    explanation = _(
        "Alleen het duo en wie er wonen zien dit. Het oude open adres verdwijnt, en school, telefoon en contact van wie"
        " hier wonen ziet voortaan ook alleen het duo."
    )
    reading = "secret"

    organisation = forms.CharField(label=_("Opvangorganisatie"), max_length=120, required=False)

    def act(self) -> None:
        actions.set_secret_address(
            by=self.viewer, household=self.target.household, version=self.cleaned_data["version"], **self.facts()
        )


class EndSecrecyForm(HomeForm):
    permission, heading, label = "families.write_secret_address", _("Is het adres niet meer geheim?"), _("Beëindig")
    explanation = _("Het geheime adres wordt gewist. Schrijf daarna het adres op dat iedereen in de kring mag weten.")

    sure = forms.BooleanField(label=_("Dit is met wie er wonen besproken, en veilig"))

    def act(self) -> None:
        actions.end_secrecy(by=self.viewer, household=self.target.household)


class ClueForm(FamilyForm):
    permission, heading = "families.write_place_clue", _("School, telefoon, werk")
    explanation = _("Wat een plaats verraadt bewaren we als een adres: versleuteld, en alleen voor professionals.")

    kind = forms.ChoiceField(label=_("Wat"), choices=[("", _("Kies")), *ClueKind.choices])
    text = forms.CharField(label=_("Welke"), max_length=200)
    from_on = day(_("Sinds"))
    secret = forms.BooleanField(
        label=_("Alleen voor het duo"), required=False, help_text=_("Bij een geheim adres gebeurt dit vanzelf.")
    )

    def act(self) -> None:
        facts = self.facts("secret")
        actions.add_place_clue(by=self.viewer, member=self.target, secret=self.cleaned_data["secret"] or None, **facts)


class SafeContactForm(FamilyForm):
    """How somebody said they can be reached without harm."""

    permission, heading = "families.set_safe_contact", _("Veilig contact")
    explanation = _("Vraag dit aan de persoon zelf, alleen. Alles wat verstuurd wordt houdt zich hieraan.")
    groups = [
        (_("Hoe"), "channels phone email when"),
        (_("Als wie, en wie mag het weten"), "as_whom who_may_know voicemail envelope_name"),
        (_("Praten"), "meeting_place language interpreter hearing reading"),
        (_("Besproken"), "checked_on note"),
    ]

    channels = forms.MultipleChoiceField(
        label=_("Op welke manier mag het"), choices=Channel.choices, widget=CHECKS, required=False,
        help_text=_("Niets aangevinkt betekent: op geen enkele manier."),
    )  # fmt: skip
    phone = forms.CharField(label=_("Telefoon"), required=False, max_length=30)
    email = forms.EmailField(label=_("E-mail"), required=False)
    when = forms.CharField(label=_("Wanneer"), required=False, max_length=200)
    as_whom = forms.CharField(
        label=_("U belt of schrijft als"),
        required=False,
        max_length=120,
        help_text=_("Bijvoorbeeld: van de bibliotheek"),
    )
    who_may_know = forms.CharField(label=_("Wie mag weten dat er contact is"), required=False, max_length=200)
    voicemail = forms.ChoiceField(
        label=_("Voicemail inspreken"), choices=YesNoUnknown.choices, widget=forms.RadioSelect, initial="unknown"
    )
    envelope_name = forms.CharField(label=_("Naam op envelop en scherm"), required=False, max_length=120)
    meeting_place = forms.CharField(label=_("Veilige plek om af te spreken"), required=False, max_length=200)
    language = forms.CharField(label=_("Taal"), required=False, max_length=60)
    interpreter = forms.CharField(
        label=_("Tolk"), required=False, max_length=120, help_text=_("Nooit iemand uit het gezin.")
    )
    hearing = forms.CharField(label=_("Horen en zien"), required=False, max_length=120)
    reading = forms.CharField(label=_("Lezen"), required=False, max_length=120)
    checked_on = day(_("Besproken op"), required=True)
    note = forms.CharField(label=_("Verder"), required=False, max_length=300)

    def _now(self) -> Any:
        return queries.safe_contact_of(self.target)

    def standing_version(self) -> int | None:
        now = self._now()
        return int(now.version) if now else 0

    def known(self) -> Mapping[str, Any]:
        now = self._now()
        return {name: getattr(now, name) for _title, names in self.groups for name in names.split()} if now else {
            "checked_on": timezone.localdate()
        }  # fmt: skip

    def clean_checked_on(self) -> date:
        checked: date = self.cleaned_data["checked_on"]
        if checked > timezone.localdate():
            raise forms.ValidationError(_("Deze dag moet nog komen."))
        return checked

    def act(self) -> None:
        actions.set_safe_contact(
            by=self.viewer, member=self.target, version=self.cleaned_data["version"], **self.facts()
        )


class DangerForm(FamilyForm):
    permission, heading, label = "families.warn_at_the_door", _("Gevaar aan de deur"), _("Waarschuw")
    explanation = _("Professionals in de kring en wie er met spoed heen gaat zien dit. Het gezin ziet dit niet.")

    what = forms.CharField(
        label=_("Wat moet iemand weten die hier aanbelt?"), max_length=300, widget=forms.Textarea,
        help_text=_("Wat er gebeurde of is gezien, geen oordeel."),
    )  # fmt: skip
    not_alone = forms.BooleanField(label=_("Ga hier nooit alleen heen"), required=False, initial=True)
    since_on = day(_("Sinds"), required=True)

    def act(self) -> None:
        actions.warn_at_the_door(by=self.viewer, family=self.opened.family, **self.facts())


class EndForm(FamilyForm):
    """Something is over, from a day on; the row stays as what was."""

    heading, label = _("Niet meer zo"), _("Beëindig")
    until_on = day(_("Tot en met"), required=True)

    def known(self) -> Mapping[str, Any]:
        return {"until_on": timezone.localdate()}


class EndRelationForm(EndForm):
    permission = "families.relate"

    def act(self) -> None:
        actions.end_relation(by=self.viewer, relation=self.target, **self.facts())


class EndClueForm(EndForm):
    permission = "families.write_place_clue"

    def act(self) -> None:
        actions.end_place_clue(by=self.viewer, clue=self.target, **self.facts())


class MoveOutForm(EndForm):
    permission, heading = "families.write_home", _("Woont hier niet meer")

    def act(self) -> None:
        actions.move_out(by=self.viewer, residence=self.target, **self.facts())


class EndDangerForm(FamilyForm):
    permission, heading, label = "families.warn_at_the_door", _("Het gevaar is voorbij"), _("Leg vast")

    ended_on = day(_("Sinds"), required=True)
    reason = forms.CharField(label=_("Hoe weten we dat?"), max_length=200)

    def act(self) -> None:
        actions.end_danger(by=self.viewer, danger=self.target, **self.facts())
