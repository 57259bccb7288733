"""The terms of an intake, as data: which article sets them, and whether the Algemene termijnenwet moves their end."""

from kring.lifecycle.terms import Term, Unit

PROTOCOL = "Handelingsprotocol Veilig Thuis 2019"

ASSESSMENT = Term(5, Unit.WORKING_DAYS, PROTOCOL, by_law=False)
TELLING = Term(4, Unit.WEEKS, "Wmo 2015 artikel 5.3.1 lid 1")
POSTPONING = Term(2, Unit.WEEKS, "Wmo 2015 artikel 5.3.1 lid 2")
FOLLOW_UP = Term(10, Unit.WEEKS, "Uitvoeringsbesluit Wmo 2015 hoofdstuk 4")
FEEDBACK = Term(5, Unit.WORKING_DAYS, PROTOCOL, by_law=False)  # after the decision; the protocol says "at once"

DRAFT_DAYS = 7
BREACH_HOURS = 72  # AVG artikel 33 lid 1
