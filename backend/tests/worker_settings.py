"""Settings of the worker processes that tests start and kill."""

from jobgate.config.settings import *  # noqa: F403 -- the product's own, plus test jobs

PROCRASTINATE_IMPORT_PATHS = [
    "jobgate.core.tests.sample_jobs",
    "jobgate.notifications.tests.sample_kind",
]
PROCRASTINATE_WORKER_DEFAULTS = {"update_heartbeat_interval": 0.5, "stalled_worker_timeout": 2.0}
TEMPLATES[0]["DIRS"] = [BACKEND / "jobgate" / "notifications" / "tests" / "templates"]  # noqa: F405
