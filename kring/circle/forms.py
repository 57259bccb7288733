"""Forms of a circle; each `save()` calls one action."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.accounts.models import Professional
from kring.circle import actions
from kring.circle.access import OpenFamily
from kring.circle.models import (
    Audience,
    ContactCard,
    DirectionKind,
    Frame,
    Ground,
    Membership,
    MembershipRole,
    NoFaceReason,
)
from kring.lifecycle.once import once
from kring.locks.secret import normalised
from kring.locks.subject import Viewer
from kring.ui.forms import DayInput, KringForm

KINDS = [
    ("family", _("Wie er in het gezin zijn")),
    ("intake", _("Meldingen en beoordelingen")),
    ("contact", _("Hoe iemand veilig te bereiken is")),
    ("danger", _("Gevaar aan de deur")),
    ("bsn", _("Het burgerservicenummer, als de wet dat toestaat")),
    ("place", _("School, werk en wat verder een plaats verraadt")),
    ("secret_address", _("Een geheim adres, als dat met naam is gedeeld")),
]
NOT_BY_INVITATION = {"receiving_desk", "assessor", "duty", "inspector", "family_member", "supporter"}


class CircleForm(KringForm):
    """A form about one circle, by one viewer; sent twice it is done once."""

    def __init__(self, *args: Any, viewer: Viewer, family: OpenFamily, members: list[Membership], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.viewer, self.family = viewer, family
        self.people = {str(m.id): m for m in members if m.professional_id}
        for name in ("face", "deputy", "to", "director"):
            if name in self.fields:
                self.fields[name].choices = [
                    *([("", "—")] if not self.fields[name].required else []),
                    *((key, f"{m.professional.name}, {m.get_role_display()}") for key, m in self.people.items()),
                ]

    def member(self, name: str) -> Membership | None:
        return self.people.get(self.cleaned_data.get(name) or "")

    def save(self) -> None:
        data = {k: str(v) for k, v in self.cleaned_data.items() if k not in ("idempotency_key", "version")}

        def act() -> str:
            self.act()
            return ""

        once(by=self.viewer, key=self.cleaned_data["idempotency_key"], sent=data, act=act)

    def act(self) -> None:
        raise NotImplementedError


class InviteForm(CircleForm):
    """Who is invited, as what, on what ground, and what it opens."""

    who = forms.CharField(label=_("Naam van de professional"), help_text=_("Achternaam, of voor- en achternaam"))
    role = forms.ChoiceField(
        label=_("Als"), choices=[c for c in MembershipRole.choices if c[0] not in NOT_BY_INVITATION]
    )
    ground = forms.ChoiceField(
        label=_("Grondslag"), choices=[c for c in Ground.choices if c[0] not in ("self", "supervision", "emergency")]
    )
    ground_note = forms.CharField(label=_("Toelichting"), required=False, max_length=200)
    opens = forms.MultipleChoiceField(
        label=_("Mag zien"),
        choices=KINDS,
        widget=forms.CheckboxSelectMultiple,
        initial=[kind for kind, _label in KINDS],
    )
    audience = forms.ChoiceField(
        label=_("Wie mag weten dat deze persoon meedoet?"),
        choices=Audience.choices[:3],
        help_text=_("Kies ‘alleen het duo’ als de naam van de organisatie al iets verraadt, zoals bij opvang."),
    )

    def clean_who(self) -> Professional:
        words = normalised(self.cleaned_data["who"])
        given = normalised(" ".join(reversed(self.cleaned_data["who"].split(" ", 1))))
        found = list(Professional.objects.filter(active=True, sort_name__startswith=words)[:9])
        found = found or list(Professional.objects.filter(active=True, sort_name__startswith=given)[:9])
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(f"{who.name} ({who.function})" for who in found)
            raise forms.ValidationError(_("Er zijn er meer: %(names)s.") % {"names": names})
        raise forms.ValidationError(_("Niemand met deze naam. Controleer de spelling, of vraag de beheerder."))

    def act(self) -> None:
        opens = self.cleaned_data["opens"]
        actions.invite(
            by=self.viewer, family=self.family.family, professional=self.cleaned_data["who"], role=self.cleaned_data["role"],
            ground=self.cleaned_data["ground"], ground_note=self.cleaned_data["ground_note"],
            opens_kinds=None if len(opens) == len(KINDS) else opens, audience=self.cleaned_data["audience"],
        )  # fmt: skip


class FaceForm(CircleForm):
    face = forms.ChoiceField(label=_("Vast gezicht"))
    deputy = forms.ChoiceField(label=_("Vervanger bij ziekte of verlof"), required=False)

    def act(self) -> None:
        face = self.member("face")
        assert face is not None
        actions.set_fixed_face(by=self.viewer, family=self.family.family, face=face, deputy=self.member("deputy"))


class NoFaceForm(CircleForm):
    reason = forms.ChoiceField(label=_("Waarom is er nu geen vast gezicht?"), choices=NoFaceReason.choices)
    until = forms.DateField(label=_("Opnieuw bekijken op"), widget=DayInput)

    def act(self) -> None:
        data = self.cleaned_data
        actions.set_no_fixed_face(by=self.viewer, family=self.family.family, reason=data["reason"], until=data["until"])


class OfferSightForm(CircleForm):
    to = forms.ChoiceField(label=_("Bied zicht op veiligheid aan"))

    def act(self) -> None:
        to = self.member("to")
        assert to is not None
        actions.offer_sight(by=self.viewer, family=self.family.family, to=to)


class DirectionForm(CircleForm):
    direction = forms.ChoiceField(label=_("Wie heeft de regie?"), choices=DirectionKind.choices)
    director = forms.ChoiceField(label=_("Welke professional"), required=False)

    def act(self) -> None:
        direction = self.cleaned_data["direction"]
        director = self.member("director") if direction != DirectionKind.FAMILY else None
        actions.set_direction(by=self.viewer, family=self.family.family, direction=direction, director=director)


class FrameForm(CircleForm):
    frame = forms.ChoiceField(label=_("In welk kader is de hulp?"), choices=Frame.choices)

    def act(self) -> None:
        actions.set_frame(by=self.viewer, family=self.family.family, frame=self.cleaned_data["frame"])


class ContactCardForm(CircleForm):
    """What school or GP may know, and what was agreed (harm B45)."""

    kind = forms.ChoiceField(label=_("Met wie is dit afgesproken?"), choices=ContactCard.KINDS)
    name = forms.CharField(label=_("Naam"), max_length=100)
    organisation = forms.CharField(label=_("Organisatie"), max_length=120)
    phone = forms.CharField(label=_("Telefoon"), max_length=20, required=False)
    may_know = forms.CharField(
        label=_("Wat mogen zij weten?"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    agreed = forms.CharField(
        label=_("Wat is er afgesproken?"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def act(self) -> None:
        names = ("kind", "name", "organisation", "phone", "may_know", "agreed")
        card = {name: self.cleaned_data[name] for name in names}
        actions.write_contact_card(by=self.viewer, family=self.family.family, **card)


class ScopeForm(CircleForm):
    """What one member may see, and who may know that this person takes part (harm B4, B27)."""

    opens = forms.MultipleChoiceField(
        label=_("Mag zien"), choices=KINDS, widget=forms.CheckboxSelectMultiple, required=False
    )
    audience = forms.ChoiceField(label=_("Wie mag weten dat deze persoon meedoet?"), choices=Audience.choices[:3])

    def __init__(self, *args: Any, member: Membership, **kwargs: Any):
        everything = [kind for kind, _label in KINDS]
        opens = everything if member.opens_kinds is None else member.opens_kinds
        initial = {"opens": opens, "audience": member.audience}
        super().__init__(*args, initial=initial, **kwargs)
        self.whom = member

    def act(self) -> None:
        opens = self.cleaned_data["opens"]
        actions.set_scope(
            by=self.viewer, membership=self.whom, opens_kinds=None if len(opens) == len(KINDS) else opens,
            opens_persons=self.whom.opens_persons, opens_domains=self.whom.opens_domains, opens_from=self.whom.opens_from,
            audience=self.cleaned_data["audience"], audience_ids=self.whom.audience_ids,
        )  # fmt: skip


class AskAccessForm(KringForm):
    """Ask a colleague to be let in. What comes back is the same whether or not there is such a circle."""

    who = forms.CharField(label=_("Aan welke collega vraagt u het?"))
    about = forms.CharField(label=_("Om wie gaat het?"), max_length=300)
    reason = forms.CharField(label=_("Waarom is het nodig?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    ground = forms.ChoiceField(label=_("Grondslag"), choices=Ground.choices[:6])

    clean_who = InviteForm.clean_who

    def save(self, viewer: Viewer) -> None:
        data = self.cleaned_data

        def act() -> str:
            actions.ask_access(
                by=viewer, asked=data["who"], about=data["about"], reason=data["reason"], ground=data["ground"]
            )
            return ""

        once(by=viewer, key=data["idempotency_key"], sent=[data["about"], data["reason"], data["who"].pk], act=act)
