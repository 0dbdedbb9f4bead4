from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "jobgate.core"

    def ready(self) -> None:
        from jobgate.core import checks  # noqa: F401 -- registers the system checks
