"""One replication: reports come in, the calendar is walked to the end of the run."""

import numpy as np

from kring.simulation.engine import agenda
from kring.simulation.engine.compiled import compiled
from kring.simulation.engine.dispatch import enqueue, escalate, settle, stir
from kring.simulation.engine.families import new_trajectory, place_stock
from kring.simulation.engine.finish import finish, partner_leaves
from kring.simulation.engine.people import (
    change_roster,
    change_worker,
    plan,
    plan_illness,
    plan_leaving,
    touch,
)
from kring.simulation.engine.state import (
    END,
    ESCALATE,
    FOLLOW_UP,
    FRONT,
    INTAKE,
    LEFT_QUEUE,
    MOVE,
    NETWORK,
    NO_QUEUE,
    NORMAL,
    OPEN,
    OPENING,
    PARTNER_LEAVES,
    PETITION,
    PETITION_DUE,
    Q_SOURCE,
    Q_WAY,
    RELAY,
    RENEGE,
    REPORT_AGAIN,
    REPORTS,
    RETURN,
    ROSTER,
    ROUTE,
    TRAJECTORY,
    URGENT,
    WORKER_BACK,
    WORKER_LEAVES,
)
from kring.simulation.engine.steps import ask, close, is_acute
from kring.simulation.engine.streams import draw, exponential


@compiled
def _report(run, family, nth, known, source, now):
    """A report that begins a trajectory."""
    i = new_trajectory(run, family, nth, TRAJECTORY, now)
    if i < 0:
        return
    tr = run.trajectories[i]
    tr.known = known
    tr.source = source
    tr.way = NETWORK if ask(run, ROUTE, tr, Q_WAY) < run.days[int(now)].network_share else RELAY
    tr.acute = 1 if is_acute(run, tr) else 0
    tr.priority = URGENT if tr.acute == 1 else NORMAL
    _excite(run, i, now)
    enqueue(run, i, INTAKE if tr.way == RELAY else FRONT, now)


@compiled
def _excite(run, i, now):
    """Reports come in bursts: each may bring another within weeks."""
    tr = run.trajectories[i]
    settings = run.desk
    turn = 2 * min(tr.followups, 29)
    if ask(run, REPORTS, tr, turn) < settings.followup_share:
        delay = exponential(ask(run, REPORTS, tr, turn + 1), settings.followup_delay)
        plan(run, now + delay, REPORT_AGAIN, i, 0)


@compiled
def _report_again(run, i, now):
    """A follow-up report inside a running trajectory: work for the desk, never counted as a re-report."""
    tr = run.trajectories[i]
    if tr.outcome != OPEN:
        return
    tr.followups += 1
    _excite(run, i, now)
    j = new_trajectory(run, tr.family, tr.nth, FOLLOW_UP, now)
    if j < 0:
        return
    extra = run.trajectories[j]
    extra.way = tr.way
    extra.visits = tr.followups
    extra.acute = tr.acute
    extra.priority = URGENT if tr.acute == 1 else NORMAL
    enqueue(run, j, INTAKE if tr.way == RELAY else FRONT, now)


@compiled
def _return(run, i, now):
    """A re-report: the family is reported again after its trajectory was closed."""
    tr = run.trajectories[i]
    tr.returned = now
    source = 0
    u = draw(run.desk.keys[REPORTS], tr.family, tr.nth + 1, Q_SOURCE)
    while source < len(run.desk.source_mix) - 1 and u >= run.desk.source_mix[source]:
        source += 1
    _report(run, tr.family, tr.nth + 1, 1, source, now)


@compiled
def _next_opening(run, day):
    """The first open day after a closed one, later than `day`."""
    day += 1
    while day < len(run.days) and not (run.days[day].is_open and not run.days[day - 1].is_open):
        day += 1
    return float(day)


@compiled
def _handle(run, kind, token, i, now):  # noqa: C901 - one branch for each kind of event
    if kind == END:
        finish(run, i, now)
    elif kind == MOVE:
        enqueue(run, i, token, now)
    elif kind == ESCALATE:
        tr = run.trajectories[i]
        if tr.queue != NO_QUEUE and tr.wait_no == token:
            escalate(run, i, now)
    elif kind == RENEGE:
        tr = run.trajectories[i]
        if tr.queue != NO_QUEUE and tr.wait_no == token:
            close(run, i, LEFT_QUEUE, now)
    elif kind == REPORT_AGAIN:
        _report_again(run, i, now)
    elif kind == RETURN:
        _return(run, i, now)
    elif kind == PARTNER_LEAVES:
        partner_leaves(run, i, now)
    elif kind == PETITION_DUE:
        enqueue(run, i, PETITION, now)
    elif WORKER_LEAVES <= kind <= WORKER_BACK:
        change_worker(run, kind, i, now)
        stir(run, run.workers[i].pool)
    elif kind == ROSTER:
        change_roster(run, i, token, now)
        stir(run, run.workers[i].pool)
    elif kind == OPENING:
        run.desk.stirred = (1 << len(run.pools)) - 1
        plan(run, _next_opening(run, int(now)), OPENING, 0, 0)


@compiled
def _snapshot(run, which, now):
    for q in range(len(run.pools)):
        pool = run.pools[q]
        touch(pool, now)
        run.desk.snapshots[which, q, 0] = pool.load_area
        run.desk.snapshots[which, q, 1] = pool.room_area
        run.desk.snapshots[which, q, 2] = pool.present_area


@compiled
def _prepare(run, stock, roster_times, roster_workers, roster_active):
    for number in range(len(run.workers)):
        worker = run.workers[number]
        if worker.active == 1:
            pool = run.pools[worker.pool]
            pool.present += 1
            pool.room += worker.room
        plan_leaving(run, number, 0.0)
        plan_illness(run, number, 0.0)
    for k in range(len(roster_times)):
        plan(run, roster_times[k], ROSTER, roster_workers[k], roster_active[k])
    place_stock(run, stock)
    plan(run, _next_opening(run, 0), OPENING, 0, 0)


@compiled
def walk(run, arrivals, known, sources, stock, roster_times, roster_workers, roster_active):
    """Walk the calendar to the end of the run. Nothing is returned: the run holds what happened."""
    _prepare(run, stock, roster_times, roster_workers, roster_active)
    coming = 0
    measured = 0
    while run.desk.n_full == 0:
        reported = coming < len(arrivals) and (run.desk.n_agenda == 0 or arrivals[coming] <= run.times[0])
        now = np.inf
        if reported:
            now = arrivals[coming]
        elif run.desk.n_agenda > 0:
            now = run.times[0]
        while measured < 2 and now >= run.desk.window[measured]:
            _snapshot(run, measured, run.desk.window[measured])
            measured += 1
        if now > run.desk.window[2]:
            break
        run.desk.n_events += 1
        if reported:
            _report(run, coming, 0, known[coming], sources[coming], now)
            coming += 1
        else:
            note = run.notes[0]
            run.desk.n_agenda = agenda.drop_first(run.times, run.notes, run.desk.n_agenda)
            _handle(run, note >> 56, (note >> 40) & 0xFFFF, note & 0xFFFFFFFFFF, now)
        settle(run, now)
    _close_books(run)


@compiled
def _close_books(run):
    """Count the stays of those who still wait or are still helped, so that Little's law can be checked to the end."""
    end = run.desk.window[2]
    for q in range(len(run.pools)):
        pool = run.pools[q]
        touch(pool, end)
        pool.queue_area += pool.waiting * (end - pool.queue_changed)
        pool.queue_changed = end
    for i in range(run.desk.n_trajectories):
        tr = run.trajectories[i]
        if tr.queue != NO_QUEUE:
            run.pools[tr.queue].queue_stays += end - tr.since
        for slot in range(3):
            if tr.worker[slot] >= 0:
                pool = run.pools[run.workers[tr.worker[slot]].pool]
                pool.load_stays += tr.weight[slot] * (end - tr.taken[slot])
