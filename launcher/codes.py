"""Every exit code of `./jobgate`, in one place. Read by old Pythons too: keep the grammar plain."""

OLDEST_PYTHON = (3, 11)

OK = 0
FAILED = 1
USAGE = 2
PYTHON_TOO_OLD = 10
NO_VENV = 11
NO_NETWORK = 12
DISK_FULL = 13
PORT_TAKEN = 14
ALREADY_RUNNING = 15
DATABASE_NEWER = 16
NO_POSTGRES = 17
POSTGRES_MAJOR = 18
POSTGRES_FAILED = 19
STEP_FAILED = 20
NOT_LOOPBACK = 21
BAD_TLS = 22
NO_BROWSER = 23
NOT_READY = 24
INTERRUPTED = 130

MEANING = {
    OK: "done, or stopped by Ctrl-C",
    FAILED: "a check or a test failed",
    USAGE: "the command line is wrong",
    PYTHON_TOO_OLD: "Python is older than %d.%d" % OLDEST_PYTHON,
    NO_VENV: "Python's venv or ensurepip module is missing",
    NO_NETWORK: "packages could not be downloaded",
    DISK_FULL: "not enough room on the disk",
    PORT_TAKEN: "the port is in use",
    ALREADY_RUNNING: "JOBGATE runs already on these data",
    DATABASE_NEWER: "the database has migrations that this code does not have",
    NO_POSTGRES: "no usable PostgreSQL was found",
    POSTGRES_MAJOR: "the data were made by another major version of PostgreSQL",
    POSTGRES_FAILED: "PostgreSQL did not start or refused",
    STEP_FAILED: "a step of the installation failed",
    NOT_LOOPBACK: "--demo was asked for on an address that others can reach",
    BAD_TLS: "the certificate or its key cannot be used",
    NO_BROWSER: "no Chromium could be had for the tests",
    NOT_READY: "the web process did not answer in time",
    INTERRUPTED: "stopped before it was done",
}
