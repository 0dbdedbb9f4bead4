"""What must be true when a run is over: the bytes, the rows, the files, each once."""

import hashlib
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.faults.rig import Rig
from bench.faults.runs import Run

Row = dict[str, Any]

ONE = """
SELECT r.id, r.organization_id, r.state, r.sha256, r.claimed_sha256, r.byte_length, r.reason,
       r.derivative, r.poster, r.storyboard, r.replaced, s.status, s.id AS session, c.email,
       (SELECT array_agg(t.state ORDER BY t.id) FROM e2e_transitions t WHERE t.recording_id = r.id)
         AS states,
       (SELECT count(*) FROM interviews_videoresponse v WHERE v.session_id = s.id) AS responses,
       (SELECT count(*) FROM interviews_take o WHERE o.session_id = s.id) AS takes,
       (SELECT max(j.attempts) FROM procrastinate_jobs j
         WHERE j.args->>'recording_id' = r.id::text) AS attempts
  FROM interviews_candidate c
  JOIN interviews_interviewsession s ON s.candidate_id = c.id
  LEFT JOIN interviews_take k ON k.session_id = s.id
  LEFT JOIN media_recording r ON r.id = k.recording_id
 WHERE c.email = %s
"""
# Left work is looked for once a minute, by processes that may have died a moment ago.
TIDY_WITHIN = 100.0
JOBS_WITHIN = 200.0


def judge(rig: Rig, runs: Sequence[Run]) -> None:
    """Give each run its verdict; `why` says what is wrong."""
    wait_for_jobs(rig)
    wait_until_tidy(rig)
    for run in runs:
        if run.why:
            continue
        problems = list(look(rig, run))
        run.why = "; ".join(problems)
        run.ok = not problems
    strays = stray_files(rig)
    if strays and runs:
        runs[-1].ok, runs[-1].why = False, f"files without a row: {strays}"


def email_of(run: Run) -> str:
    return f"{run.fault}-{run.seed}-{run.number}@example.test"


def look(rig: Rig, run: Run) -> list[str]:
    """Return what is wrong with one run's rows and files."""
    found = rig.eyes.rows(ONE, email_of(run))
    if len(found) != 1 or found[0]["id"] is None:
        return [f"{len(found)} recordings"]
    [row] = found
    run.notes["attempts"] = row["attempts"] or 0
    folder = folder_of(rig, row)
    wanted = {
        "state": (row["state"], "ready"),
        "states": (row["states"], ["received", "verified", "ready"]),
        "responses": (row["responses"], 1),
        "takes": (row["takes"], 1),
        "status": (row["status"].replace("in_progress", "expired"), run.ends_as),
        "sha256 in the row": (row["sha256"], run.sha256),
        "bytes in the row": (row["byte_length"], run.bytes),
        "sha256 of the file": (digest(folder / "original"), run.sha256),
        "files": (files_of(folder), expected_files(row)),
    }
    return [
        f"{what}: {is_} not {should}" for what, (is_, should) in wanted.items() if is_ != should
    ]


def folder_of(rig: Rig, row: Row) -> Path:
    return rig.product.media / "recordings" / str(row["organization_id"]) / str(row["id"])


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else "no file"


def files_of(folder: Path) -> list[str]:
    """Return the names in a recording's folder, but for the mark of who wants its lock."""
    return sorted(file.name for file in folder.glob("*") if file.name != "upload.wanted")


def expected_files(row: Row) -> list[str]:
    columns = ("derivative", "poster", "storyboard", "replaced")
    named = [Path(row[column]).name for column in columns if row[column]]
    return sorted(["original", "upload.json", *named])


def leftovers(rig: Rig) -> list[Path]:
    """Return the folders of work that is not, or no longer, under way."""
    every = (rig.product.media / "recordings").glob("*/*/*")
    return [one for one in every if one.is_dir()]


def wait_until_tidy(rig: Rig) -> None:
    """Give what repairs by itself the time to do so; what is left then counts as a failure."""
    begun = time.monotonic()
    while leftovers(rig) and time.monotonic() - begun < TIDY_WITHIN:
        time.sleep(1)


def stray_files(rig: Rig) -> list[str]:
    """Return the folders that no row knows."""
    known = {str(row["id"]) for row in rig.eyes.rows("SELECT id FROM media_recording")}
    folders = (rig.product.media / "recordings").glob("*/*")
    return [folder.name for folder in folders if folder.name not in known]


def wait_for_jobs(rig: Rig) -> None:
    """Let what the runs have enqueued be done; what hangs shows in what is compared next."""
    query = (
        "SELECT count(*) AS n FROM procrastinate_jobs WHERE status IN ('todo', 'doing') "
        "AND args ? 'organization_id'"
    )
    begun = time.monotonic()
    while rig.eyes.rows(query)[0]["n"] and time.monotonic() - begun < JOBS_WITHIN:
        time.sleep(0.5)
