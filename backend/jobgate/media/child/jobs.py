"""The jobs of the program."""

from pathlib import Path
from typing import Any

import av

from jobgate.media.child import poster, remux
from jobgate.media.child.probe import probe
from jobgate.media.child.sandbox import Limits

av.logging.set_level(av.logging.PANIC)


def run(request: dict[str, Any], limits: Limits) -> dict[str, Any]:
    """Do the job that the request names."""
    job = JOBS[request["job"]]
    return job(request, limits)


def probe_job(request: dict[str, Any], limits: Limits) -> dict[str, Any]:
    return probe(Path(request["source"]), limits).summary()


def prepare_job(request: dict[str, Any], limits: Limits) -> dict[str, Any]:
    """Probe, copy to a seekable file, check the copy and make its poster, in one process."""
    source, target = Path(request["source"]), Path(request["target"])
    media = probe(source, limits)
    copied = remux.remux(source, target, media, limits)
    if copied.video_codec is not None:
        poster.poster(target, Path(request["poster"]), copied.keyframes, limits)
    return {**copied.summary(), "frame_rate": media.frame_rate}


JOBS = {"probe": probe_job, "prepare": prepare_job}
