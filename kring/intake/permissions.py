"""Which role may do which act on a report. That the desk keeps the assessment is a rule (`rules.may_weigh`)."""

from kring.circle.access import declare
from kring.circle.permissions import TEAM

DESK = "receiving_desk assessor"

declare(
    "intake",
    {
        "see": f"{TEAM} receiving_desk behavioural_scientist inspector",
        "receive": "receiving_desk founder",
        "take_up": DESK,
        "weigh": DESK,
        "decide": DESK,
        "tell": DESK,
        "give_feedback": DESK,
        "close": DESK,
        "attach": DESK,
        "take_out": DESK,
    },
    without_credentials="see",
)
