"""Who the families are: the same every time they are reported, in whatever way of working."""

from kring.simulation.engine.begin import UNIT, supervision_days
from kring.simulation.engine.compiled import compiled
from kring.simulation.engine.people import add_load, plan
from kring.simulation.engine.state import (
    DUO,
    END,
    FAMILY,
    INSTITUTION,
    LOCAL,
    NETWORK,
    NO_QUEUE,
    ORDER,
    Q_CAUSES,
    Q_CHILDREN,
    Q_COUNT,
    Q_PARENTS,
    Q_PLACED,
    Q_SEVERITY,
    Q_WAY,
    RELAY,
    ROUTE,
    STOCK,
    SUPERVISION,
)
from kring.simulation.engine.steps import ask
from kring.simulation.engine.streams import draw

CAUSES = 5  # debts, addiction, mental health, housing, separation


@compiled
def new_trajectory(run, family, nth, kind, now):
    i = run.desk.n_trajectories
    if i >= len(run.trajectories):
        run.desk.n_full = 1
        return -1
    run.desk.n_trajectories = i + 1
    tr = run.trajectories[i]
    tr.family = family
    tr.nth = nth
    tr.kind = kind
    tr.queue = NO_QUEUE
    tr.report = now
    tr.bare = now
    tr.since = tr.triaged = tr.helped = tr.requested = tr.decided = tr.intake = tr.closed = tr.returned = -1.0
    tr.inquiry_days = -1.0
    for slot in range(3):
        tr.worker[slot] = -1
    _describe(run, tr)
    return i


@compiled
def _describe(run, tr):
    """Who this family is: the same every time it is reported."""
    settings = run.desk
    key = run.desk.keys[FAMILY]
    severity = draw(key, tr.family, 0, Q_SEVERITY)
    tr.severity = 0 if severity < settings.severity_share[0] else 1
    if severity >= settings.severity_share[0] + settings.severity_share[1]:
        tr.severity = 2
    if draw(key, tr.family, 0, Q_CHILDREN) < settings.p_children:
        count = draw(key, tr.family, 0, Q_COUNT)
        one, two = settings.p_one_child, settings.p_one_child + settings.p_two_children
        tr.children = 1 if count < one else (2 if count < two else 3)
        tr.parents = 1 if draw(key, tr.family, 0, Q_PARENTS) < settings.p_one_parent else 2
        tr.placed = 1 if draw(key, tr.family, 0, Q_PLACED) < settings.placed_share else 0
    chance = settings.causes[tr.severity] / CAUSES
    for cause in range(CAUSES):
        if draw(key, tr.family, 0, Q_CAUSES + 8 + cause) < chance:
            tr.causes += 1


@compiled
def place_stock(run, count):
    """Orders that ran before the first day, with people who carry them out. Half-way on average: inspection paradox."""
    settings = run.desk
    for k in range(count):
        i = new_trajectory(run, run.desk.n_families + k, 0, STOCK, 0.0)
        if i < 0:
            return
        tr = run.trajectories[i]
        tr.children = max(tr.children, 1)
        tr.way = NETWORK if ask(run, ROUTE, tr, Q_WAY) < run.days[0].network_share else RELAY
        tr.order = SUPERVISION
        tr.bare = -1.0
        if tr.way == RELAY:
            _hold(run, i, 0, INSTITUTION, k, UNIT)
        else:
            _hold(run, i, 0, LOCAL, k, round(UNIT * settings.order_local_weight))
            _hold(run, i, 1, DUO, k, round(UNIT * settings.order_partner_weight))
        # The length-biased lognormal has its mean raised by the factor 1 + spread squared.
        biased = supervision_days(run, tr) * (1.0 + settings.supervision_spread**2)
        tr.stage = ORDER
        plan(run, biased * ask(run, ROUTE, tr, 60), END, i, 0)


@compiled
def _hold(run, i, slot, pool, turn, weight):
    """The turn-th family goes to the turn-th worker, round and round."""
    p = run.pools[pool]
    if p.end == p.first:
        return
    number = p.first + turn % (p.end - p.first)
    tr = run.trajectories[i]
    tr.worker[slot] = number
    tr.face[slot] = run.workers[number].face
    tr.weight[slot] = weight
    tr.taken[slot] = 0.0
    add_load(run, number, weight, 0.0)
