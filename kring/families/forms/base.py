"""What every form of a family shares: who writes, in which opened family, about what, and one action."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar
from uuid import uuid4

from django.forms import ChoiceField, MultipleChoiceField
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.circle.access import OpenFamily
from kring.families.models import FamilyMember
from kring.families.queries import People
from kring.lifecycle.once import once
from kring.lifecycle.reasons import Conflict, NotAllowed
from kring.locks.subject import Viewer
from kring.ui.forms import KringForm

Text = str | Promise
HIDDEN = {"idempotency_key", "version"}


class FamilyForm(KringForm):
    """`act()` calls one action. Sent twice it is done once; when another was first, both are shown."""

    permission: ClassVar[str]
    heading: ClassVar[Text]
    label: ClassVar[Text] = _("Bewaar")
    done: ClassVar[Text] = _("Vastgelegd.")
    explanation: ClassVar[Text] = ""
    groups: ClassVar[list[tuple[Text, str]]] = []

    stays: ClassVar[bool] = False  # the answer is shown on the form's own page

    conflict = False

    def __init__(
        self, *args: Any, viewer: Viewer, opened: OpenFamily, people: People, target: Any = None, **kwargs: Any
    ):
        self.viewer, self.opened, self.people, self.target = viewer, opened, people, target
        super().__init__(*args, initial={"version": self.standing_version(), **self.known()}, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Choices that depend on the family."""

    def known(self) -> Mapping[str, Any]:
        """What is saved now, per field."""
        return {}

    def standing_version(self) -> int | None:
        """The version of what is changed; None for something new."""
        return None

    def about(self) -> str:
        """Under the heading: whom or what it is about."""
        return str(getattr(self.target, "name", "")) or str(self.opened.family.label)

    def earlier(self) -> list[tuple[datetime, str]]:
        """What was answered here before, if this form asks something."""
        return []

    def look_again(self) -> None:
        """Read what is changed anew, after somebody else was first."""
        if self.target is not None:
            self.target.refresh_from_db()

    def act(self) -> None:
        raise NotImplementedError

    def facts(self, *leave_out: str) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in HIDDEN | set(leave_out)}

    def save(self) -> None:
        def act() -> str:
            self.act()
            return ""

        sent = {name: str(value) for name, value in self.facts().items()}
        once(by=self.viewer, key=self.cleaned_data["idempotency_key"], sent=sent, act=act)

    def save_or_explain(self) -> bool:
        """True when it was done. What a rule says against it stands on top of the form; nothing typed is lost."""
        try:
            self.save()
        except Conflict:
            self.conflict = True
            self._resend_with(idempotency_key=str(uuid4()))
            self.look_again()
            if (version := self.standing_version()) is None:
                self.add_error(None, _("Dit formulier was al verstuurd. Kijk of het er al staat, of verstuur opnieuw."))
            else:
                self.show_conflict(now=self.known(), version=version)
            return False
        except NotAllowed as refused:
            for reason in refused.reasons:
                self.add_error(None, str(reason.text))
            return False
        return True

    def fieldsets(self) -> list[tuple[Text, list[BoundField]]]:
        """Groups of fields under their headings, those that this viewer has."""
        return [(title, [self[name] for name in names.split() if name in self.fields]) for title, names in self.groups]

    def choose_from(self, name: str, members: list[FamilyMember], *, first: Text = "") -> None:
        """Fill a choice with members; a single choice begins empty."""
        field = self.fields[name]
        assert isinstance(field, ChoiceField)
        empty = [] if isinstance(field, MultipleChoiceField) else [("", first or _("Kies"))]
        field.choices = [*empty, *((str(member.id), member.name) for member in members)]

    def member(self, name: str) -> FamilyMember:
        return next(one for one in self.people.members if str(one.id) == self.cleaned_data[name])

    def chosen(self, name: str) -> list[FamilyMember]:
        wanted = set(self.cleaned_data[name])
        return [member for member in self.people.members if str(member.id) in wanted]
