"""The public page: which questions follow each other, for somebody who may not be alone at this screen.

Nothing is stored between the questions: the answers travel along in the page, and never in its address or in the
browser's storage (harm B8). The questions are in `questions.py`; `answers.py` turns them into what the action takes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kring.intake.forms import questions as ask

MOST_PEOPLE = 12


@dataclass(frozen=True)
class Questions:
    """One way through the public page: who tells, and which questions follow each other."""

    name: str
    kind: str
    steps: tuple[type[ask.StepForm], ...]

    def fields(self, people: int) -> list[str]:
        """Every name that may travel along in the page; anything else in what is sent is dropped."""
        names = ["people", "idempotency_key", "advice_code", "draft_code"]
        for step in self.steps:
            if issubclass(step, ask.PersonStep):
                names += [f"p{number}-{name}" for number in range(people) for name in step.base_fields]
            else:
                names += step.base_fields
        return names

    def forms(self, index: int, answers: Mapping[str, str], *, bound: bool) -> list[ask.StepForm]:
        """The form of this step, or one for each person."""
        step = self.steps[index]
        count = people_in(answers) if issubclass(step, ask.PersonStep) else 1
        made = []
        for number in range(count):
            prefix = f"p{number}" if issubclass(step, ask.PersonStep) else None
            if bound:
                made.append(step(answers, prefix=prefix))
            else:
                cut = f"{prefix}-" if prefix else ""
                known = {name: answers[cut + name] for name in step.base_fields if answers.get(cut + name)}
                made.append(step(initial=known, prefix=prefix))
        return made


FACTS = (ask.HowOften, ask.HowSerious, ask.SeenBy, ask.Place)
QUESTIONS = {
    one.name: one
    for one in (
        Questions("iemand", "citizen", (ask.Danger, ask.WhatHappened, *FACTS, ask.PersonStep, ask.Me)),
        Questions("ikzelf", "family_member", (ask.Danger, ask.WhatHappened, *FACTS, ask.PersonStep, ask.MeSelf)),
        Questions(
            "werk",
            "professional",
            (
                ask.Danger,
                ask.Signals,
                ask.Consulted,
                ask.Talked,
                ask.Weighed,
                ask.Decided,
                *FACTS,
                ask.PersonOfMyWork,
                ask.MeAtWork,
            ),
        ),
    )
}


def people_in(answers: Mapping[str, str]) -> int:
    """How many people the page has room for; never more than a page can carry."""
    count = str(answers.get("people", "1"))
    return min(max(int(count), 1), MOST_PEOPLE) if count.isdecimal() else 1
