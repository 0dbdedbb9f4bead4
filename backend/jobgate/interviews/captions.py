"""Captions as people write them, WebVTT or SubRip, made into plain WebVTT."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jobgate.interviews.text import clean_text

_TIME = r"(?:(\d{2,3}):)?([0-5]\d):([0-5]\d)[.,](\d{3})"
_TIMING = re.compile(rf"^\s*{_TIME}\s+-->\s+{_TIME}(?:\s.*)?$", re.ASCII)


def to_webvtt(text: str) -> str:
    """Return the cues alone, in their order; empty for an empty text.

    Styles, notes, names of cues and their places on the screen are left out: a page shows the
    words, and nothing of what an uploaded file would have it do.

    Raises:
        ValidationError: no cue in it, or one that ends before it begins.
    """
    cleaned = clean_text(text)
    if not cleaned:
        return ""
    cues = [cue for block in re.split(r"\n\s*\n", cleaned) if (cue := _cue(block))]
    if not cues:
        raise ValidationError(_("These are no captions: use a WebVTT or SubRip file."), "invalid")
    return "\n\n".join(["WEBVTT", *cues]) + "\n"


def _cue(block: str) -> str:
    """Return the cue of a block, empty if it is none."""
    lines = block.split("\n")
    for index, line in enumerate(lines[:2]):
        if found := _TIMING.match(line):
            words = "\n".join(lines[index + 1 :]).strip()
            return f"{_timing(found.groups())}\n{words}" if words else ""
    return ""


def _timing(parts: tuple[str | None, ...]) -> str:
    start, end = _stamp(parts[:4]), _stamp(parts[4:])
    if end <= start:
        message = _("The captions at %(time)s end before they begin.") % {"time": start}
        raise ValidationError(message, "invalid")
    return f"{start} --> {end}"


def _stamp(parts: tuple[str | None, ...]) -> str:
    """Return hours, minutes, seconds and thousandths, so that stamps sort as their times do."""
    hours, minutes, seconds, thousandths = parts
    return f"{int(hours or 0):03}:{minutes}:{seconds}.{thousandths}"
