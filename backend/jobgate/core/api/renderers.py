"""JSON by orjson."""

from typing import Any

import orjson
from rest_framework.renderers import BaseRenderer


def _plain(value: object) -> str:
    return str(value)


class OrjsonRenderer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None
    render_style = "binary"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None
    ) -> bytes:
        """Return `data` as UTF-8 JSON; empty for None."""
        if data is None:
            return b""
        return orjson.dumps(data, default=_plain, option=orjson.OPT_NON_STR_KEYS)
