"""The least that migrations need."""

import os
from pathlib import Path


def secret(name: str) -> str:
    file = os.environ.get(f"{name}_FILE")
    return Path(file).read_text() if file else os.environ.get(name, "")


OWNER = os.environ.get("JOBGATE_DB_ROLE") == "owner"
DB_APP_USER = os.environ.get("DB_USER", "jobgate_app")
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("DB_NAME", "jobgate"),
        "HOST": os.environ["DB_HOST"],
        "PORT": os.environ.get("DB_PORT", "5432"),
        "USER": os.environ.get("DB_OWNER_USER", DB_APP_USER) if OWNER else DB_APP_USER,
        "PASSWORD": secret("DB_OWNER_PASSWORD" if OWNER else "DB_PASSWORD"),
    }
}
SECRET_KEY = secret("SECRET_KEY")
INSTALLED_APPS = ["jobgate.shop"]
USE_TZ = True
