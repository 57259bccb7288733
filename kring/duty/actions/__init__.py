"""Every change of duty: alarms, rosters and emergency look-ups."""

from kring.duty.actions.alarms import acknowledge, climb, close_alarm, limit_guests, raise_alarm, ring_again
from kring.duty.actions.looking_up import Found, build_card, emergency_look_up, judge_look_up
from kring.duty.actions.planning import plan_shift, start_roster, withdraw_shift

__all__ = [
    "Found",
    "acknowledge",
    "build_card",
    "climb",
    "close_alarm",
    "emergency_look_up",
    "judge_look_up",
    "limit_guests",
    "plan_shift",
    "raise_alarm",
    "ring_again",
    "start_roster",
    "withdraw_shift",
]
