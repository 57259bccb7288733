"""Values that are written the StUF way: dates with unknown parts, moments, numbers of citizens, yes or no."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from stdnum.nl import bsn

from kring.exchange.received import Moment, PartialDate
from kring.exchange.stuf import refusals
from kring.exchange.stuf.codes import YES_NO_LOOSE
from kring.exchange.stuf.cursor import Cursor
from kring.exchange.stuf.refusals import Refusal

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# 000000000 is written for the unborn, 999999999 for who has none (CBS); neither is anybody's number.
NUMBER_OF_THE_UNBORN = "000000000"
NOBODYS = frozenset((NUMBER_OF_THE_UNBORN, "999999999"))
# How many parts of the date the sender vouches for: J none, M the year, D year and month, V all.
KNOWN_PARTS = {"J": 0, "M": 1, "D": 2, "V": 3, "": 3}
# What the schema lets through as a date: any decimal number.
DECIMAL = re.compile(r"[+-]?[0-9]*\.?[0-9]*")
YEARS = range(1900, 2200)


def partial_date(cursor: Cursor) -> PartialDate:
    """A date of which parts may be unknown. Nonsense stays visible as it was sent and is an unknown date to us."""
    words = cursor.text() or cursor.attribute("noValue")
    parts = KNOWN_PARTS.get(cursor.attribute("indOnvolledigeDatum").strip())
    digits = cursor.peek().strip()
    if parts is None or not DECIMAL.fullmatch(digits):
        raise Refusal(refusals.INVALID, f"{cursor.path} is geen datum.")
    if not digits or parts == 0:
        return PartialDate(words=words)
    found = _read_parts(digits, parts, words)
    if found is None:
        cursor.leave()
        return PartialDate(words=words)
    return found


def _read_parts(digits: str, parts: int, words: str) -> PartialDate | None:
    """Zeroes for month or day mean unknown too, whatever the indicator says."""
    if not digits.isdecimal() or len(digits) not in (4, 6, 8):
        return None
    year, month, day = int(digits[:4]), int(digits[4:6] or 0), int(digits[6:8] or 0)
    if parts < 3 or not day:
        day = 0
    if parts < 2 or not month:
        month = day = 0
    if not year:
        return PartialDate(words=words) if not int(digits) else None
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return PartialDate(year, month or None, day or None, words)


def moment(cursor: Cursor) -> Moment:
    """JJJJMMDD[UUMM[SS[mmm]]] on the Dutch clock. A moment that can't be is kept as sent."""
    words = cursor.text()
    digits = words.strip()
    if not (digits.isascii() and digits.isdecimal() and 8 <= len(digits) <= 17):
        raise Refusal(refusals.INVALID, f"{cursor.path} is geen tijdstip.")
    padded = digits.ljust(17, "0") if len(digits) in (8, 10, 12, 14, 15, 16, 17) else ""
    try:
        at = datetime.strptime(padded + "000", "%Y%m%d%H%M%S%f").replace(tzinfo=AMSTERDAM)
    except ValueError:
        at = None
    if at is None or at.year not in YEARS:
        cursor.leave()
        return Moment(None, words)
    return Moment(at, words)


def day_moment(cursor: Cursor) -> Moment:
    """A date where we keep a moment: midnight at the start of that day."""
    found = partial_date(cursor)
    if found.year is None or found.year not in YEARS or found.month is None or found.day is None:
        cursor.leave()
        return Moment(None, found.words)
    return Moment(datetime(found.year, found.month, found.day, tzinfo=AMSTERDAM), found.words)


def citizen_number(cursor: Cursor | None) -> str:
    """BSN that passes the eleven test; else empty, and what was sent stays visible to the reader of the report."""
    if cursor is None:
        return ""
    number = cursor.text().strip()
    if not number or number in NOBODYS:
        if number:
            cursor.leave()
        return ""
    if not (number.isascii() and number.isdecimal() and len(number) == 9):
        raise Refusal(refusals.INVALID, f"{cursor.path} is geen burgerservicenummer.")
    if not bsn.is_valid(number):
        cursor.leave()
        return ""
    return number


def loose_yes_no(cursor: Cursor) -> bool | None:
    """Yes or no in an extra element, for which the standard lays down no form."""
    found = YES_NO_LOOSE.get(cursor.text().strip().lower())
    if found is None:
        cursor.leave()
    return found
