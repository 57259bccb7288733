"""What waits on the desk: the one form in which a room says so (hook `on_desk`).

A room registers `function(viewer: Viewer, family_id: UUID | None = None) -> list[Waiting]`; with a family, only what
waits there is needed (it may give more, but asks no query for what can't be of a family). It reads index rows and its own `Own`/`Desk` rows only,
never content: the desk shows families that were not opened. At most two queries, whatever the number of rows.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Urgency = Literal["now", "today", "week", "later"]


@dataclass(frozen=True)
class Waiting:
    """One line on the desk. `title` and `sub` hold labels and names of professionals, no content.

    `urgency`: now (cannot wait), today, week, later; `due` is the last day. `waits_on_me` is false for what I wait for
    from somebody else. `path` is where to go, `verb` the button's word.
    """

    title: str
    path: str
    urgency: Urgency
    sub: str = ""
    verb: str = ""
    due: date | None = None
    since: datetime | None = None
    family_id: uuid.UUID | None = None
    waits_on_me: bool = True
    chip: str = ""
    danger: bool = False
