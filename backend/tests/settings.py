"""Settings of the tests: the product's own, in an environment of their own.

pytest-django reads the settings before any conftest, so the environment is set here.
"""

import os

# The owner makes the test database; what the app's role may do has tests of its own.
os.environ.setdefault("JOBGATE_DB_ROLE", "owner")
os.environ.setdefault("JOBGATE_ENV", "test")
os.environ.setdefault("SECRET_KEY", "only-for-tests-0123456789-0123456789-0123456789-0123456789")
# Nothing of a test reaches a mailbox or the person's own data.
os.environ["NOTIFICATION_EMAIL_ENABLED"] = "false"
os.environ["JOBGATE_DEMO"] = "false"
os.environ["AWS_STORAGE_BUCKET_NAME"] = ""

from jobgate.config.settings import *  # noqa: F403 -- the environment comes first

# Slow on purpose elsewhere; here it would only make every sign-in slow.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
