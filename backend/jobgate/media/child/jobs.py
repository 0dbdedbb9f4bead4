"""The jobs of the program."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import av

from jobgate.media.child import extras, pictures, remux
from jobgate.media.child.portable import Portable
from jobgate.media.child.probe import Media, probe
from jobgate.media.child.sandbox import Limits

av.logging.set_level(av.logging.PANIC)

Job = Callable[[dict[str, Any], Limits], dict[str, Any]]


def run(request: dict[str, Any], limits: Limits) -> dict[str, Any]:
    """Do the job that the request names."""
    return JOBS[request["job"]](request, limits)


def probe_job(request: dict[str, Any], limits: Limits) -> dict[str, Any]:
    return probe(Path(request["source"]), limits).summary()


def prepare_job(request: dict[str, Any], limits: Limits) -> dict[str, Any]:
    """Copy to a seekable file, check the copy and make its poster if one is wanted."""
    source, target = Path(request["source"]), Path(request["target"])
    copied = remux.remux(source, target, limits, remux.AsItIs())
    facts = {**copied.summary(), "has_poster": False}
    if copied.video_codec is not None and "poster" in request:
        facts |= poster(target, Path(request["poster"]), copied, limits)
    return facts


def poster(source: Path, target: Path, media: Media, limits: Limits) -> dict[str, Any]:
    """Make the poster, and say what only a decoded picture tells: which way is up."""
    picture = pictures.first_picture(source, media.keyframes, limits)
    if picture is None:
        return {}
    target.write_bytes(pictures.thumbnail(picture, pictures.POSTER_WIDTH))
    return {"has_poster": True, "width": picture.width, "height": picture.height}


def portable_job(request: dict[str, Any], limits: Limits) -> dict[str, Any]:
    """Make a copy that plays in every browser, unless the file does so already."""
    source, target = Path(request["source"]), Path(request["target"])
    found = probe(source, limits)
    if found.plays_everywhere:
        return {**found.summary(), "made": False}
    copied = remux.remux(source, target, limits, Portable(source, found, limits))
    return {**copied.summary(), "made": True}


def extras_job(request: dict[str, Any], limits: Limits) -> dict[str, Any]:
    """Make the storyboard, and measure the sound."""
    return extras.extras(Path(request["source"]), Path(request["storyboard"]), limits)


JOBS: dict[str, Job] = {
    "probe": probe_job,
    "prepare": prepare_job,
    "portable": portable_job,
    "extras": extras_job,
}
