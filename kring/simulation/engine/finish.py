"""What follows when a stage ends: on to the next desk in the relay, on with the same people in the network."""

from kring.simulation.engine.begin import UNIT, supervision_days
from kring.simulation.engine.compiled import compiled
from kring.simulation.engine.dispatch import enqueue, start_emergency, stir
from kring.simulation.engine.people import release, reweigh
from kring.simulation.engine.state import (
    BOARD,
    COURT,
    DUO,
    EMERGENCY,
    EMERGENCY_COURT,
    ENDED_EARLY,
    FOLLOW_UP,
    GRAVEST,
    HELP,
    HELPED,
    INQUIRING,
    INQUIRY,
    INSTITUTION,
    INVESTIGATION,
    LIGHT,
    LOCAL,
    NETWORK,
    ORDER,
    ORDERED,
    OTHER_MEASURE,
    OTHER_ORDER,
    Q_BARRED,
    Q_EMERGENCY,
    Q_GRANT,
    Q_INQUIRY,
    Q_KIND,
    Q_NO_HELP,
    Q_REQUEST,
    ROUTE,
    SERVICE,
    SUPERVISION,
    TABLE,
    TRIAGE,
    URGENT,
    WITHOUT_HELP,
)
from kring.simulation.engine.steps import ask, close, hand_over, is_destined, plan_end, resume_help
from kring.simulation.engine.streams import lognormal


@compiled
def finish(run, i, now):
    stage = run.trajectories[i].stage
    if stage == TRIAGE:
        _after_triage(run, i, now)
    elif stage == INQUIRING:
        _let_go(run, i, 0, now)
        hand_over(run, i, LOCAL, run.desk.handover_days, now)
    elif stage == TABLE:
        _let_go(run, i, 0, now)
        hand_over(run, i, BOARD, run.desk.handover_days, now)
    elif stage == HELP:
        _let_all_go(run, i, now)
        close(run, i, ENDED_EARLY if run.trajectories[i].early == 1 else HELPED, now)
    elif stage == INVESTIGATION:
        _after_investigation(run, i, now)
    elif stage == COURT:
        _after_court(run, i, now)
    elif stage == ORDER:
        _let_all_go(run, i, now)
        close(run, i, ORDERED, now)
    elif stage == EMERGENCY_COURT:
        _after_emergency_court(run, i, now)


@compiled
def _let_go(run, i, slot, now):
    stir(run, release(run, i, slot, now))


@compiled
def _let_all_go(run, i, now):
    for slot in range(3):
        if run.trajectories[i].worker[slot] >= 0:
            _let_go(run, i, slot, now)


@compiled
def partner_leaves(run, i, now):
    """The safety partner leaves when safety is stable; the fixed face stays."""
    tr = run.trajectories[i]
    if tr.stage == HELP and tr.worker[1] >= 0:
        _let_go(run, i, 1, now)


@compiled
def _after_triage(run, i, now):
    tr = run.trajectories[i]
    settings = run.desk
    _let_go(run, i, 0, now)
    tr.triaged = now
    if tr.kind == FOLLOW_UP:
        tr.outcome = HELPED
        tr.closed = now
        tr.bare = -1.0
        return
    tr.priority = URGENT if tr.acute == 1 or tr.severity == GRAVEST else tr.priority
    tr.destined = 1 if is_destined(run, tr) else 0
    if tr.acute == 1 and ask(run, ROUTE, tr, Q_BARRED) < settings.barred_share:
        tr.barred = 1
    if tr.acute == 1 and tr.children > 0 and ask(run, ROUTE, tr, Q_EMERGENCY) < settings.p_emergency[tr.severity]:
        start_emergency(run, i, now)
    elif tr.destined == 0 and ask(run, ROUTE, tr, Q_NO_HELP) < settings.p_no_help[tr.severity]:
        close(run, i, WITHOUT_HELP, now)
    elif tr.way == NETWORK:
        hand_over(run, i, LOCAL if tr.severity == LIGHT and tr.destined == 0 else DUO, settings.join_days, now)
    elif tr.destined == 1 or ask(run, ROUTE, tr, Q_INQUIRY) < settings.p_inquiry[tr.severity]:
        hand_over(run, i, INQUIRY, settings.handover_days, now)
    else:
        hand_over(run, i, LOCAL, settings.handover_days, now)


@compiled
def _after_investigation(run, i, now):
    tr = run.trajectories[i]
    settings = run.desk
    tr.investigated = 1
    _let_go(run, i, 2, now)
    if ask(run, ROUTE, tr, Q_REQUEST) < settings.request_share:
        tr.requested = now
        delay = lognormal(ask(run, SERVICE, tr, COURT * 6), settings.court_days, settings.court_spread)
        plan_end(run, i, COURT, now + delay)
    else:
        _back_to_help(run, i, now)


@compiled
def _after_court(run, i, now):
    tr = run.trajectories[i]
    settings = run.desk
    tr.decided = now
    if ask(run, ROUTE, tr, Q_GRANT) >= settings.grant_share:
        _back_to_help(run, i, now)
    elif tr.emergency == 0 and ask(run, ROUTE, tr, Q_KIND) >= settings.supervision_share:
        # Guardianship and other measures run for years outside these pools.
        tr.order = OTHER_MEASURE
        _let_all_go(run, i, now)
        close(run, i, OTHER_ORDER, now)
    else:
        tr.order = SUPERVISION
        if tr.way == NETWORK:
            _stay_on(run, i, now)
        elif tr.worker[0] >= 0:
            plan_end(run, i, ORDER, now + supervision_days(run, tr))
        else:
            hand_over(run, i, INSTITUTION, settings.handover_days, now)


@compiled
def _stay_on(run, i, now):
    """The order is carried out by the duo that is there; no intake anywhere."""
    tr = run.trajectories[i]
    settings = run.desk
    if tr.intake < 0.0:
        tr.intake = now
    reweigh(run, i, 0, round(UNIT * settings.order_local_weight), now)
    reweigh(run, i, 1, round(UNIT * settings.order_partner_weight), now)
    stir(run, LOCAL)
    stir(run, DUO)
    plan_end(run, i, ORDER, now + supervision_days(run, tr))


@compiled
def _back_to_help(run, i, now):
    """No order: in the relay the local team starts again, in the network the fixed face goes on."""
    tr = run.trajectories[i]
    tr.destined = 0
    if tr.way == NETWORK:
        if tr.worker[1] >= 0:
            _let_go(run, i, 1, now)
        resume_help(run, i, now)
    else:
        _let_all_go(run, i, now)
        hand_over(run, i, LOCAL, run.desk.handover_days, now)


@compiled
def _after_emergency_court(run, i, now):
    tr = run.trajectories[i]
    tr.priority = EMERGENCY
    enqueue(run, i, DUO if tr.way == NETWORK else INSTITUTION, now)
