"""Jobs, with real worker processes."""

import json
import signal
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, transaction

from jobgate.core.background import (
    enqueue,
    forget_finished_jobs,
    run_waiting_jobs,
    unlock_stalled_jobs,
)
from jobgate.core.ids import new_id
from jobgate.core.tenancy import NoTenant, current_organization_id
from jobgate.core.tests import sample_jobs
from tests.processes import StartWorker, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def notes(tmp_path: Path) -> Callable[[], list[str]]:
    def words() -> list[str]:
        path = tmp_path / "notes"
        return [line.split()[0] for line in path.read_text().splitlines()] if path.exists() else []

    return words


def statuses() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, status::text FROM procrastinate_jobs "
            "WHERE task_name LIKE 'core.%%' ORDER BY id"
        )
        return list(cursor.fetchall())


def test_a_job_of_a_rolled_back_change_never_runs(organization_id: UUID, tmp_path: Path) -> None:
    with transaction.atomic():
        enqueue(sample_jobs.note, organization_id=organization_id, folder=tmp_path, word="x")
        transaction.set_rollback(True)
    assert run_waiting_jobs() == 0


def test_a_job_enters_its_tenant(organization_id: UUID, tmp_path: Path) -> None:
    enqueue(sample_jobs.note, organization_id=organization_id, folder=tmp_path, word="hello")
    assert run_waiting_jobs() == 1
    assert (tmp_path / "notes").read_text() == f"hello {organization_id}\n"
    with pytest.raises(NoTenant):
        current_organization_id()


def test_a_job_whose_worker_is_killed_runs_once_more(
    organization_id: UUID,
    tmp_path: Path,
    start_worker: StartWorker,
    notes: Callable[[], list[str]],
) -> None:
    enqueue(sample_jobs.wait_for_go, organization_id=organization_id, folder=tmp_path)
    first = start_worker()
    wait_until(lambda: notes() == ["started"])
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert statuses() == [("core.tests.sample_jobs.wait_for_go", "doing")]

    (tmp_path / "go").touch()
    start_worker()
    wait_until(lambda: statuses() == [("core.tests.sample_jobs.wait_for_go", "succeeded")])
    assert notes() == ["started", "started", "done"]


def test_what_a_failed_job_enqueued_is_rolled_back_with_it(
    organization_id: UUID,
    tmp_path: Path,
    start_worker: StartWorker,
    notes: Callable[[], list[str]],
) -> None:
    enqueue(sample_jobs.enqueue_then_fail, organization_id=organization_id, folder=tmp_path)
    assert start_worker("--one-shot").wait(40) == 0
    assert [name for name, _ in statuses()] == ["core.tests.sample_jobs.enqueue_then_fail"]
    assert notes() == []


def make_stalled(attempts: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', attempts = %s", [attempts])


@pytest.mark.parametrize(("attempts", "status"), [(0, "todo"), (2, "todo"), (3, "failed")])
def test_a_job_that_kills_its_workers_is_given_up(
    organization_id: UUID, tmp_path: Path, attempts: int, status: str
) -> None:
    enqueue(sample_jobs.note, organization_id=organization_id, folder=tmp_path, word="x")
    make_stalled(attempts)
    assert unlock_stalled_jobs() == (status == "todo")
    assert statuses() == [("core.tests.sample_jobs.note", status)]


@pytest.mark.parametrize(
    ("status", "days", "left"),
    [("succeeded", 8, 0), ("succeeded", 6, 1), ("failed", 8, 1), ("todo", 8, 1)],
)
def test_what_succeeded_long_ago_is_forgotten(
    organization_id: UUID, tmp_path: Path, status: str, days: int, left: int
) -> None:
    enqueue(sample_jobs.note, organization_id=organization_id, folder=tmp_path, word="x")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
        cursor.execute("UPDATE procrastinate_jobs SET status = %s", [status])
        cursor.execute("UPDATE procrastinate_events SET at = now() - %s * interval '1 day'", [days])
    forget_finished_jobs()
    assert len(statuses()) == left


@pytest.fixture
def organization_id() -> UUID:
    return new_id()


def test_what_can_wait_never_stands_before_what_people_wait_for(
    organization_id: UUID,
    tmp_path: Path,
    start_worker: StartWorker,
    notes: Callable[[], list[str]],
) -> None:
    for _ in range(3):
        enqueue(sample_jobs.wait_later, organization_id=organization_id, folder=tmp_path)
    worker = start_worker("--concurrency", "1", "--later", "2", command=("worker",))
    wait_until(lambda: notes() == ["started", "started"])

    enqueue(sample_jobs.note, organization_id=organization_id, folder=tmp_path, word="prompt")

    wait_until(lambda: notes() == ["started", "started", "prompt"])
    (tmp_path / "go").touch()
    wait_until(lambda: notes().count("done") == 3)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(20) == 0


def test_a_jobs_log_lines_name_the_job_and_its_rows(
    organization_id: UUID, tmp_path: Path, start_worker: StartWorker
) -> None:
    enqueue(sample_jobs.log_a_line, organization_id=organization_id)
    start_worker()
    wait_until(lambda: [state for _, state in statuses()] == ["succeeded"])
    written = (tmp_path / "worker.log").read_text().splitlines()
    line = next(json.loads(line) for line in written if '"a_line"' in line)
    assert line["organization_id"] == str(organization_id)
    assert line["task"] == "core.tests.sample_jobs.log_a_line"
    assert isinstance(line["job"], int)
