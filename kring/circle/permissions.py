"""Which role may do which act in a circle."""

from kring.circle.access import declare

DUO = "fixed_face deputy safety_partner sight_owner assessor"
TEAM = f"{DUO} local_professional institution_worker care_provider board_investigator duty"
EVERY_PROFESSIONAL = f"{TEAM} receiving_desk expert behavioural_scientist experience_expert client_supporter"

declare(
    "circle",
    {
        "see": f"{EVERY_PROFESSIONAL} inspector family_member supporter",
        "rename": f"{DUO} receiving_desk",
        "admit": f"{DUO} receiving_desk",
        "invite": f"{DUO} receiving_desk",
        "end_membership": DUO,
        "leave": f"{EVERY_PROFESSIONAL} supporter",
        "set_scope": DUO,
        "set_fixed_face": f"{DUO} receiving_desk",
        "set_no_fixed_face": f"{DUO} receiving_desk",
        "offer_sight": f"{DUO} receiving_desk duty",
        "take_up_sight": "receiving_desk duty assessor",
        "accept_sight": TEAM,
        "set_direction": DUO,
        "set_frame": DUO,
        "write_contact_card": TEAM,
    },
    without_credentials="see leave",
)
