"""Forms about who somebody is: the facts, authority, relations, merging."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.accounts.models import Professional
from kring.accounts.queries import powers_held
from kring.families import actions, likeness, queries, rules
from kring.families.forms.base import FamilyForm
from kring.families.models import (
    AuthorityKind,
    AuthoritySource,
    BirthPrecision,
    FamilyMember,
    Gender,
    NoBsnReason,
    RelationKind,
    Standing,
)
from kring.ui.forms import DayInput

DATE_PARTS = ("born_year", "born_month", "born_day")
PLAIN = "called given_names initials prefix surname gender standing nationality born_words expected_on died_on"


class MemberForm(FamilyForm):
    """What is known of a member. Every part of the birth date may be left open."""

    groups = [
        (_("Naam"), "called given_names initials prefix surname"),
        (_("Geboren"), "born_day born_month born_year born_words unborn expected_on died_on"),
        (_("Verder"), "standing gender nationality birth_place birth_country"),
        (_("Burgerservicenummer"), "bsn no_bsn_reason"),
    ]

    called = forms.CharField(label=_("Roepnaam"), required=False, max_length=60)
    given_names = forms.CharField(label=_("Voornamen"), required=False, max_length=200)
    initials = forms.CharField(label=_("Voorletters"), required=False, max_length=20)
    prefix = forms.CharField(label=_("Tussenvoegsel"), required=False, max_length=20)
    surname = forms.CharField(label=_("Achternaam"), required=False, max_length=200)
    born_day = forms.IntegerField(label=_("Dag"), required=False, min_value=1, max_value=31)
    born_month = forms.IntegerField(label=_("Maand"), required=False, min_value=1, max_value=12)
    born_year = forms.IntegerField(
        label=_("Jaar"), required=False, min_value=1900, max_value=2100, help_text=_("Vul in wat u zeker weet.")
    )
    born_words = forms.CharField(
        label=_("Zo is het gezegd"), required=False, max_length=80, help_text=_("Bijvoorbeeld: een jaar of acht")
    )
    unborn = forms.BooleanField(label=_("Nog niet geboren"), required=False)
    expected_on = forms.DateField(label=_("Verwacht op"), required=False, widget=DayInput)
    died_on = forms.DateField(label=_("Overleden op"), required=False, widget=DayInput)
    standing = forms.ChoiceField(
        label=_("Hoort bij"), choices=Standing.choices, widget=forms.RadioSelect, initial="member"
    )
    gender = forms.ChoiceField(label=_("Geslacht"), choices=Gender.choices, widget=forms.RadioSelect, initial="unknown")
    nationality = forms.CharField(label=_("Nationaliteit"), required=False, max_length=80)
    birth_place = forms.CharField(label=_("Geboorteplaats"), required=False, max_length=80)
    birth_country = forms.CharField(label=_("Geboorteland"), required=False, max_length=80)
    bsn = forms.CharField(label=_("Burgerservicenummer"), required=False, max_length=12)
    no_bsn_reason = forms.ChoiceField(label=_("Waarom geen nummer"), choices=NoBsnReason.choices, required=False)

    def prepare(self) -> None:
        powers = powers_held(self.viewer.organisation_id, timezone.localdate())
        if "hold_bsn" not in powers or (self.target and self._number_is_not_ours(powers)):
            del self.fields["bsn"], self.fields["no_bsn_reason"]

    def _number_is_not_ours(self, powers: set[str]) -> bool:
        """Of an adult the number is not even asked for; of unknown age it is refused when sent."""
        against = rules.may_hold_bsn(powers, self.target.birth, None, timezone.localdate())
        return bool(against) and not queries.bsn_for(self.viewer, self.target)[0] and self.target.is_child() is False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        year, month, day = (cleaned.get(part) for part in DATE_PARTS)
        if (day and not month) or (month and not year):
            self.add_error("born_year", gettext("Vul ook het jaar in, en bij een dag ook de maand."))
        elif year:
            try:
                cleaned["born_on"] = date(year, month or 1, day or 1)
            except ValueError:
                self.add_error("born_day", gettext("Deze dag bestaat niet."))
        if cleaned.get("born_on") and cleaned["born_on"] > timezone.localdate():
            self.add_error("born_year", gettext("Deze dag moet nog komen. Kies dan: nog niet geboren."))
        if not any(cleaned.get(name) for name in ("called", "given_names", "initials", "surname", "unborn")):
            self.add_error("called", gettext("Vul ten minste één naam in."))
        if cleaned.get("bsn"):
            for reason in rules.is_a_bsn(cleaned["bsn"]):
                self.add_error("bsn", str(reason.text))
        return cleaned

    def member_facts(self) -> dict[str, Any]:
        given = self.facts(*DATE_PARTS, "bsn")
        given.setdefault("born_on", None)
        precision = BirthPrecision.DAY if given.get("born_on") else BirthPrecision.UNKNOWN
        if given["born_on"] and not self.cleaned_data["born_day"]:
            precision = BirthPrecision.MONTH if self.cleaned_data["born_month"] else BirthPrecision.YEAR
        given["born_precision"] = precision
        given["unborn"] = given["unborn"] and not given["born_on"]
        given["expected_on"] = given["expected_on"] if given["unborn"] else None
        if not given.get("no_bsn_reason"):
            given.pop("no_bsn_reason", None)
        return given


class AddMemberForm(MemberForm):
    permission, heading, label = "families.add_member", _("Iemand toevoegen"), _("Voeg toe")
    done = _("Toegevoegd.")

    def act(self) -> None:
        number = self.cleaned_data.get("bsn", "")
        actions.add_member(by=self.viewer, family=self.opened.family, bsn=number, **self.member_facts())


class ChangeMemberForm(MemberForm):
    permission, heading = "families.change_member", _("Gegevens wijzigen")

    def standing_version(self) -> int | None:
        return int(self.target.version)

    def known(self) -> Mapping[str, Any]:
        member: FamilyMember = self.target
        birth = member.birth
        stored = {name: getattr(member, name) for name in PLAIN.split()}
        number, _against = queries.bsn_for(self.viewer, member)
        return stored | {
            "born_year": birth.year, "born_month": birth.month, "born_day": birth.day, "unborn": member.unborn,
            "birth_place": member.birth_place, "birth_country": member.birth_country, "bsn": number,
            "no_bsn_reason": member.no_bsn_reason,
        }  # fmt: skip

    def act(self) -> None:
        actions.change_member(
            by=self.viewer, member=self.target, version=self.cleaned_data["version"],
            bsn=self.cleaned_data["bsn"] if "bsn" in self.changed_data else None, **self.member_facts(),
        )  # fmt: skip


class RelationForm(FamilyForm):
    permission, heading = "families.relate", _("Relatie vastleggen")

    who = forms.ChoiceField(label=_("Wie"))
    kind = forms.ChoiceField(label=_("Is van deze persoon"), choices=[("", _("Kies")), *RelationKind.choices])
    words = forms.CharField(
        label=_("In eigen woorden"), required=False, max_length=80, help_text=_("Bijvoorbeeld: noemt hem papa")
    )
    from_on = forms.DateField(label=_("Sinds"), required=False, widget=DayInput)

    def prepare(self) -> None:
        self.choose_from("who", [member for member in self.people.members if member != self.target])
        self.fields["kind"].label = gettext("Is van %(name)s") % {"name": self.target.name}

    def act(self) -> None:
        facts = self.facts("who")
        actions.relate(by=self.viewer, member=self.member("who"), other=self.target, **facts)


class AuthorityForm(FamilyForm):
    """Authority over a child; what nobody established is said to be so."""

    permission, heading = "families.set_authority", _("Gezag vastleggen")
    explanation = _("Een ondertoezichtstelling is geen gezag. Weet u het niet zeker? Kies dan ‘niet vastgesteld’.")

    kind = forms.ChoiceField(label=_("Gezag"), choices=AuthorityKind.choices, widget=forms.RadioSelect)
    holders = forms.MultipleChoiceField(label=_("Wie heeft het"), required=False, widget=forms.CheckboxSelectMultiple)
    holder_words = forms.CharField(
        label=_("Iemand anders of een instelling"),
        required=False,
        max_length=160,
        help_text=_("Naam, zoals in het register"),
    )
    under_investigation = forms.BooleanField(label=_("Het register onderzoekt dit nog"), required=False)
    explanation_text = forms.CharField(label=_("Toelichting"), required=False, max_length=300)
    source = forms.ChoiceField(label=_("Hoe weten we dit"), choices=AuthoritySource.choices, widget=forms.RadioSelect)
    from_on = forms.DateField(label=_("Sinds"), required=False, widget=DayInput)

    def prepare(self) -> None:
        self.choose_from("holders", [one for one in self.people.members if one.is_child() is not True])

    def _now(self) -> Any:
        return queries.authority_over(self.opened, self.target)

    def standing_version(self) -> int | None:
        return int(self._now().version)

    def known(self) -> Mapping[str, Any]:
        now = self._now()
        return {
            "kind": now.kind, "holders": [str(one) for one in now.holders], "holder_words": now.holder_words,
            "under_investigation": now.under_investigation, "explanation_text": now.explanation, "source": now.source,
        }  # fmt: skip

    def act(self) -> None:
        facts = self.facts("holders", "explanation_text")
        actions.set_authority(
            by=self.viewer, child=self.target, holders=self.chosen("holders"), version=self.cleaned_data["version"],
            explanation=self.cleaned_data["explanation_text"], **facts,
        )  # fmt: skip


class MergeForm(FamilyForm):
    """`target` is who stays; `other` who turned out to be the same human."""

    permission, heading, label = "families.merge", _("Is dit dezelfde persoon?"), _("Voeg samen")
    done = _("Samengevoegd. U kunt dit altijd terugdraaien.")
    explanation = _(
        "Wat over beiden geschreven is blijft bewaard en komt bij elkaar te staan. U kunt het terugdraaien."
    )

    take = forms.MultipleChoiceField(
        label=_("Neem over wat bij de ander staat"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Wat nu leeg is wordt altijd aangevuld."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Waarom is dit dezelfde persoon?"), max_length=300, widget=forms.Textarea)

    def __init__(self, *args: Any, other: FamilyMember, **kwargs: Any):
        self.other = other
        super().__init__(*args, **kwargs)

    def about(self) -> str:
        return gettext("%(one)s en %(other)s") % {"one": self.target.name, "other": self.other.name}

    def prepare(self) -> None:
        field = self.fields["take"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (name, f"{field_label}: {theirs} ({gettext('nu')}: {ours})")
            for name, field_label in MERGE_LABELS.items()
            if (ours := getattr(self.target, name)) and (theirs := getattr(self.other, name)) and ours != theirs
        ]
        if not field.choices:
            del self.fields["take"]

    def act(self) -> None:
        actions.merge_members(
            by=self.viewer, kept=self.target, merged=self.other, reason=self.cleaned_data["reason"],
            take=self.cleaned_data.get("take", []),
        )  # fmt: skip


MERGE_LABELS = {
    "called": _("Roepnaam"), "given_names": _("Voornamen"), "initials": _("Voorletters"), "prefix": _("Tussenvoegsel"),
    "surname": _("Achternaam"), "born_on": _("Geboren"), "nationality": _("Nationaliteit"),
}  # fmt: skip


class UnmergeForm(FamilyForm):
    permission, heading, label = "families.merge", _("Toch twee personen"), _("Draai terug")

    def about(self) -> str:
        return gettext("%(one)s en %(other)s") % {"one": self.target.kept.name, "other": self.target.merged.name}

    done = _("Teruggedraaid: het zijn weer twee personen.")
    explanation = _("Beiden staan weer apart. Wat na het samenvoegen is verbeterd, blijft zoals het nu is.")

    reason = forms.CharField(label=_("Hoe weten we dat?"), max_length=300, widget=forms.Textarea)

    def act(self) -> None:
        actions.unmerge_members(by=self.viewer, merge=self.target, reason=self.cleaned_data["reason"])


class AskElsewhereForm(FamilyForm):
    permission, heading, label = "families.ask_elsewhere", _("Is deze persoon elders bekend?"), _("Vraag het na")
    done = _("Nagevraagd. Het antwoord staat op deze pagina.")
    explanation = _(
        "U krijgt alleen ja of nee. Is het ja, dan hoort wie het gezin kent dat u het vroeg, en neemt die contact met u op."
        " Uw vraag komt in het logboek."
    )

    stays = True

    reason = forms.CharField(label=_("Waarvoor is dit nodig?"), max_length=200, widget=forms.Textarea)

    def earlier(self) -> list[tuple[datetime, str]]:
        """When it was asked before, and the answer."""
        asked = likeness.asked_elsewhere(self.opened, self.target)
        return [(at, gettext("Ja, bekend") if known else gettext("Nee, niet bekend")) for at, known in asked]

    def act(self) -> None:
        actions.ask_elsewhere(by=self.viewer, member=self.target, reason=self.cleaned_data["reason"])


class AnswerInquiryForm(FamilyForm):
    permission, heading, label = "families.answer_inquiry", _("Vraag: is dit gezin bekend?"), _("Leg het antwoord vast")

    def about(self) -> str:
        asker = Professional.objects.select_related("organisation").get(pk=self.target.asker_id)
        return gettext("%(who)s van %(where)s vraagt het, op grond van %(law)s") % {
            "who": asker.name, "where": asker.organisation.name, "law": self.target.article,
        }  # fmt: skip

    answer = forms.CharField(
        label=_("Wat heeft u geantwoord, en hoe?"), max_length=2000, widget=forms.Textarea,
        help_text=_("Bel de vrager zelf. Wat u hier opschrijft blijft bij dit gezin."),
    )  # fmt: skip

    def act(self) -> None:
        actions.answer_inquiry(by=self.viewer, inquiry=self.target, answer=self.cleaned_data["answer"])
