"""Settings of the worker processes that test_jobs.py starts and kills."""

from jobgate.config.settings import *  # noqa: F403 -- the product's own, plus test jobs

PROCRASTINATE_IMPORT_PATHS = ["jobgate.core.tests.sample_jobs"]
PROCRASTINATE_WORKER_DEFAULTS = {"update_heartbeat_interval": 0.5, "stalled_worker_timeout": 2.0}
