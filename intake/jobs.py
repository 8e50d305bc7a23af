"""Background jobs (procrastinate): reading uploads, and taking up what a dead worker left."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from budgets.exports import files
from intake import notices, reading, rechecking
from intake.models import Upload

logger = logging.getLogger(__name__)
STALLED_AFTER: Final = 10
"""Seconds without a worker's heartbeat until its jobs are given to another."""
LOST_AFTER: Final = timedelta(minutes=2)
"""Silence of a reading after which its upload is put in line again, whatever the queue believes."""


@app.task(
    queue="reading",
    name="intake.read_upload",
    retry=RetryStrategy(
        max_attempts=8, exponential_wait=2, retry_exceptions={OperationalError, InterfaceError}
    ),
)
def read_upload(*, upload_id: int) -> None:
    """This will read one upload (again, after the database was away)."""
    close_old_connections()
    reading.read_upload(upload_id)


@app.task(
    queue="checking",
    name="intake.recheck_neighbours",
    retry=RetryStrategy(
        max_attempts=8, exponential_wait=2, retry_exceptions={OperationalError, InterfaceError}
    ),
)
def recheck_neighbours(*, disclosure_id: int) -> None:
    """This will check again what is compared with a disclosure that was published or withdrawn."""
    close_old_connections()
    rechecking.recheck_neighbours(disclosure_id)


@app.periodic(cron="* * * * * */5")
@app.task(
    queue="sweep", name="intake.retry_stalled", queueing_lock="intake.retry_stalled", pass_context=False
)
async def retry_stalled(timestamp: int) -> None:
    """This will give the jobs of workers that died to the living."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        logger.warning("job %s stalled; it is retried", job.id)
        await app.job_manager.retry_job(job)


@app.periodic(cron="* * * * *")
@app.task(queue="sweep", name="intake.retry_lost", queueing_lock="intake.retry_lost", pass_context=False)
def retry_lost(timestamp: int) -> None:
    """This will put uploads in line again of which nobody has heard."""
    close_old_connections()
    put_lost_in_line()


def put_lost_in_line() -> int:
    """This will put uploads in line again whose reading has been silent for long; returns how many."""
    silent = Upload.objects.filter(
        status=Upload.Status.READING, heartbeat_at__lt=timezone.now() - LOST_AFTER
    ).values_list("pk", flat=True)
    count = 0
    for upload_id in silent:
        read_upload.configure(queueing_lock=f"lost-{upload_id}").defer(upload_id=upload_id)
        count += 1
    return count


@app.periodic(cron="* * * * *")
@app.task(
    queue="downloads",
    name="intake.write_downloads",
    queueing_lock="intake.write_downloads",
    pass_context=False,
)
def write_downloads(timestamp: int) -> None:
    """This will write the full and yearly files of downloads once publishing has been quiet for a minute."""
    close_old_connections()
    files.write_when_quiet(now=timezone.now())


@app.periodic(cron="*/15 * * * *")
@app.task(queue="sweep", name="intake.tell_waiting", queueing_lock="intake.tell_waiting", pass_context=False)
def tell_waiting(timestamp: int) -> None:
    """This will mail people what has come to wait for them."""
    close_old_connections()
    notices.send_latest(until=datetime.fromtimestamp(timestamp, tz=UTC))
