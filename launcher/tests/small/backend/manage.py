"""Stand-in for the product's manage.py: a worker that waits, a demo that prints."""

import os
import signal
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobgate.config.settings")

if sys.argv[1] == "worker":
    signal.pause()
elif sys.argv[1] == "demo":
    print("demo login:", os.environ["JOBGATE_DEMO"], os.environ["PUBLIC_URL"])
else:
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
