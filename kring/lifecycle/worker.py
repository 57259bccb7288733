"""Running the jobs: at least once each, also when a worker is killed in the middle of one."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

from procrastinate import App
from procrastinate.jobs import Job

HEARTBEAT_SECONDS = 5
STALLED_SECONDS = 20
_SWEEP_SECONDS = 5
_LONGEST_WAIT = timedelta(minutes=10)

log = logging.getLogger(__name__)


async def work(app: App, *, until_empty: bool = False) -> None:
    """Run jobs until a signal asks to stop (or none is left), and take over what a dead worker left undone."""
    async with app.open_async():
        await sweep(app)
        sweeper = asyncio.create_task(_keep_sweeping(app))
        try:
            await app.run_worker_async(
                concurrency=4,
                wait=not until_empty,
                fetch_job_polling_interval=5,
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=STALLED_SECONDS,
                shutdown_graceful_timeout=20,
                delete_jobs="successful",
            )
        finally:
            sweeper.cancel()


async def sweep(app: App, *, stalled_seconds: float = STALLED_SECONDS) -> list[Job]:
    """Jobs of workers without a heartbeat run again; one that keeps ending its worker runs less and less often.

    Procrastinate leaves this to its user: without it such a job stays "doing" for ever.
    """
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=stalled_seconds))
    for job in stalled:
        await app.job_manager.retry_job(job, retry_at=datetime.now(UTC) + wait_before_attempt(job.attempts + 2))
        log.warning("A worker ended during a job: it runs again.", extra={"job": job.id, "action": job.task_name})
    return stalled


def wait_before_attempt(attempt: int) -> timedelta:
    """None before the second; then 2, 4, 8 seconds and so on, ten minutes at most."""
    return timedelta(0) if attempt <= 2 else min(timedelta(seconds=2 ** min(attempt - 2, 20)), _LONGEST_WAIT)


async def _keep_sweeping(app: App) -> None:
    while True:
        await asyncio.sleep(_SWEEP_SECONDS)
        try:
            await sweep(app)
        except Exception:
            log.exception("Sweeping for stalled jobs failed; it is tried again.")
