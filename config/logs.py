"""Logs for machines: one JSON object a line, with what happened and never what was in it."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

FIELDS = ("request_id", "subject", "action", "status", "milliseconds", "job", "outcome")


class JsonLines(logging.Formatter):
    """Only the message, its place and the listed fields: an exception is named by type and line, because its text
    and its local variables can hold what a family said."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            # A library may put anything in its arguments (a query, a URL): only our own messages are formatted.
            "message": record.getMessage() if record.name.startswith("kring") else str(record.msg)[:200],
        }
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            frames = []
            trace = record.exc_info[2]
            while trace:
                frames.append(
                    f"{trace.tb_frame.f_code.co_qualname if hasattr(trace.tb_frame.f_code, 'co_qualname') else trace.tb_frame.f_code.co_name}:{trace.tb_lineno}"
                )
                trace = trace.tb_next
            line["error"] = record.exc_info[0].__name__
            line["trace"] = frames[-8:]
        return json.dumps(line, ensure_ascii=False)


def configuration(level: str) -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "config.logs.JsonLines"}},
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["out"], "level": level},
        "loggers": {
            "django.db.backends": {"level": "ERROR"},
            "django.request": {"level": "ERROR"},
            "django.security": {"level": "WARNING"},
            "procrastinate.blueprints": {"level": "WARNING"},
            "procrastinate.periodic": {"level": "WARNING"},
        },
    }
