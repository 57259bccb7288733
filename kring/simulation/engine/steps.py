"""The steps of care that both ways of working share: asking chance, closing, handing over, helping."""

from kring.simulation.engine.compiled import compiled, inlined
from kring.simulation.engine.people import plan
from kring.simulation.engine.queues import leave
from kring.simulation.engine.state import (
    CLOSED_WITHOUT_HELP_UNTIL,
    EMERGENCY,
    END,
    FAMILY,
    HELP,
    LOST_AT_HANDOVER,
    MOVE,
    NETWORK,
    NO_ORDER,
    NO_QUEUE,
    Q_ACUTE,
    Q_AVOIDED,
    Q_BOARD,
    Q_EARLY,
    Q_EARLY_WHEN,
    Q_LOST,
    Q_MOVED,
    Q_RETURNS,
    Q_RETURNS_WHEN,
    REPORTS,
    RETURN,
    ROUTE,
    SERVICE,
)
from kring.simulation.engine.streams import draw, lognormal, weibull
from kring.simulation.engine.working_time import after, worked


@inlined
def ask(run, purpose, tr, question):
    """Chance's answer about this trajectory; the same in every way of working."""
    return draw(run.desk.keys[purpose], tr.family, tr.nth, question)


@inlined
def service(run, tr, stage, mean, spread):
    return lognormal(ask(run, SERVICE, tr, stage * 6 + min(tr.visits, 5)), mean, spread)


@inlined
def working(run, now, days):
    return after(run.days, now, days)


@inlined
def plan_end(run, i, stage, time):
    run.trajectories[i].stage = stage
    plan(run, time, END, i, 0)


@compiled
def is_destined(run, tr):
    """Whether voluntary help will not be enough here: chance decides before anybody works, alike in both ways.

    `orders_avoided` is the share that the network would still keep out of it: an assumption, nought unless set.
    """
    if tr.children == 0 or ask(run, FAMILY, tr, Q_BOARD) >= run.desk.p_board[tr.severity]:
        return False
    return tr.way != NETWORK or ask(run, FAMILY, tr, Q_AVOIDED) >= run.desk.orders_avoided


@compiled
def is_voluntary(tr):
    return tr.destined == 0 and tr.order == NO_ORDER and tr.emergency == 0


@compiled
def close(run, i, outcome, now):
    """The trajectory ends; perhaps the family is reported again, by the fitted curve."""
    tr = run.trajectories[i]
    settings = run.desk
    if tr.queue != NO_QUEUE:
        leave(run, i, now, False)
    if tr.bare >= 0.0:
        tr.unattended += now - tr.bare
        tr.bare = -1.0
    tr.outcome = outcome
    tr.closed = now
    chance = settings.return_share
    if outcome <= CLOSED_WITHOUT_HELP_UNTIL:
        chance = min(0.95, chance * settings.return_unhelped)
    if ask(run, REPORTS, tr, Q_RETURNS) < chance:
        delay = weibull(ask(run, REPORTS, tr, Q_RETURNS_WHEN), settings.return_scale, settings.return_shape)
        plan(run, now + delay, RETURN, i, 0)


@compiled
def hand_over(run, i, q, mean_days, now):
    """On to the next desk: days in between on which nobody works with the family, and some families are lost."""
    tr = run.trajectories[i]
    settings = run.desk
    turn = min(tr.handovers, 12)
    tr.handovers += 1
    if is_voluntary(tr) and ask(run, ROUTE, tr, Q_LOST + turn) < settings.lost_at_handover:
        close(run, i, LOST_AT_HANDOVER, now)
        return
    delay = lognormal(ask(run, SERVICE, tr, Q_MOVED + turn), mean_days, settings.handover_spread)
    plan(run, now + delay, MOVE, i, q)


@compiled
def help_days(run, tr):
    """Working days of help: longer with more latent causes."""
    settings = run.desk
    mean = settings.help_days * max(0.25, 1.0 + settings.help_per_cause * (tr.causes - settings.causes_centre))
    return service(run, tr, HELP, mean, settings.help_spread)


@compiled
def start_help(run, i, now):
    """Voluntary help begins. Some of it ends before it is done, more often when a family met more faces before."""
    tr = run.trajectories[i]
    settings = run.desk
    days = help_days(run, tr)
    stays = (1.0 - settings.ended_early) * (1.0 - settings.early_per_face) ** tr.handovers
    tr.early = 0
    if ask(run, ROUTE, tr, Q_EARLY) >= stays:
        tr.early = 1
        days *= ask(run, ROUTE, tr, Q_EARLY_WHEN)
    if tr.helped < 0.0:
        tr.helped = now
    tr.visits += 1
    plan_end(run, i, HELP, working(run, now, days))


@compiled
def resume_help(run, i, now):
    """The judge is not asked, or says no: help goes on with the same person for what was left of it."""
    tr = run.trajectories[i]
    tr.destined = 0
    days = help_days(run, tr)
    done = worked(run.days, now) - worked(run.days, tr.helped)
    tr.visits += 1
    plan_end(run, i, HELP, working(run, now, max(0.25 * days, days - done)))


@compiled
def is_acute(run, tr):
    return ask(run, ROUTE, tr, Q_ACUTE) < run.desk.p_acute[tr.severity]


@inlined
def comes_first(tr):
    return tr.priority == EMERGENCY
