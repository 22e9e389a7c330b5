"""The worker runs what waits and what is due."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from cms.management.commands import work
from cms.management.commands.work import DUE_JOBS, DueJob
from tests.workflows.acts import decide, draft, submit

MINUTELY = DueJob("clearsessions", every=timedelta(minutes=1))

done: list[str] = []


@task()
def note(word: str) -> None:
    done.append(word)


@pytest.fixture
def database_tasks(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    done.clear()


@pytest.mark.django_db(transaction=True)
def test_a_waiting_task_is_run(database_tasks):
    note.enqueue("一")
    note.enqueue("二")

    call_command("work", once=True)

    assert done == ["一", "二"]
    assert {result.status for result in DBTaskResult.objects.all()} == {"SUCCESSFUL"}


@pytest.mark.django_db(transaction=True)
def test_an_approved_page_whose_time_has_come_is_published(town, clock):
    page = draft(town, entry="water_profile", go_live_at=timezone.now() + timedelta(hours=3))
    state = submit(page, town.editor("water"))
    decide(town.reviewer("water"), state)
    clock.shift(timedelta(hours=3, minutes=1))

    call_command("work", once=True)

    page.refresh_from_db()
    assert page.live
    assert page.go_live_at is None


def test_a_job_is_due_once_in_its_period(clock):
    first, second = MINUTELY.is_claimed(), MINUTELY.is_claimed()
    clock.shift(61)

    assert (first, second, MINUTELY.is_claimed()) == (True, False, True)


def test_a_failing_job_is_logged_and_does_not_end_the_worker(caplog):
    with caplog.at_level(logging.ERROR):
        DueJob("no_such_command", every=timedelta(days=1)).run()

    assert "no_such_command" in caplog.text


def test_a_job_that_failed_is_due_again_soon(clock):
    daily = DueJob("no_such_command", every=timedelta(days=1))
    daily.is_claimed()
    daily.run()

    at_once = daily.is_claimed()
    clock.shift(301)

    assert (at_once, daily.is_claimed()) == (False, True)


@pytest.mark.django_db(transaction=True)
def test_a_task_whose_worker_died_is_run_by_the_next(database_tasks, clock):
    note.enqueue("一")
    DBTaskResult.objects.get().claim("a worker that was killed")

    call_command("work", once=True)
    left_alone = list(done)
    clock.shift(31 * 60)
    call_command("work", once=True)
    call_command("work", once=True)

    assert (left_alone, done) == ([], ["一"])


@pytest.mark.django_db(transaction=True)
def test_a_task_that_kills_its_workers_is_given_up(database_tasks, clock):
    note.enqueue("一")
    for number in range(3):
        DBTaskResult.objects.get().claim(f"worker {number}")
    clock.shift(31 * 60)

    call_command("work", once=True)

    assert (done, DBTaskResult.objects.get().status) == ([], "FAILED")


def test_scheduled_pages_are_looked_at_every_minute():
    assert {job.command: job.every for job in DUE_JOBS}["publish_scheduled"] == timedelta(minutes=1)


def test_a_long_job_runs_in_a_process_of_its_own(capfd):
    DueJob("version", every=timedelta(days=1), apart=True).run(here=False)

    assert work._started[-1].wait() == 0
    assert {job.command for job in DUE_JOBS if job.apart} == {"check_services", "export_public", "rebuild_search"}
