"""Make what people type safe to show, to sort and to put in a message's header."""

import re
import unicodedata
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Overrides and isolates of direction can make a name read as another one.
_DIRECTION = dict.fromkeys(
    [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
)
_PHONE = re.compile(r"^\+?[0-9 ().\-/]{5,31}$")


def clean_line(value: str) -> str:
    """Return the text on one line, composed, without control or direction characters."""
    composed = unicodedata.normalize("NFC", value).translate(_DIRECTION)
    # Surrogates and control characters go; a newline or tab counts as a space.
    kept = "".join(
        " " if character.isspace() else character
        for character in composed
        if character.isspace() or unicodedata.category(character) not in {"Cc", "Cs", "Cn"}
    )
    return " ".join(kept.split())


def clean_text(value: str) -> str:
    """Return the text with its lines, without other control or direction characters."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = [
        "".join(
            character
            for character in unicodedata.normalize("NFC", line).translate(_DIRECTION)
            if character == "\t" or unicodedata.category(character) not in {"Cc", "Cs"}
        )
        for line in lines
    ]
    return "\n".join(kept).strip()


def validate_phone(value: str) -> None:
    if not _PHONE.match(value):
        raise ValidationError(_("Enter a phone number, such as +212 600 000 000."), code="invalid")


def validate_linkedin(value: str) -> None:
    """Accept an https address on linkedin.com and nothing else."""
    try:
        parts = urlsplit(value)
        host = (parts.hostname or "").lower()
    except ValueError as error:
        raise _not_linkedin() from error
    on_linkedin = host == "linkedin.com" or host.endswith(".linkedin.com")
    if parts.scheme != "https" or not on_linkedin or parts.username or parts.password:
        raise _not_linkedin()


def _not_linkedin() -> ValidationError:
    return ValidationError(
        _("Enter the https address of a LinkedIn profile."), code="linkedin_invalid"
    )
