"""What happens in intake that a received message goes along with: its report moves, its sender is answered."""

from django.utils import timezone

from kring.circle.models import Circle
from kring.exchange import actions, queries, rules
from kring.exchange.models import ReceivedMessage
from kring.exchange.stuf.envelope import open_message
from kring.exchange.stuf.feedback import Feedback, Result, feedback_message
from kring.exchange.stuf.reading import read_report
from kring.intake.models import ConcernReport
from kring.intake.models import Feedback as GivenFeedback
from kring.lifecycle.hooks import on_happening
from kring.lifecycle.models import Happening
from kring.lifecycle.reasons import demand

# The outcomes of intake are codes of the national list already; what has none of its own here is work that goes on.
RESULTS = {
    "VT-00": Result.NOT_ADMISSIBLE,
    "VT-01-01": Result.FOLLOWED_UP_HERE,
    "VT-01-02": Result.TRANSFERRED,
    "VT-01-03": Result.NOTHING_NEEDED,
    "VT-01-04": Result.REGIONAL,
    "VT-02": Result.TRANSFERRED,
    "VT-03": Result.CLOSED,
    "VT-99": Result.MISADDRESSED,
}


def register() -> None:
    on_happening("intake.report_attached", fact=go_along)
    on_happening("intake.feedback_given", fact=answer_the_sender)


def go_along(happening: Happening) -> None:
    """A report that is filed at another family takes its original along: no line of it stays behind (B15)."""
    ReceivedMessage.objects.filter(report_id=happening.payload["report_id"]).exclude(
        family_id=happening.family_id
    ).update(family_id=happening.family_id)


def answer_the_sender(happening: Happening) -> None:
    """A professional gave feedback "by message": it goes to the system that sent the report, as written."""
    given = GivenFeedback.objects.filter(
        report_id=happening.payload["report_id"], moment=happening.payload["moment"], how="message"
    ).first()
    if given is None:
        return
    received = ReceivedMessage.objects.filter(report_id=given.report_id).first()
    sender = queries.sender_of(received) if received else None
    demand(rules.can_be_answered(bool(received), sender.answer_url if sender else ""), family_id=happening.family_id)
    assert received is not None
    assert sender is not None
    report = ConcernReport.objects.select_related("desk").get(pk=given.report_id)
    original = open_message(queries.original_of(received))
    told = read_report(original)
    body = feedback_message(
        Feedback(
            about=original.envelope,
            file_number=told.file_number,
            our_number=report.id.hex,
            result=RESULTS[report.outcome],
            by_name=report.desk.name,
            by_oin=report.desk.oin,
            sight_with=_who_watches(report),
            reporter_name=told.reporter.contact.name or told.reporter.name,
            reporter_number=next((number for kind, number in told.reporter.numbers if kind == "organisation"), ""),
            addressed_to=told.addressed_to,
            note=given.text,
        ),
        now=timezone.now(),
    )
    actions.queue(sender, received.receipt_id, "feedback", body, original.in_soap)


def _who_watches(report: ConcernReport) -> str:
    """The organisation that has sight on safety; a shelter is not named to the outside, who asks hears it from the desk."""
    owner = Circle.objects.select_related("sight_owner__professional__organisation").get(family_id=report.family_id)
    professional = owner.sight_owner.professional
    if professional is None or professional.organisation.hidden_by_default:
        return report.desk.name
    return professional.organisation.name
