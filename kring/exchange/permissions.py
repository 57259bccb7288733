"""Which role may do which act with messages."""

from kring.circle.access import declare

declare(
    "exchange",
    {"see_message": "fixed_face deputy safety_partner sight_owner assessor receiving_desk"},
    without_credentials="see_message",
)
