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
    # The browsable API shows what is text only.
    render_style = "text"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None
    ) -> bytes:
        """Return `data` as UTF-8 JSON; empty for None."""
        if data is None:
            return b""
        option = orjson.OPT_NON_STR_KEYS
        if (renderer_context or {}).get("indent"):
            option |= orjson.OPT_INDENT_2
        return orjson.dumps(data, default=_plain, option=option)
