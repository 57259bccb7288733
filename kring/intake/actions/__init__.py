"""Every change of an intake."""

from kring.intake.actions.advice import Asked, answer_advice, ask_advice
from kring.intake.actions.moving import attach_report, decide_on_breach, take_out_report
from kring.intake.actions.receiving import receive_report, write_receipt
from kring.intake.actions.telling import give_feedback, postpone_telling, tell_person
from kring.intake.actions.weighing import assess, close, decide, reassess, take_up

__all__ = [
    "Asked",
    "answer_advice",
    "ask_advice",
    "assess",
    "attach_report",
    "close",
    "decide",
    "decide_on_breach",
    "give_feedback",
    "postpone_telling",
    "reassess",
    "receive_report",
    "take_out_report",
    "take_up",
    "tell_person",
    "write_receipt",
]
