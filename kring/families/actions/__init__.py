"""Every change of a family's people, homes, ties and contact."""

from kring.families.actions.carrying import carry_members
from kring.families.actions.contact import end_danger, set_safe_contact, warn_at_the_door
from kring.families.actions.homes import (
    add_place_clue,
    change_household,
    end_place_clue,
    end_secrecy,
    move_in,
    move_out,
    set_address,
    set_secret_address,
    start_household,
)
from kring.families.actions.inquiries import answer_inquiry, ask_elsewhere
from kring.families.actions.inspection import enter_for_inspection
from kring.families.actions.merging import link_person, merge_members, unlink_person, unmerge_members
from kring.families.actions.people import add_member, change_member
from kring.families.actions.ties import end_relation, relate, set_authority

__all__ = [
    "add_member",
    "add_place_clue",
    "answer_inquiry",
    "ask_elsewhere",
    "carry_members",
    "change_household",
    "change_member",
    "end_danger",
    "end_place_clue",
    "end_relation",
    "end_secrecy",
    "enter_for_inspection",
    "link_person",
    "merge_members",
    "move_in",
    "move_out",
    "relate",
    "set_address",
    "set_authority",
    "set_safe_contact",
    "set_secret_address",
    "start_household",
    "unlink_person",
    "unmerge_members",
    "warn_at_the_door",
]
