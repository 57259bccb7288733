"""StUF-Jeugdzorg 1.0.7 and 1.0.9 (CORV, JUBES): the national messages. Pure: no model, no database, no network.

`open_message(data)` → who sends what; `read_report(message)` → our own words; `answers` → the standard's replies.
"""
