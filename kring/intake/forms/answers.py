"""From the answers on the public page to what the action takes."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from kring.intake.forms.public import Questions, people_in
from kring.intake.given import AddressGiven, ConcernGiven, MeldcodeGiven, PersonGiven, ReporterGiven

Answers = Mapping[str, str]


def concern(answers: Answers, kind: str) -> ConcernGiven:
    """What happened, as it was told."""
    told = ("what_happened", "how_often", "since_when", "how_serious", "seen_by", "children_now", "danger_for_worker")
    first_hand = {"yes": True, "no": False}.get(answers.get("first_hand", ""))
    return ConcernGiven(
        urgency=answers.get("urgency") or "ordinary",
        first_hand=first_hand,
        meldcode=meldcode(answers) if kind == "professional" else None,
        advice_code=answers.get("advice_code", ""),
        **{name: answers.get(name, "").strip() for name in told},
    )


def reporter(answers: Answers, kind: str) -> ReporterGiven:
    """Who tells. Who wants nobody to know gave no name, and if one was typed after all it is not kept."""
    hidden = answers.get("anonymous_to") == "everybody"
    names = ("name", "function", "organisation", "relation", "phone", "email", "safe_contact")
    return ReporterGiven(
        kind=kind,
        anonymous_to=answers.get("anonymous_to") or "family",
        wants_feedback=answers.get("wants_feedback") == "yes",
        plays_a_role=answers.get("plays_a_role") == "yes",
        **{name: "" if hidden else answers.get(name, "").strip() for name in names},
    )


def people(answers: Answers) -> list[PersonGiven]:
    """Everybody who was named, all at the one address that was given."""
    address = AddressGiven(**{name: answers.get(name, "") for name in ("street", "house_number", "postcode", "town")})
    found = []
    for number in range(people_in(answers)):
        said = {name.partition("-")[2]: value for name, value in answers.items() if name.startswith(f"p{number}-")}
        if not any(said.get(name) for name in ("role", "given_names", "surname", "born")):
            continue
        told = {"yes": True, "no": False}.get(said.get("told", ""))
        words = said.get("told_words", "")
        found.append(
            PersonGiven(
                role=said.get("role") or "unknown",
                given_names=said.get("given_names", "").strip(),
                surname=said.get("surname", "").strip(),
                address=address if any(vars(address).values()) else None,
                is_secret=answers.get("is_secret") == "yes",
                told=told,
                told_how=words[:300] if told else "",
                not_told_reason="" if told else words,
                **read_birth(said.get("born", "")),
            )
        )
    return found


def read_birth(words: str) -> dict[str, Any]:
    """A full date is a birth date; everything else stays as it was said ("ongeveer 8 jaar"): unknown is a value."""
    found = re.fullmatch(r"\s*(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})\s*", words)
    if found:
        day, month, year = map(int, found.groups())
        try:
            return {"born_on": date(year, month, day), "born_words": words.strip()}
        except ValueError:
            pass
    return {"born_words": words.strip()[:80]}


def meldcode(answers: Answers) -> MeldcodeGiven:
    def day(name: str) -> date | None:
        return date.fromisoformat(answers[name]) if answers.get(name) else None

    def yes(name: str) -> bool | None:
        return {"yes": True, "no": False}.get(answers.get(name, ""))

    days = ("signals_on", "consulted_on", "talked_on", "weighed_on")
    words = ("consulted_whom", "talk", "not_talked_reason", "weighing", "help_words", "child_check")
    return MeldcodeGiven(
        decided_on=timezone.localdate(),
        report_needed=yes("report_needed"),
        help_possible=yes("help_possible"),
        author=answers.get("name", ""),
        **{name: day(name) for name in days},
        **{name: answers.get(name, "") for name in words},
    )


def first_wrong_step(questions: Questions, answers: Answers) -> int | None:
    """The first step whose answers don't hold, or None when everything can be sent."""
    for index in range(len(questions.steps)):
        if not all(form.is_valid() for form in questions.forms(index, answers, bound=True)):
            return index
    return None
