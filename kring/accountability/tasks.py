"""Work in the background: the log is signed every few seconds."""

import logging

from procrastinate.contrib.django import app

from kring.accountability import log
from kring.accountability.ledger import DoesNotFit
from kring.lifecycle.jobs import system_job
from kring.locks.subject import Viewer

logger = logging.getLogger("kring.trail")


@app.periodic(cron="* * * * * */5", periodic_id="trail")
@app.task(name="accountability.sign_log", queue="trail", lock="trail", queueing_lock="trail")
@system_job("het logboek vastleggen")
def sign_log(timestamp: int, *, by: Viewer) -> None:
    """Run by the one worker that has the key (queue `trail`)."""
    try:
        log.extend(log.ledger())
    except DoesNotFit:
        logger.critical("trail does not fit", exc_info=True)
        raise
