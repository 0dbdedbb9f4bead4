"""Structured logs: one JSON object a line, with the request's id, and no personal data."""

import logging
from pathlib import Path
from typing import Any

import structlog
from structlog.typing import EventDict

SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def without_values(logger: Any, method: str, event: EventDict) -> EventDict:
    """Drop PostgreSQL's DETAIL lines from a trace: they quote what people wrote."""
    if trace := event.get("exception"):
        lines = str(trace).splitlines()
        event["exception"] = "\n".join(line for line in lines if not line.startswith("DETAIL:"))
    return event


def logging_config(*, level: str, folder: str, process: str) -> dict[str, Any]:
    """Return a dictConfig that writes to stderr, and to `folder`/`process`.log when given."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handlers: dict[str, Any] = {
        "stderr": {"class": "logging.StreamHandler", "formatter": "json"},
    }
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        handlers["file"] = {
            "class": "logging.handlers.RotatingFileHandler",
            "filename": str(Path(folder) / f"{process}.log"),
            "maxBytes": 10 * 1024 * 1024,
            "backupCount": 5,
            "formatter": "json",
        }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    # Django's and the libraries' own records bring their exceptions unformatted.
                    structlog.processors.format_exc_info,
                    without_values,
                    structlog.processors.JSONRenderer(),
                ],
            }
        },
        "handlers": handlers,
        "root": {"handlers": list(handlers), "level": logging.getLevelName(level)},
        "loggers": {
            "uvicorn.access": {"level": "WARNING"},
            "procrastinate": {"level": "WARNING"},
        },
    }
