"""Which role may do which act on a report. That the desk keeps the assessment is a rule (`rules.may_weigh`).

Reading is no act here: row-level security lets through whom the membership opens `intake` for. Nor is reporting:
anybody may (decision 17).
"""

from kring.circle.access import declare

DESK = "receiving_desk assessor"

declare(
    "intake",
    {
        "take_up": DESK,
        "weigh": DESK,
        "decide": DESK,
        "tell": DESK,
        "give_feedback": DESK,
        "close": DESK,
        "attach": DESK,
        "take_out": DESK,
    },
)
