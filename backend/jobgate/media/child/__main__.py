"""Read one request as JSON from stdin, do one job, write one result as JSON to stdout."""

import errno
import json
import os
import sys
import traceback
from dataclasses import replace
from typing import Any

from jobgate.media.child.outcomes import Outcome, Refused
from jobgate.media.child.sandbox import Limits, enter


def main() -> None:
    request = json.load(sys.stdin)
    answer = private_stdout()
    limits = replace(Limits(), **request.pop("limits", {}))
    isolated = enter(limits)
    result = outcome_of(request, limits)
    os.write(answer, json.dumps({**result, "isolated": isolated}).encode())


def private_stdout() -> int:
    """Keep stdout for the answer: whatever a library prints goes to stderr."""
    answer = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answer


def outcome_of(request: dict[str, Any], limits: Limits) -> dict[str, Any]:
    # Imported after the limits hold, so that loading the libraries is limited too.
    from jobgate.media.child import jobs

    try:
        return {"outcome": Outcome.OK, **jobs.run(request, limits)}
    except Refused as refused:
        return {"outcome": refused.outcome, "detail": refused.detail}
    except MemoryError:
        return {"outcome": Outcome.MEMORY_LIMIT, "detail": ""}
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
        outcome = Outcome.DISK_FULL if full else Outcome.CRASHED
        return {"outcome": outcome, "detail": error.strerror or ""}
    except Exception as error:  # noqa: BLE001 - the edge of a process: the parent must be told
        place = traceback.extract_tb(error.__traceback__)[-1]
        detail = f"{type(error).__name__} in {place.name}, line {place.lineno}"
        return {"outcome": Outcome.CRASHED, "detail": detail}


if __name__ == "__main__":
    main()
