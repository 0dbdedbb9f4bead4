"""Lists are paged by cursor: as quick on page 4,000 as on the first."""

from typing import Any

from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.views import APIView

from jobgate.core.errors import Invalid


class CursorPages(CursorPagination):
    """Page by cursor in the order that `?ordering=` names among the view's `orderings`.

    `orderings` maps a public name to a non-null column; "-" before the name reverses it.
    """

    page_size = 25
    max_page_size = 100
    page_size_query_param = "page_size"
    ordering = ("-created_at", "-id")
    cursor_query_description = "Where the page begins: from `next` or `previous`."
    page_size_query_description = "Rows of a page, 25 by default, 100 at most."

    def get_ordering(self, request: Request, queryset: Any, view: APIView) -> tuple[str, ...]:
        named = request.query_params.get("ordering", "") or getattr(view, "default_ordering", "")
        if not named:
            return self.ordering
        sign, name = ("-", named[1:]) if named.startswith("-") else ("", named)
        columns: dict[str, str] = getattr(view, "orderings", {})
        if name not in columns:
            allowed = ", ".join(sorted(columns))
            raise Invalid(fields={"ordering": [{"code": "unknown", "detail": allowed}]})
        return (f"{sign}{columns[name]}", f"{sign}id")
