"""Which role may do which act around an alarm. A duty worker is called before being in any circle: what she may do is
the database's word (`sec.acknowledge_alarm`)."""

from kring.circle.access import declare
from kring.circle.permissions import EVERY_PROFESSIONAL, TEAM

declare(
    "duty",
    {
        "raise_alarm": f"{EVERY_PROFESSIONAL} founder family_member supporter",
        "acknowledge": f"{TEAM} receiving_desk",
        "ring_again": f"{TEAM} receiving_desk",
        "close_alarm": f"{TEAM} receiving_desk",
    },
    without_credentials="raise_alarm",
)
