from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "jobgate.interviews"

    def ready(self) -> None:
        from jobgate.interviews import registrations  # noqa: F401 -- kinds, players, subscribers
