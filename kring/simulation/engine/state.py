"""The words of the model of care: stages, queues, events, questions put to chance; and the records that hold a run."""

from typing import NamedTuple

import numpy as np

# Ways of working.
RELAY, NETWORK = 0, 1
# Severity. Gravest is the 5 to 10 percent that the programme's note (S001) sets apart.
LIGHT, STRUCTURAL, GRAVEST = 0, 1, 2
SEVERITIES = ("light", "structural", "gravest")
# Priority in every queue.
EMERGENCY, URGENT, NORMAL = 0, 1, 2

# Pools of people, and the queue before each. In the network the queue of DUO needs LOCAL and DUO at the same time.
INTAKE, INQUIRY, LOCAL, BOARD, INSTITUTION, FRONT, DUO, PETITION = range(8)
POOLS = ("intake", "inquiry", "local", "board", "institution", "front", "duo", "petition")
RELAY_POOLS = (INTAKE, INQUIRY, LOCAL, BOARD, INSTITUTION)
NETWORK_POOLS = (FRONT, LOCAL, DUO, PETITION)
NO_QUEUE = -1

# Stages: what the next END means.
TRIAGE, INQUIRING, TABLE, HELP, INVESTIGATION, COURT, ORDER, EMERGENCY_COURT = range(8)

# What a trajectory is. A follow-up is only work for the desk; stock are orders that ran before the first day.
TRAJECTORY, FOLLOW_UP, STOCK = 0, 1, 2

# How a trajectory ended.
OPEN, WITHOUT_HELP, LEFT_QUEUE, LOST_AT_HANDOVER, ENDED_EARLY, HELPED, ORDERED, OTHER_ORDER = range(8)

CLOSED_WITHOUT_HELP_UNTIL = ENDED_EARLY

# Orders.
NO_ORDER, SUPERVISION, OTHER_MEASURE = 0, 1, 2

# Kinds of event; an event's note is kind << 56 | token << 40 | number.
END, MOVE, ESCALATE, RENEGE, REPORT_AGAIN, RETURN, PARTNER_LEAVES, PETITION_DUE = range(8)
WORKER_LEAVES, WORKER_FOUND, WORKER_ILL, WORKER_BACK, ROSTER, OPENING = range(8, 14)

# Purposes of random streams, each with its own questions.
FAMILY, ROUTE, SERVICE, WAITING, REPORTS, WORKERS, ARRIVALS = range(7)
PURPOSES = 7
Q_SEVERITY, Q_CHILDREN, Q_COUNT, Q_PARENTS, Q_CAUSES, Q_BOARD, Q_AVOIDED, Q_PLACED = range(8)  # FAMILY
Q_WAY, Q_ACUTE, Q_NO_HELP, Q_INQUIRY, Q_REQUEST, Q_GRANT, Q_KIND, Q_EARLY, Q_EARLY_WHEN, Q_EMERGENCY, Q_BARRED = range(
    11
)  # ROUTE
Q_LOST, Q_ESCALATED = 16, 32  # ROUTE, and the fifteen that follow: one for each handover, each escalation
Q_MOVED = 48  # SERVICE, likewise: how long each handover takes; below it each stage has six
Q_RETURNS, Q_RETURNS_WHEN, Q_SOURCE = 61, 62, 63  # REPORTS; below them two for each follow-up

TRAJECTORY_RECORD = np.dtype(
    [
        ("family", np.int32), ("nth", np.int32), ("next", np.int32), ("previous", np.int32), ("wait_no", np.int32),
        ("worker", np.int32, 3), ("face", np.int32, 3), ("weight", np.int32, 3),
        ("followups", np.int16), ("handovers", np.int16), ("faces", np.int16), ("escalated", np.int16),
        ("visits", np.int16),
        ("kind", np.int8), ("way", np.int8), ("severity", np.int8), ("priority", np.int8), ("stage", np.int8),
        ("queue", np.int8), ("children", np.int8), ("parents", np.int8), ("causes", np.int8), ("acute", np.int8),
        ("emergency", np.int8), ("order", np.int8), ("outcome", np.int8), ("barred", np.int8), ("placed", np.int8),
        ("source", np.int8), ("investigated", np.int8), ("known", np.int8), ("early", np.int8), ("destined", np.int8),
        ("report", np.float64), ("since", np.float64), ("triaged", np.float64), ("helped", np.float64),
        ("requested", np.float64), ("decided", np.float64), ("intake", np.float64), ("closed", np.float64),
        ("returned", np.float64), ("bare", np.float64), ("unattended", np.float64), ("taken", np.float64, 3),
        ("inquiry_days", np.float64),
    ]
)  # fmt: skip

WORKER_RECORD = np.dtype(
    [
        ("pool", np.int32), ("load", np.int32), ("room", np.int32), ("face", np.int32), ("spell", np.int32),
        ("active", np.int8), ("vacant", np.int8), ("ill", np.int8),
    ]
)  # fmt: skip

POOL_RECORD = np.dtype(
    [
        ("first", np.int32), ("end", np.int32), ("waiting", np.int32), ("present", np.int32), ("entered", np.int64),
        ("started", np.int64), ("left", np.int64), ("load", np.int64), ("room", np.int64), ("all_load", np.int64),
        ("queue_changed", np.float64), ("queue_area", np.float64), ("queue_stays", np.float64),
        ("load_changed", np.float64), ("load_area", np.float64), ("load_stays", np.float64),
        ("room_area", np.float64), ("present_area", np.float64),
    ]
)  # fmt: skip

# One number each in the record of settings...
SCALARS = (
    "p_children", "p_one_child", "p_two_children", "p_one_parent",
    "followup_share", "followup_delay", "followup_work", "return_share", "return_scale", "return_shape",
    "return_unhelped",
    "triage_days", "triage_spread", "inquiry_days", "inquiry_spread", "table_days", "table_spread", "help_days",
    "help_spread", "help_per_cause", "causes_centre", "board_days", "board_spread", "petition_days",
    "petition_spread", "petition_wait", "petition_wait_spread", "court_days", "court_spread", "emergency_court_days",
    "supervision_days", "supervision_spread", "partner_days", "partner_spread", "handover_days", "handover_spread",
    "join_days", "request_share", "grant_share", "supervision_share", "placed_share", "orders_avoided",
    "ended_early", "early_per_face", "lost_at_handover", "patience", "barred_share",
    "duo_weight", "duo_local_weight", "order_local_weight", "order_partner_weight", "turnover", "vacancy_days",
    "illness", "illness_days", "stretch", "stretch_queue",
)  # fmt: skip
# ... and one for each severity.
BY_SEVERITY = (
    "severity_share", "p_acute", "causes", "p_no_help", "p_inquiry", "p_board", "p_emergency", "escalation",
)  # fmt: skip
SETTINGS = [(name, np.float64) for name in SCALARS] + [(name, np.float64, 3) for name in BY_SEVERITY]
SETTINGS_RECORD = np.dtype(SETTINGS)

WEEKS = 105  # of waiting that are kept apart
SOURCE_COUNT = 9
# The one record of a run: the figures, the keys to chance, who waits where, and what was counted. One pointer to pass.
DESK_RECORD = np.dtype(
    [
        *SETTINGS,
        ("keys", np.uint64, PURPOSES),
        ("n_agenda", np.int64), ("n_trajectories", np.int64), ("n_events", np.int64), ("n_families", np.int64),
        ("n_full", np.int64), ("stirred", np.int64), ("newcomer", np.int64),
        ("window", np.float64, 3),  # first and last moment of the measured window, and the end of the run
        ("head", np.int64, (8, 3)), ("tail", np.int64, (8, 3)),  # queue by priority: first and last who waits
        ("waits", np.int64, (8, WEEKS)),  # queue by week of waiting: how many started, in the measured window
        ("wait_sums", np.float64, (8, 3)),  # queue by count, sum, sum of squares, in the measured window
        ("snapshots", np.float64, (2, 8, 3)),  # start and end of the window, by pool: area of load, room, people
        ("source_mix", np.float64, SOURCE_COUNT),  # cumulative shares of who reports
    ]
)  # fmt: skip


class Run(NamedTuple):
    """Everything one replication holds. The compiled functions change it in place."""

    trajectories: np.ndarray
    workers: np.ndarray
    pools: np.ndarray
    times: np.ndarray  # the agenda
    notes: np.ndarray
    days: np.ndarray
    desk: np.void
