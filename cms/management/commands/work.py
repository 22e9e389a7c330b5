"""The worker: background tasks as they come, and the due jobs of the house, in one loop."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from cms.checks import refuse_to_start
from cms.faults import is_fault
from ledger.origin import WORKER, Origin, coming_from

logger = logging.getLogger(__name__)
# After a failure.
AGAIN = timedelta(minutes=5)
# So many rounds are left out while the database is away.
ROUNDS = 5


@dataclass(frozen=True)
class DueJob:
    """A management command that is run again and again."""

    command: str
    every: timedelta
    options: tuple[str, ...] = ()
    # A long one gets a process of its own: the worker goes on with what others wait for.
    apart: bool = False

    def is_claimed(self) -> bool:
        """Claim this period's run: of several workers that share a cache, one gets it."""
        return cache.add(self.key, "claimed", timeout=self.every.total_seconds())

    @property
    def key(self) -> str:
        """Return under what name a run is claimed."""
        return f"due-job:{self.command}"

    def run(self, *, here: bool = True) -> None:
        """Run the command; a failure is logged and ends neither the worker nor the other jobs. It is tried again."""
        try:
            if here or not self.apart:
                call_command(self.command, *self.options)
            else:
                start_apart(self.command, *self.options)
        except Exception:
            logger.exception("Due job %s failed", self.command)
            # What is due once a day does not wait for tomorrow.
            cache.touch(self.key, timeout=min(self.every, AGAIN).total_seconds())


def start_apart(command: str, *options: str) -> None:
    """Start a command in a process of its own, and bury those that have ended."""
    _started[:] = [process for process in _started if process.poll() is None]
    _started.append(subprocess.Popen([sys.executable, "manage.py", command, *options], cwd=settings.BASE_DIR))  # noqa: S603


_started: list[subprocess.Popen[bytes]] = []
DUE_JOBS = (
    DueJob("settle_changes", every=timedelta(seconds=1)),
    DueJob("store_reads", every=timedelta(seconds=10)),
    DueJob("forget_changes", every=timedelta(days=1)),
    DueJob("seal_events", every=timedelta(seconds=10)),
    DueJob("deliver_webhooks", every=timedelta(seconds=5)),
    DueJob("purge_webhooks", every=timedelta(days=1)),
    DueJob("verify_audit", every=timedelta(days=1)),
    DueJob("publish_scheduled", every=timedelta(minutes=1)),
    DueJob("press_reviews", every=timedelta(minutes=10)),
    DueJob("send_letters", every=timedelta(minutes=1)),
    DueJob("send_digests", every=timedelta(minutes=5)),
    DueJob("send_subscriptions", every=timedelta(minutes=1)),
    DueJob("attend_approvals", every=timedelta(minutes=10)),
    DueJob("check_calendar", every=timedelta(days=1)),
    DueJob("purge_letters", every=timedelta(days=1)),
    DueJob("report_people", every=timedelta(days=1)),
    DueJob("remind_forms", every=timedelta(days=1)),
    DueJob("remind_tokens", every=timedelta(days=1)),
    DueJob("export_public", every=timedelta(minutes=10), options=("--due",), apart=True),
    DueJob("check_services", every=timedelta(minutes=10), apart=True),
    DueJob("rebuild_search", every=timedelta(minutes=5), apart=True),
    DueJob("reconcile_payments", every=timedelta(days=1)),
    DueJob("purge_payments", every=timedelta(days=1)),
    DueJob("screen_waiting", every=timedelta(minutes=5)),
    DueJob("resume_tasks", every=timedelta(minutes=5)),
    DueJob("count_demand", every=timedelta(minutes=1)),
    DueJob("purge_demand", every=timedelta(days=1)),
    DueJob("prune_db_task_results", every=timedelta(days=1)),
    DueJob("clearsessions", every=timedelta(days=1)),
)


class HouseWorker(Worker):
    """The worker of django-tasks-db, which drains the queue; between two drains it runs what is due."""

    def work(self, *, once: bool) -> None:
        """Work until told to stop; with `once`, until nothing is left to do now."""
        with coming_from(Origin(WORKER)):
            self.go_round(once=once)

    def go_round(self, *, once: bool) -> None:
        """Drain the queue, run what is due, and so on."""
        while self.running:
            try:
                self.run()
                self.run_due_jobs(once=once)
                if once:
                    # What the jobs have enqueued.
                    self.run()
                    return
            except Error as error:
                if once or not is_fault(error):
                    raise
                self.wait_out(error)
            if self.running:
                time.sleep(self.interval)

    def wait_out(self, error: Error) -> None:
        """Wait for a database that is away, or only reads: whoever started us need not start us again."""
        logger.warning("The database cannot, the worker waits: %s", error)
        self.running_task = False
        connection.close()
        time.sleep(self.interval * ROUNDS)

    def run_due_jobs(self, *, once: bool) -> None:
        """Run each job whose period has passed; with `once` here, so that nothing is left behind."""
        # The library stops at once when no task is running: a job is to be finished, too.
        self.running_task = True
        try:
            for job in DUE_JOBS:
                if self.running and job.is_claimed():
                    job.run(here=once)
        finally:
            self.running_task = False
            close_old_connections()


class Command(BaseCommand):
    """Run the worker until SIGINT or SIGTERM; what is running is finished first."""

    help = "执行后台任务和定时工作，直到收到停止信号"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--once", action="store_true", help="做完眼前的事就结束")
        parser.add_argument("--interval", type=float, default=1, help="没有任务时隔多少秒再看（默认 1）")

    def handle(self, *args: Any, once: bool, interval: float, **options: Any) -> None:
        """Build the worker and let it work."""
        refuse_to_start()
        # Each drain of the queue says twice that it found nothing.
        logging.getLogger("django_tasks_db").setLevel(logging.WARNING)
        worker = HouseWorker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=interval,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        if not once:
            worker.configure_signals()
        worker.work(once=once)
