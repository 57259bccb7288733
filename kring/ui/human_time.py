"""Times as people say them: "vandaag 16:05", "gisteren 20:10", "wo 11 nov". Pure: the caller says what now is."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

SOON_DAYS = 3


@dataclass(frozen=True)
class Due:
    """How near a day is: words for people, and a chip kind that only repeats what the words say."""

    text: str
    kind: str


def when(moment: datetime | date, now: datetime) -> str:
    """A moment with its hour, or a bare date without one."""
    local_now = timezone.localtime(now)
    if not isinstance(moment, datetime):
        return day(moment, local_now.date())
    local = timezone.localtime(moment)
    return f"{day(local.date(), local_now.date())} {local:%H:%M}"


def day(moment: date, today: date) -> str:
    match (moment - today).days:
        case 0:
            return gettext("vandaag")
        case -1:
            return gettext("gisteren")
        case 1:
            return gettext("morgen")
    if moment.year == today.year:
        return date_format(moment, "D j M").lower()
    return date_format(moment, "j M Y").lower()


def due(moment: date, today: date) -> Due:
    """What the chip before a row says. Late is told in days, since a date in the past has to be counted back."""
    days = (moment - today).days
    if days < 0:
        return Due(ngettext("%(days)s dag te laat", "%(days)s dagen te laat", -days) % {"days": -days}, "danger")
    kinds = {0: "danger"} | dict.fromkeys(range(1, SOON_DAYS + 1), "warn")
    return Due(day(moment, today), kinds.get(days, "neutral"))


def distance(moment: date, today: date) -> str:
    """ "over 2 dagen", "12 dagen geleden": for sentences."""
    days = (moment - today).days
    if -1 <= days <= 1:
        return day(moment, today)
    if days > 0:
        return gettext("over %(days)s dagen") % {"days": days}
    return gettext("%(days)s dagen geleden") % {"days": -days}


def full(moment: datetime | date) -> str:
    """ "woensdag 11 november 2026 16:05": for whoever wants it exact."""
    text = date_format(moment, "l j F Y").lower()
    return f"{text} {moment:%H:%M}" if isinstance(moment, datetime) else text
