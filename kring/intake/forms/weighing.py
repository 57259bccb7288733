"""Forms of a report: each calls one action, once. What a rule asks for stands at the field it is about."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kring.circle.access import ensure_open
from kring.circle.models import Family
from kring.families.models import Channel, FamilyMember
from kring.intake import actions, rules
from kring.intake.actions.telling import IN_PERSON
from kring.intake.models import (
    BreachNote,
    ConcernReport,
    Feedback,
    Judgement,
    OutcomeCode,
    SafetyAssessment,
    SourceKind,
    Telling,
)
from kring.intake.queries import same_people
from kring.intake.terms import POSTPONING
from kring.lifecycle.once import once
from kring.lifecycle.reasons import Conflict, NotAllowed
from kring.locks.subject import Viewer
from kring.ui.forms import DayInput, KringForm

TEXT = forms.Textarea(attrs={"rows": 4})
SHORT = forms.Textarea(attrs={"rows": 2})


class ActForm(KringForm):
    """`save` does the act once. What the rules refuse comes back on top of the form, with everything typed still there."""

    button: Any = _("Bewaar")
    done: Any = _("Bewaard.")
    danger = False

    def __init__(self, *args: Any, report: ConcernReport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report = report

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in ("idempotency_key", "version")}

    def act(self, by: Viewer) -> object:
        raise NotImplementedError

    def save(self, by: Viewer) -> bool:
        def act() -> str:
            self.act(by)
            return "done"

        try:
            once(by=by, key=self.cleaned_data["idempotency_key"], sent=self.facts(), act=act)
        except NotAllowed as refused:
            for reason in refused.reasons:
                self.add_error(reason.code if reason.code in self.fields else None, str(reason.text))
            return False
        return True


class AssessForm(ActForm):
    """How safe one person is, and on which facts."""

    done = _("De beoordeling is bewaard.")
    judgement = forms.ChoiceField(
        label=_("Hoe veilig is deze persoon nu?"), widget=forms.RadioSelect, choices=Judgement.choices
    )
    nature = forms.CharField(
        label=_("Onveilig? Wat gebeurt er?"),
        widget=TEXT,
        required=False,
        help_text=_("Feiten: wat, waar, wie erbij was. Geen etiket."),
    )
    frequency = forms.CharField(label=_("Hoe vaak?"), max_length=300, required=False)
    severity = forms.CharField(
        label=_("Hoe erg, en wat doet het met deze persoon?"), max_length=600, widget=SHORT, required=False
    )
    since = forms.CharField(label=_("Sinds wanneer?"), max_length=200, required=False)
    source_kind = forms.ChoiceField(
        label=_("Hoe weten we dit?"), choices=[("", _("Kies")), *SourceKind.choices], required=False
    )
    source = forms.CharField(label=_("Van wie of waaruit?"), max_length=300, required=False)
    arranged = forms.CharField(label=_("Wat is er nu geregeld?"), widget=SHORT, max_length=2000, required=False)
    reason = forms.CharField(
        label=_("Veilig of niet vast te stellen: waarom?"), widget=SHORT, max_length=2000, required=False
    )

    def __init__(self, *args: Any, member: FamilyMember, now: SafetyAssessment | None, **kwargs: Any) -> None:
        self.member, self.now = member, now
        names = [name for name in self.base_fields if name not in ("idempotency_key", "version")]
        initial = {name: getattr(now, name) for name in names} if now else {}
        super().__init__(*args, initial=initial | {"version": now.version if now else 0}, **kwargs)
        for name in ("nature", "frequency", "severity", "since", "source_kind", "source", "reason"):
            self.fields[name].asked_when = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for reason in rules.rests_on_facts(found) if "judgement" in found else []:
            self.add_error(reason.code, str(reason.text))
        return found

    def act(self, by: Viewer) -> object:
        return actions.assess(
            by=by, report=self.report, member=self.member, version=self.cleaned_data["version"], **self.facts()
        )

    def save(self, by: Viewer) -> bool:
        try:
            return super().save(by)
        except Conflict:
            now = SafetyAssessment.objects.select_related("assessed_by").get(report=self.report, member=self.member)
            self.show_conflict(
                now={name: getattr(now, name) for name in self.facts()}, version=now.version, by=now.assessed_by.name
            )
            return False


class DecideForm(ActForm):
    """The outcome, with its reasons."""

    button, done = _("Stel vast"), _("De uitkomst staat vast. Vertel het nu de mensen en de melder.")
    outcome = forms.ChoiceField(
        label=_("Uitkomst"),
        widget=forms.RadioSelect,
        choices=[choice for choice in OutcomeCode.choices if choice[0] not in ("VT-02", "VT-03")],
    )
    reasons = forms.CharField(
        label=_("Waarom?"), widget=TEXT, max_length=4000, help_text=_("In gewone woorden: het gezin leest dit.")
    )

    def act(self, by: Viewer) -> object:
        return actions.decide(by=by, report=self.report, **self.facts())


class TellForm(ActForm):
    """That somebody was told. The road is the one that is safe for this person."""

    button, done = _("Bewaar"), _("Vastgelegd dat het verteld is.")
    channel = forms.ChoiceField(label=_("Hoe is het verteld?"), widget=forms.RadioSelect)
    how = forms.CharField(label=_("Waar en wie was erbij?"), max_length=300)
    words = forms.CharField(
        label=_("Wat zei deze persoon, in eigen woorden?"), widget=SHORT, max_length=2000, required=False
    )

    def __init__(self, *args: Any, telling: Telling, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.telling = telling
        ways = [(IN_PERSON, _("zelf gesproken, alleen"))]
        ways += [way for way in Channel.choices if way[0] in ("call", "letter", "portal", "email")]
        self.fields["channel"].choices = ways  # type: ignore[attr-defined]

    def act(self, by: Viewer) -> object:
        return actions.tell_person(by=by, telling=self.telling, **self.facts())


class PostponeForm(ActForm):
    """Later, with the reason."""

    button, done = _("Stel uit"), _("Uitgesteld. Op de gekozen dag vragen we het weer.")
    until_on = forms.DateField(label=_("Tot en met welke dag?"), widget=DayInput)
    reason = forms.CharField(label=_("Waarom moet dit wachten?"), widget=TEXT, max_length=2000)

    def __init__(self, *args: Any, telling: Telling, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.telling = telling
        latest = POSTPONING.ends_on(telling.due_on)
        self.fields["until_on"].help_text = _("Uiterlijk %(day)s.") % {"day": latest.strftime("%d-%m-%Y")}

    def act(self, by: Viewer) -> object:
        return actions.postpone_telling(by=by, telling=self.telling, **self.facts())


class FeedbackForm(ActForm):
    """What the reporter heard, or why nothing."""

    done = _("De terugkoppeling is bewaard.")
    how = forms.ChoiceField(label=_("Hoe?"), widget=forms.RadioSelect, choices=Feedback.HOW)
    text = forms.CharField(
        label=_("Wat hoort de melder?"),
        widget=TEXT,
        max_length=2000,
        required=False,
        help_text=_("Of er een vervolg is en wie nu verantwoordelijk is. Geen gegevens die de melder niet mag weten."),
    )
    not_given_reason = forms.CharField(
        label=_("Niet gegeven? Waarom niet?"), widget=SHORT, max_length=600, required=False
    )

    def __init__(self, *args: Any, moment: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.moment = moment

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("how") == "not" and not found.get("not_given_reason"):
            self.add_error("not_given_reason", _("Schrijf op waarom de melder nu niets hoort."))
        if found.get("how") not in (None, "not") and not found.get("text"):
            self.add_error("text", _("Schrijf op wat de melder hoort."))
        return found

    def act(self, by: Viewer) -> object:
        return actions.give_feedback(by=by, report=self.report, moment=self.moment, **self.facts())


class CloseForm(ActForm):
    """Done; where we followed up ourselves, how that ended."""

    button, done = _("Rond af"), _("De melding is afgerond.")
    outcome = forms.ChoiceField(
        label=_("Hoe liep het af?"),
        widget=forms.RadioSelect,
        required=False,
        choices=[
            ("", _("Zoals beoordeeld")),
            (OutcomeCode.TRANSFERRED, OutcomeCode.TRANSFERRED.label),
            (OutcomeCode.CLOSED, OutcomeCode.CLOSED.label),
        ],
    )
    reasons = forms.CharField(
        label=_("Toelichting bij een nieuwe uitkomst"), widget=TEXT, max_length=4000, required=False
    )

    def act(self, by: Viewer) -> object:
        return actions.close(by=by, report=self.report, **self.facts())


class TakeOutForm(ActForm):
    """Filed at the wrong family."""

    button, done, danger = (
        _("Haal de melding hier weg"),
        _("Weg bij dit gezin. Er ligt een datalek-notitie bij de balie."),
        True,
    )
    reason = forms.CharField(label=_("Waarom hoort deze melding niet bij dit gezin?"), widget=SHORT, max_length=600)
    sure = forms.BooleanField(label=_("Ik heb met een collega nagekeken om wie het gaat"))

    def act(self, by: Viewer) -> object:
        return actions.take_out_report(by=by, report=self.report, reason=self.cleaned_data["reason"])


class AttachForm(ActForm):
    """One of the families this desk knows; a person decides (harm B15)."""

    button, done = _("Voeg bij dit gezin"), _("De melding staat bij dit gezin. De kring hoort het meteen.")
    family = forms.ChoiceField(label=_("Welk gezin is dit?"), widget=forms.RadioSelect)
    sure = forms.BooleanField(label=_("Naam, geboortedatum en adres zijn nagekeken; het zijn dezelfde mensen"))

    def __init__(self, *args: Any, families: dict[str, Family], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.families = families
        self.fields["family"].choices = [(key, one.label) for key, one in families.items()]  # type: ignore[attr-defined]

    def act(self, by: Viewer) -> object:
        family = self.families[self.cleaned_data["family"]]
        ensure_open(by, family.id, "nagaan wie dezelfde is")
        return actions.attach_report(by=by, report=self.report, family=family, same=same_people(self.report, family))


class BreachForm(KringForm):
    """What was decided on a breach note."""

    authority = forms.CharField(
        label=_("Autoriteit Persoonsgegevens: wel of niet gemeld, en waarom?"), widget=SHORT, max_length=600
    )
    people = forms.CharField(
        label=_("De mensen om wie het gaat: wel of niet verteld, en waarom?"), widget=SHORT, max_length=600
    )

    def save(self, *, by: Viewer, note: BreachNote) -> BreachNote:
        decided: BreachNote = actions.decide_on_breach(
            by=by, note=note, authority=self.cleaned_data["authority"], people=self.cleaned_data["people"]
        )
        return decided
