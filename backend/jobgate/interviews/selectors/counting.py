"""Counts as subqueries, so that a page of a list costs one query whatever is counted."""

from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery
from django.db.models.functions import Coalesce


def counted(rows: QuerySet[Any, Any]) -> Coalesce:
    """Return the number of `rows`, which refer to the outer query, as a subquery."""
    number = rows.order_by().values("organization").annotate(n=Count("*")).values("n")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)
