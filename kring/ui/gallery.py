"""What the component page shows: invented content, every state once. No family data, no database."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone

from .circle_picture import Node
from .forms import DayInput, KringForm, MomentInput


@dataclass(frozen=True)
class ExampleReason:
    """Looks like what a rule answers."""

    text: str
    source: str


class ExampleForm(KringForm):
    title = forms.CharField(label="Waar gaat het over?", max_length=60, help_text="In een paar woorden.")
    day = forms.DateField(label="Wanneer was het?", widget=DayInput)
    moment = forms.DateTimeField(label="Hoe laat precies?", widget=MomentInput, required=False)
    kind = forms.ChoiceField(label="Wat is het?", choices=[("a", "Zelf gezien"), ("b", "Gehoord van een ander")])
    place = forms.ChoiceField(
        label="Waar?",
        widget=forms.RadioSelect,
        choices=[("thuis", "Thuis"), ("school", "Op school"), ("?", "Dat weet ik niet")],
    )
    who = forms.MultipleChoiceField(
        label="Wie waren erbij?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[
            ("1", "Een kind"),
            ("2", "Een ouder"),
            ("3", "Iemand anders, met een lange omschrijving die doorloopt"),
        ],
    )
    text = forms.CharField(
        label="Vertel", widget=forms.Textarea, help_text="Schrijf op wat er gebeurde. Je mag stoppen."
    )
    paper = forms.FileField(label="Document", required=False)
    sure = forms.BooleanField(label="Ik heb dit nagelezen", required=False)


def gallery() -> dict[str, Any]:
    now = timezone.now()
    today = timezone.localdate()
    sent = {
        "idempotency_key": "6d5b0a0e-1f6e-4b57-9a34-0b6a3a3d0001",
        "version": "3",
        "title": "Bezoek",
        "text": "Mijn tekst",
    }
    conflict = ExampleForm(
        sent | {"day": str(today), "kind": "a", "place": "thuis"}, prefix=None, auto_id="conflict_%s"
    )
    conflict.show_conflict(now={"title": "Bezoek", "text": "De tekst van een ander"}, version=4, by="Joost Bos")
    return {
        "kinds": ["neutral", "info", "ok", "warn", "danger"],
        "alerts": ["info", "ok", "warn", "danger"],
        "shapes": ["ring", "disc", "square", "diamond", "open"],
        "days": [today + timedelta(days=days) for days in (-3, -1, 0, 1, 3, 9, 400)],
        "moments": [now - timedelta(hours=hours) for hours in (0, 24, 24 * 6, 24 * 500)],
        "now": now,
        "reasons": [
            ExampleReason("Twee mensen moeten dit hebben bekeken; nu is het er één.", "Voorbeeldwet, artikel 1, lid 2"),
            ExampleReason("De einddatum ontbreekt nog.", "Voorbeeldprotocol, stap 3"),
        ],
        "no_reasons": [],
        "page": Paginator(range(60), 10).get_page(3),
        "small_circle": circle(4, 3, 4),
        "large_circle": circle(11, 8, 13),
        "empty_form": ExampleForm(auto_id="leeg_%s"),
        "wrong_form": ExampleForm({"title": "x" * 80}, auto_id="fout_%s"),
        "conflict_form": conflict,
    }


def circle(inner: int, network: int, outer: int) -> list[Node]:
    names = ["Samira El Idrissi", "Joost Bos", "Noor Kaya", "Wendy van der Meer-Oosterhuis", "Koen Bakker"]
    return [
        *(
            Node(f"{('Fatma', 'Daan', 'Lisa', 'Mees')[n % 4]} · {36 - n}", "FV", "inner", "#kring")
            for n in range(inner)
        ),
        *(
            Node(("Oma Ayşe", "Buurvrouw Bea", "Rob")[n % 3], "OA", "network", "#kring", "familie")
            for n in range(network)
        ),
        *(Node(names[n % 5], "SE", "outer", "#kring", "organisatie", emphasised=n == 0) for n in range(outer)),
    ]
