"""Each line is counted once: whoever writes, whoever counts, whatever happens in between."""

from __future__ import annotations

import multiprocessing
import shutil
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from cms.demand import counting, lines
from cms.demand.counting import count_all, count_file, purge
from cms.demand.models import Reading, Views
from cms.demand.queries import digest
from cms.management.commands.work import DUE_JOBS
from pages.models import StandardPage
from tests.factories import make_page
from tests.town import Town, build_town

from .acts import folder
from .acts import lines as written

__all__ = ["folder"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]
TIME = "2026-11-23T09:30:00+08:00"


def log(path: Path, address: str, times: int, *, name: str = "a", at: str = TIME) -> Path:
    """Write what nginx would."""
    with path.open("a") as file:
        for number in range(times):
            file.write(f"{name}{number:031d} {at} web {address}\n")
    return path


def total() -> int:
    return sum(Views.objects.values_list("number", flat=True))


@pytest.fixture
def nginx_log(settings: Any, tmp_path: Path, clock: Any) -> Path:
    settings.DEMAND_LOGS = [str(tmp_path / "demand.log*")]
    return tmp_path / "demand.log"


def test_a_file_that_is_read_again_is_not_counted_again(town: Town, nginx_log: Path):
    log(nginx_log, town.water.url, 3)

    assert [count_all(), count_all()] == [3, 0]
    log(nginx_log, town.water.url, 2, name="b")
    assert count_all() == 2
    assert total() == 5


def test_a_file_that_was_renamed_or_copied_is_known_again(town: Town, nginx_log: Path):
    log(nginx_log, town.water.url, 3)
    count_all()

    shutil.copy(nginx_log, f"{nginx_log}.copy")
    nginx_log.rename(f"{nginx_log}.1")
    log(nginx_log, town.water.url, 2, name="b")

    assert count_all() == 2
    assert total() == 5


def test_packed_files_are_left_alone(town: Town, nginx_log: Path):
    Path(f"{nginx_log}.2.gz").write_bytes(b"\x1f\x8b packed\n")

    assert count_all() == 0


def test_what_cannot_be_read_keeps_nobody_from_the_rest(town: Town, nginx_log: Path):
    Path(f"{nginx_log}.0").mkdir()
    log(Path(f"{nginx_log}.1"), town.water.url, 2)

    assert count_all() == 2


def test_a_line_that_is_still_being_written_waits(town: Town, nginx_log: Path):
    log(nginx_log, town.water.url, 2)
    with nginx_log.open("a") as file:
        file.write(f"c {TIME} web {town.water.url[:9]}")

    assert count_all() == 2
    with nginx_log.open("a") as file:
        file.write(f"{town.water.url[9:]}\n")
    assert count_all() == 1
    assert total() == 3


def test_nothing_is_lost_and_nothing_doubled_when_counting_breaks_off(
    town: Town, nginx_log: Path, monkeypatch: pytest.MonkeyPatch
):
    log(nginx_log, town.water.url, 9)
    monkeypatch.setattr(counting, "PART_BYTES", 400)
    real, rounds = counting.add_searches, []

    def breaking(searches: Any) -> None:
        rounds.append(1)
        if len(rounds) == 2:
            raise KeyboardInterrupt
        real(searches)

    monkeypatch.setattr(counting, "add_searches", breaking)
    with pytest.raises(KeyboardInterrupt):
        count_all()
    counted = total()
    assert 0 < counted < 9

    count_all()

    assert total() == 9


@pytest.mark.parametrize(
    "line",
    [
        "",
        "nonsense",
        "a 2026-11-23 web",
        f"a {TIME} web /no-such-page/",
        f"a {TIME} web /%00/",
        f"a {TIME} web /%ff%fe/",
        f"a {TIME} api /api/v2/disclosures/{'9' * 40}/",
        f"a {TIME} api /api/v2/no-such/1/",
        f"a {TIME} search many water",
        f"a {TIME} search -1%20x",
        f"a {TIME} other /",
        "a 2026-13-45 web /",
        "a 1999-01-01 web /",
        "a 2999-01-01 web /",
        "x" * 5000,
        "\udcff",
    ],
    ids=lambda line: line[:30],
)
def test_a_line_that_says_nothing_stops_nothing(town: Town, nginx_log: Path, line: str):
    nginx_log.write_bytes(f"{line}\n".encode(errors="surrogateescape"))
    log(nginx_log, town.water.url, 1)

    count_all()

    assert total() == 1


def test_a_moment_counts_for_the_day_it_is_here(town: Town, nginx_log: Path):
    log(nginx_log, town.water.url, 1, at="2026-11-22T17:30:00+00:00")

    count_all()

    assert str(Views.objects.get().day) == "2026-11-23"


def test_our_own_files_go_when_they_are_over_and_no_sooner(town: Town, folder: Path, clock: Any):
    lines.note("web", town.water.url)
    count_all()
    assert len(list(folder.iterdir())) == 1
    lines.note("web", town.water.url)

    clock.shift(timedelta(minutes=25))
    count_all()

    assert not list(folder.iterdir())
    assert total() == 2


def test_a_flood_fills_no_disk(town: Town, folder: Path, monkeypatch: pytest.MonkeyPatch, clock: Any):
    monkeypatch.setattr(lines, "MOST_BYTES", 150)

    for _time in range(50):
        lines.note("web", "/")
    lines.note("web", f"/{'长' * 900}/")

    assert len(written(folder)) == 5


def _write_many(folder: str, number: int) -> None:
    for each in range(number):
        lines.note("web", f"/{each}-{'x' * 300}/")


def test_several_processes_write_whole_lines(folder: Path):
    fork = multiprocessing.get_context("fork")
    writers = [fork.Process(target=_write_many, args=(str(folder), 300)) for _each in range(4)]
    for each in writers:
        each.start()
    for each in writers:
        each.join()

    found = written(folder)
    assert len(found) == 1200
    assert all(len(line.split(" ")) == 4 and line.endswith("x/") for line in found)


@pytest.mark.django_db(transaction=True)
def test_two_who_count_at_once_count_each_line_once(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    town = build_town()
    settings.DEMAND_LOGS = [str(tmp_path / "demand.log")]
    now = counting.timezone.now().isoformat(timespec="seconds")
    path = log(tmp_path / "demand.log", town.water.url, 200, at=now)
    monkeypatch.setattr(counting, "PART_BYTES", 2_000)
    counted = []

    def count() -> None:
        try:
            counted.append(count_file(path))
        finally:
            connection.close()

    threads = [Thread(target=count) for _each in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert (sum(counted), total()) == (200, 200)
    assert Reading.objects.count() == 1


def test_old_numbers_are_deleted(town: Town, nginx_log: Path, settings: Any, clock: Any):
    log(nginx_log, town.water.url, 1)
    count_all()

    clock.shift(timedelta(days=settings.DEMAND_DAYS))
    assert purge() == 0
    clock.shift(timedelta(days=1))
    call_command("purge_demand")

    assert not Views.objects.exists()
    assert not Reading.objects.exists()
    # The same file again: its days are over.
    count_all()
    assert not Views.objects.exists()


def test_a_page_may_be_deleted_and_its_numbers_stay(town: Town, nginx_log: Path):
    page = make_page(StandardPage, town.portal, title="示例说明", live=False)
    log(nginx_log, page.url, 3)
    count_all()

    page.delete()

    assert Views.objects.get().number == 3


def test_the_worker_counts_and_deletes():
    assert {"count_demand", "purge_demand"} <= {job.command for job in DUE_JOBS}


def test_a_digest_cannot_be_made_without_our_secret(settings: Any):
    mine = digest("水费")
    settings.SECRET_KEY = "another"

    assert digest("水费") != mine
