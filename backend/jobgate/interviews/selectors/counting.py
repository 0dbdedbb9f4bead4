"""Counts as subqueries, so that a page of a list costs one query whatever is counted."""

from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery
from django.db.models.functions import Coalesce

from jobgate.interviews.models import Take, VideoResponse


def standing(answers: QuerySet[VideoResponse]) -> QuerySet[VideoResponse]:
    """Return the answers that were given, without those that are to be given again."""
    given = answers.exclude(kind=VideoResponse.Kind.SKIPPED).filter(reopened_at__isnull=True)
    return given.exclude(take__state=Take.State.GIVEN_BACK)


def counted(rows: QuerySet[Any, Any]) -> Coalesce:
    """Return the number of `rows`, which refer to the outer query, as a subquery."""
    number = rows.order_by().values("organization").annotate(n=Count("*")).values("n")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)
