"""Families, alarms and rosters that the tests of duty tell their stories with."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from kring.accounts.models import Organisation, Professional
from kring.accounts.queries import professional_viewer
from kring.circle import actions as circle
from kring.circle.models import Family
from kring.demo.cast import Cast
from kring.duty import actions
from kring.duty.models import Alarm, AlarmCall, Roster
from kring.locks.subject import Viewer
from tests.bed import acting

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
LABEL = "Gezin De Vries"


def professional(viewer: Viewer) -> Professional:
    return Professional.objects.select_related("organisation").get(pk=viewer.id)


def founded(cast: Cast) -> Family:
    with acting(cast.tom) as tom:
        desk = cast.organisation("veilig_thuis")
        return circle.found_family(by=tom, label=LABEL, desk_id=desk, assessed_before=date(2030, 1, 1))


def reported(cast: Cast) -> tuple[Family, Alarm]:
    """An urgent report for a family that nobody knew: the desk of Veilig Thuis has it."""
    family = founded(cast)
    with acting(cast.tom) as tom:
        return family, actions.raise_alarm(by=tom, family=family, kind="concern_report", urgency="now")


def with_a_circle(cast: Cast) -> Family:
    """Samira is the fixed face with Koen as deputy, Joost the safety partner and has sight on safety."""
    family = founded(cast)
    with acting(cast.tom) as tom:
        circle.take_up_sight(by=tom, family=family)
        joined = {
            key: circle.admit(by=tom, family=family, role=role, ground="consent", professional=professional(viewer))
            for key, role, viewer in (
                ("samira", "local_professional", cast.samira),
                ("koen", "local_professional", cast.koen),
                ("joost", "safety_partner", cast.joost),
            )
        }
        circle.set_fixed_face(by=tom, family=family, face=joined["samira"], deputy=joined["koen"])
        circle.offer_sight(by=tom, family=family, to=joined["joost"])
    with acting(cast.joost) as joost:
        circle.accept_sight(by=joost, family=family)
    return family


def called(alarm: Alarm, onlooker: Viewer) -> list[str]:
    """Who was called on the rung where the alarm stands, by first name; as somebody in the circle sees it."""
    with acting(onlooker):
        alarm = Alarm.objects.get(pk=alarm.pk)
        calls = AlarmCall.objects.filter(alarm=alarm, rung=alarm.rung, round=alarm.round)
        return sorted(call.professional.given_name for call in calls.select_related("professional"))


def roster(cast: Cast, kind: str, run_by: str, *shifts: tuple[Viewer, datetime, int]) -> Roster:
    """A roster with shifts of so many hours, made by the region's administrator."""
    with acting(cast.ilse):
        ilse = professional_viewer(cast.ilse.id)
        organisation = Organisation.objects.get(pk=cast.organisation(run_by))
        made = actions.start_roster(by=ilse, name=f"Piket {kind}", kind=kind, organisation=organisation)
        for who, start, hours in shifts:
            actions.plan_shift(
                by=ilse, roster=made, professional=professional(who), starts_at=start, ends_at=start + timedelta(hours=hours)
            )  # fmt: skip
    return made
