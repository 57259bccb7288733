"""Every change of a circle."""

from kring.circle.actions.facts import (
    accept_sight,
    narrow_contact_cards,
    offer_sight,
    set_direction,
    set_fixed_face,
    set_frame,
    set_no_fixed_face,
    take_up_sight,
    write_contact_card,
)
from kring.circle.actions.membership import (
    admit,
    answer_invitation,
    ask_access,
    close_access_request,
    default_audience,
    end_membership,
    found_family,
    invite,
    rename,
    set_scope,
)

__all__ = [
    "accept_sight",
    "admit",
    "answer_invitation",
    "ask_access",
    "close_access_request",
    "default_audience",
    "end_membership",
    "found_family",
    "invite",
    "narrow_contact_cards",
    "offer_sight",
    "rename",
    "set_direction",
    "set_fixed_face",
    "set_frame",
    "set_no_fixed_face",
    "set_scope",
    "take_up_sight",
    "write_contact_card",
]
