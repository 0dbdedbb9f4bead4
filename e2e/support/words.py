"""The texts of the screens, read from the product's own catalogues."""

import json
import re
from functools import lru_cache
from typing import Any, Literal

from support.layout import FRONTEND

Language = Literal["fr", "en", "ar"]
CATALOGUES = ("common", "candidate", "recruiter")
ISOLATES = "[\u2066-\u2069]?"


@lru_cache
def catalogue(language: Language) -> dict[str, Any]:
    """Return every message of one language."""
    folder = FRONTEND / "src" / "locales" / language
    messages: dict[str, Any] = {}
    for name in CATALOGUES:
        messages |= json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return messages


def t(key: str, language: Language = "fr", **values: str | int) -> str:
    """Return a message with its values filled in."""
    message = catalogue(language)[key]
    assert isinstance(message, str), f"{key} has plural forms: use like()"
    return re.sub(r"\{(\w+)\}", lambda found: str(values[found[1]]), message)


def like(key: str, language: Language = "fr", **values: str | int) -> re.Pattern[str]:
    """Return a pattern for a message: any of its plural forms, any value where none is given."""
    message = catalogue(language)[key]
    forms = [message] if isinstance(message, str) else list(message.values())
    return re.compile("|".join(f"^{_pattern(form, values)}$" for form in forms))


def _pattern(form: str, values: dict[str, str | int]) -> str:
    pieces = re.split(r"\{(\w+)\}", form)
    return "".join(
        f"{ISOLATES}{re.escape(str(values[piece])) if piece in values else '.+?'}{ISOLATES}"
        if index % 2
        else re.escape(piece)
        for index, piece in enumerate(pieces)
    )
