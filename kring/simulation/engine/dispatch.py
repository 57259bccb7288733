"""Who is taken from a queue when there is room, and what happens to those who wait."""

from kring.simulation.engine.begin import begin, weight_in
from kring.simulation.engine.compiled import compiled, inlined
from kring.simulation.engine.people import find_room, plan, seize
from kring.simulation.engine.queues import first, join, leave, promote
from kring.simulation.engine.state import (
    BOARD,
    DUO,
    EMERGENCY,
    EMERGENCY_COURT,
    ESCALATE,
    FOLLOW_UP,
    LOCAL,
    NO_ORDER,
    NO_QUEUE,
    PETITION,
    Q_ESCALATED,
    RENEGE,
    ROUTE,
    SERVICE,
    WAITING,
)
from kring.simulation.engine.steps import ask, comes_first, is_voluntary, plan_end
from kring.simulation.engine.streams import exponential, lognormal

SLOT = 0  # who works with the family; 1 is the safety partner, 2 who investigates


@inlined
def _may_start(run, i, now):
    """Ordinary work starts on working days; an emergency at any hour."""
    return comes_first(run.trajectories[i]) or run.days[int(now)].is_open


@compiled
def dispatch(run, q, now):
    if q in (LOCAL, DUO):
        _dispatch_local(run, now)
        return
    while True:
        i = first(run, q)
        if i < 0 or not _may_start(run, i, now):
            return
        tr = run.trajectories[i]
        weight = weight_in(run, q, tr)
        number = find_room(run, q, weight, comes_first(tr))
        if number < 0:
            return
        leave(run, i, now, True)
        seize(run, i, 2 if q in (BOARD, PETITION) else SLOT, number, weight, now)
        begin(run, i, q, now)


@compiled
def _dispatch_local(run, now):
    """One family of local people serves two queues: alone, or as half of a duo that needs both halves at once.

    The one that comes first by priority and time is served first; a duo for which no partner has room lets others pass.
    """
    while True:
        alone = first(run, LOCAL)
        if alone >= 0 and not _may_start(run, alone, now):
            alone = -1
        together = first(run, DUO)
        partner = -1
        if together >= 0 and _may_start(run, together, now):
            tr = run.trajectories[together]
            partner = find_room(run, DUO, weight_in(run, DUO, tr), comes_first(tr))
        if partner < 0:
            together = -1
        if alone < 0 and together < 0:
            return
        if alone < 0 or (together >= 0 and _before(run, together, alone)):
            if not _start_duo(run, together, partner, now):
                return
        elif not _start_alone(run, alone, now):
            return


@inlined
def _before(run, i, j):
    a, b = run.trajectories[i], run.trajectories[j]
    return a.priority < b.priority or (a.priority == b.priority and a.since < b.since)


@compiled
def _start_alone(run, i, now):
    tr = run.trajectories[i]
    weight = weight_in(run, LOCAL, tr)
    number = find_room(run, LOCAL, weight, comes_first(tr))
    if number < 0:
        return False
    leave(run, i, now, True)
    seize(run, i, SLOT, number, weight, now)
    begin(run, i, LOCAL, now)
    return True


@compiled
def _start_duo(run, i, partner, now):
    tr = run.trajectories[i]
    weight = weight_in(run, LOCAL, tr)
    number = find_room(run, LOCAL, weight, comes_first(tr))
    if number < 0:
        return False
    leave(run, i, now, True)
    seize(run, i, SLOT, number, weight, now)
    seize(run, i, 1, partner, weight_in(run, DUO, tr), now)
    begin(run, i, DUO, now)
    return True


@inlined
def stir(run, q):
    """Something changed at this desk: look again when the event has been handled."""
    run.desk.stirred |= 1 << q


@compiled
def enqueue(run, i, q, now):
    """A family comes to a desk. One event brings one family at most."""
    join(run, i, q, now)
    stir(run, q)
    run.desk.newcomer = i


@compiled
def settle(run, now):
    """After each event: start what can be started where something changed; who came and still waits takes chances."""
    q = 0
    while run.desk.stirred > 0:
        if run.desk.stirred & 1:
            dispatch(run, q, now)
        run.desk.stirred >>= 1
        q += 1
    if run.desk.newcomer >= 0:
        _begin_to_wait(run, run.desk.newcomer, now)
        run.desk.newcomer = -1


@compiled
def _begin_to_wait(run, i, now):
    tr = run.trajectories[i]
    q = tr.queue
    if q == NO_QUEUE or tr.kind == FOLLOW_UP:
        return
    question = 2 * min(tr.wait_no, 31)
    hazard = run.desk.escalation[tr.severity]
    if hazard > 0.0 and tr.bare >= 0.0 and tr.priority != EMERGENCY:
        plan(run, now + exponential(ask(run, WAITING, tr, question), 1.0 / hazard), ESCALATE, i, tr.wait_no)
    if (q in (LOCAL, DUO)) and is_voluntary(tr) and run.desk.patience > 0.0:
        plan(run, now + exponential(ask(run, WAITING, tr, question + 1), run.desk.patience), RENEGE, i, tr.wait_no)


@compiled
def escalate(run, i, now):
    """It goes wrong while the family waits: first in every queue from now on, or a provisional order at once."""
    tr = run.trajectories[i]
    settings = run.desk
    turn = min(tr.escalated, 15)
    tr.escalated += 1
    if (
        tr.order == NO_ORDER
        and tr.emergency == 0
        and tr.children > 0
        and ask(run, ROUTE, tr, Q_ESCALATED + turn) < settings.p_emergency[tr.severity]
    ):
        leave(run, i, now, False)
        start_emergency(run, i, now)
    elif tr.priority != EMERGENCY:
        promote(run, i, EMERGENCY)
        stir(run, tr.queue)


@compiled
def start_emergency(run, i, now):
    """The judge is asked for a provisional supervision order by telephone."""
    tr = run.trajectories[i]
    tr.emergency = 1
    tr.destined = 1
    tr.priority = EMERGENCY
    if tr.triaged < 0.0:
        tr.triaged = now
    delay = lognormal(ask(run, SERVICE, tr, EMERGENCY_COURT * 6), run.desk.emergency_court_days, run.desk.court_spread)
    plan_end(run, i, EMERGENCY_COURT, now + delay)
