"""Who has duty in Waterrijk: the week's regional duty, and Veilig Thuis day and night, with one gap that shows."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from kring.accounts.models import Organisation, Professional
from kring.demo.cast import fixed_id
from kring.demo.stage import as_
from kring.duty import actions
from kring.duty.models import Roster
from kring.locks.subject import Viewer

DAYS, WEEKS = 21, 10
NIGHT_WITHOUT = 4  # nobody was found for the desk that night: the page shows it


def build_rosters() -> None:
    """From yesterday on: ten weeks of the regional duty and the crisis service, three weeks of Veilig Thuis."""
    today = datetime.combine(timezone.localdate(), time(8), timezone.get_current_timezone())
    start = today - timedelta(days=1)
    with as_("ilse") as ilse:
        regional = _roster(ilse, "Regionaal piket Waterrijk", "regional", "raad")
        crisis = _roster(ilse, "Crisisdienst De Brug", "crisis", "gi")
        for week in range(WEEKS):
            begins = start + timedelta(weeks=week)
            _shift(ilse, regional, ("ruben", "joost")[week % 2], begins, begins + timedelta(weeks=1))
            _shift(ilse, crisis, "joost", begins, begins + timedelta(weeks=1))
    with as_("femke") as femke:
        desk = _roster(femke, "Balie Veilig Thuis", "desk", "veilig_thuis")
        always = _roster(femke, "Piket Veilig Thuis", "veilig_thuis", "veilig_thuis")
        for count in range(DAYS):
            day = start + timedelta(days=count)
            evening, whole_day = day + timedelta(hours=12), timedelta(hours=24)
            one, other = ("amira", "femke")[count % 2], ("femke", "amira")[count % 2]
            _shift(femke, desk, one, day, evening)
            if count != NIGHT_WITHOUT:
                _shift(femke, desk, other, evening, day + whole_day)
            _shift(femke, always, other, day, day + whole_day)


def _roster(by: Viewer, name: str, kind: str, organisation: str) -> Roster:
    run_by = Organisation.objects.get(pk=fixed_id(organisation))
    return actions.start_roster(by=by, name=name, kind=kind, organisation=run_by)


def _shift(by: Viewer, roster: Roster, who: str, starts_at: datetime, ends_at: datetime) -> None:
    professional = Professional.objects.get(pk=fixed_id(who))
    actions.plan_shift(by=by, roster=roster, professional=professional, starts_at=starts_at, ends_at=ends_at)
