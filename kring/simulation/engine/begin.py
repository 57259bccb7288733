"""What starts when somebody takes a family out of a queue."""

from kring.simulation.engine.compiled import compiled
from kring.simulation.engine.people import plan
from kring.simulation.engine.state import (
    BOARD,
    DUO,
    EMERGENCY,
    FOLLOW_UP,
    FRONT,
    INQUIRING,
    INQUIRY,
    INSTITUTION,
    INTAKE,
    INVESTIGATION,
    LOCAL,
    MOVE,
    NETWORK,
    NO_ORDER,
    ORDER,
    PARTNER_LEAVES,
    PETITION,
    PETITION_DUE,
    SERVICE,
    TABLE,
    TRIAGE,
)
from kring.simulation.engine.steps import ask, plan_end, service, start_help, working
from kring.simulation.engine.streams import lognormal

UNIT = 100  # a family of ordinary weight
Q_PETITION_WAIT, Q_SUPERVISION = 45, 46  # SERVICE


@compiled
def weight_in(run, q, tr):
    """How much of a caseload a family takes in this pool."""
    settings = run.desk
    weight = 1.0
    if tr.kind == FOLLOW_UP:
        weight = settings.followup_work
    elif q == DUO:
        weight = settings.duo_weight
    elif q == LOCAL and tr.way == NETWORK and tr.severity > 0:
        weight = settings.duo_local_weight
    return round(UNIT * weight)


@compiled
def begin(run, i, q, now):
    if q in (INTAKE, FRONT):
        _begin_triage(run, i, now)
    elif q == INQUIRY:
        _begin_inquiry(run, i, now)
    elif q == LOCAL:
        _begin_local(run, i, now)
    elif q == DUO:
        _begin_duo(run, i, now)
    elif q in (BOARD, PETITION):
        _begin_investigation(run, i, q, now)
    elif q == INSTITUTION:
        _begin_at_institution(run, i, now)


@compiled
def _begin_triage(run, i, now):
    tr = run.trajectories[i]
    settings = run.desk
    days = service(run, tr, TRIAGE, settings.triage_days, settings.triage_spread)
    plan_end(run, i, TRIAGE, working(run, now, days))


@compiled
def _begin_inquiry(run, i, now):
    """Veilig Thuis investigates, or sets conditions and follows them."""
    tr = run.trajectories[i]
    settings = run.desk
    end = working(run, now, service(run, tr, INQUIRING, settings.inquiry_days, settings.inquiry_spread))
    tr.inquiry_days = end - now
    plan_end(run, i, INQUIRING, end)


@compiled
def _begin_local(run, i, now):
    """The local team: towards the protection table where that is where it goes, or help."""
    tr = run.trajectories[i]
    if tr.destined == 1:
        settings = run.desk
        days = service(run, tr, TABLE, settings.table_days, settings.table_spread)
        plan_end(run, i, TABLE, working(run, now, days))
    else:
        start_help(run, i, now)


@compiled
def _begin_duo(run, i, now):
    """Fixed face and safety partner begin together. Help starts here, also where a judge will be asked later."""
    tr = run.trajectories[i]
    settings = run.desk
    if tr.emergency == 1:
        tr.helped = now
        tr.intake = now
        plan(run, now + settings.join_days, PETITION_DUE, i, 0)
    elif tr.destined == 1:
        tr.helped = now
        wait = lognormal(ask(run, SERVICE, tr, Q_PETITION_WAIT), settings.petition_wait, settings.petition_wait_spread)
        plan(run, now + wait, PETITION_DUE, i, 0)
    else:
        days = service(run, tr, INQUIRING, settings.partner_days, settings.partner_spread)
        plan(run, working(run, now, days), PARTNER_LEAVES, i, 0)
        start_help(run, i, now)


@compiled
def _begin_investigation(run, i, q, now):
    """The Board investigates; in the network the petitioner, from outside the team, checks and writes the petition."""
    tr = run.trajectories[i]
    settings = run.desk
    if q == BOARD:
        days = service(run, tr, INVESTIGATION, settings.board_days, settings.board_spread)
    else:
        days = service(run, tr, INVESTIGATION, settings.petition_days, settings.petition_spread)
    plan_end(run, i, INVESTIGATION, working(run, now, days))


@compiled
def _begin_at_institution(run, i, now):
    """Intake at the certified institution; for a family under an order this is where help starts."""
    tr = run.trajectories[i]
    tr.intake = now
    if tr.helped < 0.0:
        tr.helped = now
    if tr.order != NO_ORDER:
        plan_end(run, i, ORDER, now + supervision_days(run, tr))
    else:
        tr.priority = EMERGENCY  # a provisional order lasts three months at most: the Board begins at once
        plan(run, now + run.desk.handover_days, MOVE, i, BOARD)


@compiled
def supervision_days(run, tr):
    settings = run.desk
    return lognormal(ask(run, SERVICE, tr, Q_SUPERVISION), settings.supervision_days, settings.supervision_spread)
