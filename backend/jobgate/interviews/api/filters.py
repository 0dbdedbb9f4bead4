"""Filters of the lists."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import django_filters as filters  # type: ignore[import-untyped]  # no stubs
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django_filters.fields import IsoDateTimeField  # type: ignore[import-untyped]

from jobgate.interviews.models import (
    ImportLine,
    InterviewSession,
    SessionLog,
    VideoCampaign,
)
from jobgate.interviews.selectors import campaigns, library, sessions, statistics

Rows = QuerySet[Any]
DEVICES = [(kind, kind) for kind in statistics.DEVICES]


class CodesFilter(filters.BaseInFilter, filters.CharFilter):  # type: ignore[misc]
    """Any of the codes given."""


class MomentField(IsoDateTimeField):  # type: ignore[misc]
    """A moment, in UTC: Python knows offsets that PostgreSQL refuses."""

    def to_python(self, value: Any) -> datetime | None:
        found: datetime | None = super().to_python(value)
        try:
            return found.astimezone(UTC) if found else None
        except (OverflowError, ValueError) as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class MomentFilter(filters.IsoDateTimeFilter):  # type: ignore[misc]
    field_class = MomentField


class CampaignFilter(filters.FilterSet):  # type: ignore[misc]
    status = filters.ChoiceFilter(choices=VideoCampaign.Status.choices)
    search = filters.CharFilter(method="find", help_text="In titles.")

    def find(self, rows: Rows, name: str, value: str) -> Rows:
        return campaigns.search(rows, value)


class BankFilter(filters.FilterSet):  # type: ignore[misc]
    search = filters.CharFilter(method="find", help_text="In texts.")
    category = filters.CharFilter()

    def find(self, rows: Rows, name: str, value: str) -> Rows:
        return library.search_bank(rows, value)


class SessionFilter(filters.FilterSet):  # type: ignore[misc]
    campaign = filters.UUIDFilter(field_name="campaign_id")
    status = filters.ChoiceFilter(choices=InterviewSession.Status.choices)
    search = filters.CharFilter(method="find", help_text="In names and e-mails of candidates.")
    to_review = filters.BooleanFilter(
        method="waiting", help_text="With answers that you have not scored."
    )
    late = filters.BooleanFilter(help_text="With an answer that came late.")
    trouble = filters.BooleanFilter(help_text="With an attempt that a technical fault spoilt.")
    device = filters.ChoiceFilter(
        field_name="device__kind", choices=DEVICES, help_text="Last taken on."
    )
    score_min = filters.NumberFilter(
        method="scored", min_value=1, max_value=10, help_text="Mean of your own scores."
    )
    score_max = filters.NumberFilter(method="scored", min_value=1, max_value=10)
    invited_from = MomentFilter(field_name="created_at", lookup_expr="gte")
    invited_until = MomentFilter(
        field_name="created_at", lookup_expr="lt", help_text="Not included."
    )
    completed_from = MomentFilter(field_name="completed_at", lookup_expr="gte")
    completed_until = MomentFilter(
        field_name="completed_at", lookup_expr="lt", help_text="Not included."
    )

    def scored(self, rows: Rows, name: str, value: Decimal) -> Rows:
        bound = {"score_min": "mean__gte", "score_max": "mean__lte"}[name]
        return sessions.with_own_score(rows, self.request.user.pk, {bound: value})

    def find(self, rows: Rows, name: str, value: str) -> Rows:
        return sessions.search(rows, value)

    def waiting(self, rows: Rows, name: str, value: bool) -> Rows:
        waiting = sessions.waiting_for(rows, self.request.user.pk)
        return waiting if value else rows.exclude(pk__in=waiting.values("pk"))


class ResponseFilter(filters.FilterSet):  # type: ignore[misc]
    session = filters.UUIDFilter(field_name="session_id")
    campaign = filters.UUIDFilter(field_name="session__campaign_id")
    question = filters.UUIDFilter(field_name="question_id")


class CandidateFilter(filters.FilterSet):  # type: ignore[misc]
    search = filters.CharFilter(method="find", help_text="In names and e-mails.")

    def find(self, rows: Rows, name: str, value: str) -> Rows:
        return sessions.search_candidates(rows, value)


class LogFilter(filters.FilterSet):  # type: ignore[misc]
    session = filters.UUIDFilter(field_name="session_id")
    campaign = filters.UUIDFilter(field_name="session__campaign_id")
    kind = CodesFilter(
        field_name="kind", lookup_expr="in", help_text="One, or several with commas."
    )
    source = filters.ChoiceFilter(choices=SessionLog.Source.choices)
    at_from = MomentFilter(field_name="at", lookup_expr="gte")
    at_until = MomentFilter(field_name="at", lookup_expr="lt", help_text="Not included.")


class ImportFilter(filters.FilterSet):  # type: ignore[misc]
    campaign = filters.UUIDFilter(field_name="campaign_id")


class ImportLineFilter(filters.FilterSet):  # type: ignore[misc]
    state = filters.ChoiceFilter(choices=ImportLine.State.choices)
