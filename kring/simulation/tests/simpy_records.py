"""What the SimPy model remembers of a post and of a trajectory."""

from dataclasses import dataclass, field

import simpy

from kring.simulation.engine import state as s


@dataclass
class Post:
    number: int
    pool: int
    room: int
    load: int = 0
    face: int = 0
    spell: int = 0
    vacant: bool = False
    ill: bool = False

    @property
    def is_present(self):
        return not (self.vacant or self.ill)


@dataclass(eq=False)
class Family:
    """One trajectory of a family."""

    family: int
    nth: int
    kind: int
    report: float
    way: int = 0
    severity: int = 0
    children: int = 0
    causes: int = 0
    acute: bool = False
    destined: bool = False
    emergency: bool = False
    priority: int = s.NORMAL
    stage: int = s.TRIAGE
    order: int = 0
    outcome: int = s.OPEN
    followups: int = 0
    handovers: int = 0
    faces: int = 0
    visits: int = 0
    escalated: int = 0
    wait_no: int = 0
    helped: float = -1.0
    intake: float = -1.0
    closed: float = -1.0
    triaged: float = -1.0
    unattended: float = 0.0
    bare: float = -1.0
    since: float = -1.0
    early: bool = False
    posts: dict = field(default_factory=dict)
    granted: simpy.Event | None = None
    queue: int = s.NO_QUEUE
