"""Which role may do which act on a family's people, homes and contact."""

from kring.circle.access import declare

DUO = "fixed_face deputy safety_partner sight_owner assessor"
TEAM = f"{DUO} local_professional institution_worker care_provider board_investigator duty"
WRITERS = f"{TEAM} receiving_desk founder"
READERS = f"{TEAM} receiving_desk expert behavioural_scientist experience_expert client_supporter inspector"

declare(
    "families",
    {
        "see": READERS,
        "add_member": WRITERS,
        "change_member": WRITERS,
        "write_home": WRITERS,
        "write_secret_address": WRITERS,
        "write_place_clue": WRITERS,
        "relate": WRITERS,
        "set_authority": WRITERS,
        "set_safe_contact": WRITERS,
        "warn_at_the_door": WRITERS,
        "merge": f"{DUO} receiving_desk",
        "link_person": f"{DUO} receiving_desk",
        "ask_elsewhere": f"{DUO} receiving_desk",
        "answer_inquiry": f"{TEAM} receiving_desk",
    },
    without_credentials="see",
)
