"""An alarm's road: it rings until somebody has it, and is closed by who has it."""

from django.utils.translation import gettext_lazy as _

from kring.lifecycle.moves import Lifecycle, Move

ALARM = Lifecycle(
    name="alarm",
    field="state",
    start="ringing",
    moves=(
        Move("acknowledge", ("ringing",), "held"),
        Move("ring_again", ("held",), "ringing"),
        Move("close", ("held",), "closed"),
    ),
    turns={
        "ringing": "Wie gebeld is, zegt: ik heb het.",
        "held": "Wie het heeft, handelt en rondt af.",
        "closed": "Klaar.",
    },
)

# The rungs in order; `sec._rungs()` holds the same list and a test compares.
RUNGS = {
    "circle": _("Vast gezicht en veiligheidspartner, of de balie"),
    "deputy": _("Vervanger"),
    "regional": _("Regionaal piket"),
    "veilig_thuis": _("Piket van Veilig Thuis"),
    "team_leader": _("Teamleider"),
}
