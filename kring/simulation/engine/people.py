"""People with a caseload: who has room, who takes a family, who leaves, falls ill, comes back.

A family's faces are counted without lists: a post knows how many people have held it, a family remembers how many
there had been when it came.
"""

from kring.simulation.engine import agenda
from kring.simulation.engine.compiled import compiled, inlined
from kring.simulation.engine.state import (
    DUO,
    LOCAL,
    WORKER_BACK,
    WORKER_FOUND,
    WORKER_ILL,
    WORKER_LEAVES,
    WORKERS,
)
from kring.simulation.engine.streams import draw, exponential


@compiled
def plan(run, time, kind, number, token):
    """Put an event on the calendar; what lies past the end of the run never happens."""
    size = run.desk.n_agenda
    if time <= run.desk.window[2]:
        if size + 6 >= len(run.times):
            run.desk.n_full = 1
            return
        note = (kind << 56) | (token << 40) | number
        run.desk.n_agenda = agenda.rise(run.times, run.notes, size, time, note)


@compiled
def touch(pool, now):
    """Bring the integrals of a pool up to now."""
    passed = now - pool.load_changed
    pool.load_area += pool.all_load * passed
    pool.room_area += pool.room * passed
    pool.present_area += pool.present * passed
    pool.load_changed = now


@inlined
def is_present(worker):
    return worker.active == 1 and worker.vacant == 0 and worker.ill == 0


@compiled
def add_load(run, number, weight, now):
    worker = run.workers[number]
    pool = run.pools[worker.pool]
    touch(pool, now)
    worker.load += weight
    pool.all_load += weight
    if is_present(worker):
        pool.load += weight


@inlined
def stretched(run, number):
    """How far people go beyond the sound caseload when families wait: the valve without which every queue explodes."""
    settings = run.desk
    pool = run.pools[number]
    waiting = pool.waiting + (run.pools[DUO].waiting if number == LOCAL else 0)
    return 1.0 + settings.stretch * min(1.0, waiting / (settings.stretch_queue * max(1, pool.present)))


@compiled
def find_room(run, number, weight, must):
    """The present worker with most room for a family of this weight, or -1. In an emergency there always is room."""
    pool = run.pools[number]
    factor = stretched(run, number)
    if not must and pool.present > 4 and pool.room * factor - pool.load < weight:
        return -1
    best = -1
    most = -1e300
    for i in range(pool.first, pool.end):
        worker = run.workers[i]
        if is_present(worker):
            room = worker.room * factor - worker.load
            if room > most:
                best = i
                most = room
    if best < 0 or must or most >= weight or run.workers[best].load == 0:
        return best
    return -1


@compiled
def seize(run, i, slot, number, weight, now):
    """A worker takes a family."""
    tr = run.trajectories[i]
    tr.worker[slot] = number
    tr.face[slot] = run.workers[number].face
    tr.weight[slot] = weight
    tr.taken[slot] = now
    tr.faces += 1
    add_load(run, number, weight, now)
    if tr.bare >= 0.0:
        tr.unattended += now - tr.bare
        tr.bare = -1.0


@compiled
def release(run, i, slot, now):
    """A worker lets a family go; returns the pool in which there is room now."""
    tr = run.trajectories[i]
    number = tr.worker[slot]
    worker = run.workers[number]
    tr.faces += worker.face - tr.face[slot]
    add_load(run, number, -tr.weight[slot], now)
    run.pools[worker.pool].load_stays += tr.weight[slot] * (now - tr.taken[slot])
    tr.worker[slot] = -1
    if tr.worker[0] < 0 and tr.worker[1] < 0 and tr.worker[2] < 0:
        tr.bare = now
    return worker.pool


@compiled
def reweigh(run, i, slot, weight, now):
    """The same worker keeps the family, with more or less work."""
    tr = run.trajectories[i]
    number = tr.worker[slot]
    run.pools[run.workers[number].pool].load_stays += tr.weight[slot] * (now - tr.taken[slot])
    add_load(run, number, weight - tr.weight[slot], now)
    tr.weight[slot] = weight
    tr.taken[slot] = now


@compiled
def _chance(run, number):
    worker = run.workers[number]
    worker.spell += 1
    return draw(run.desk.keys[WORKERS], number * 4096 + worker.spell, 0, 0)


@compiled
def plan_leaving(run, number, now):
    if run.desk.turnover > 0.0:
        plan(run, now + exponential(_chance(run, number), 365.25 / run.desk.turnover), WORKER_LEAVES, number, 0)


@compiled
def plan_illness(run, number, now):
    settings = run.desk
    if settings.illness > 0.0:
        well = settings.illness_days * (1.0 - settings.illness) / settings.illness
        plan(run, now + exponential(_chance(run, number), well), WORKER_ILL, number, 0)


@compiled
def _count(run, number, sign, now):
    """Count a worker in (1) or out (-1) of those present."""
    worker = run.workers[number]
    pool = run.pools[worker.pool]
    touch(pool, now)
    pool.present += sign
    pool.room += sign * worker.room
    pool.load += sign * worker.load


@compiled
def change_worker(run, kind, number, now):
    """Somebody leaves, is found, falls ill, is back. Families stay with the post; a successor is a new face."""
    worker = run.workers[number]
    before = is_present(worker)
    if kind == WORKER_LEAVES:
        worker.vacant = 1
        plan(run, now + exponential(_chance(run, number), run.desk.vacancy_days), WORKER_FOUND, number, 0)
    elif kind == WORKER_FOUND:
        worker.vacant = 0
        worker.face += 1
        plan_leaving(run, number, now)
    elif kind == WORKER_ILL:
        worker.ill = 1
        plan(run, now + exponential(_chance(run, number), run.desk.illness_days), WORKER_BACK, number, 0)
    elif kind == WORKER_BACK:
        worker.ill = 0
        plan_illness(run, number, now)
    _recount(run, number, before, now)


@compiled
def change_roster(run, number, active, now):
    """A post opens or closes on the transition path. Who leaves a closing post first finishes with the families."""
    worker = run.workers[number]
    before = is_present(worker)
    worker.active = active
    _recount(run, number, before, now)


@compiled
def _recount(run, number, before, now):
    after = is_present(run.workers[number])
    if before and not after:
        _count(run, number, -1, now)
    elif after and not before:
        _count(run, number, 1, now)
