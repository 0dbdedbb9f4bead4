"""Filters of the lists."""

from typing import Any

import django_filters as filters  # type: ignore[import-untyped]  # no stubs
from django.db.models import QuerySet

from jobgate.interviews.models import ImportLine, InterviewSession, VideoCampaign
from jobgate.interviews.selectors import campaigns, library, sessions

Rows = QuerySet[Any]


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


class ImportFilter(filters.FilterSet):  # type: ignore[misc]
    campaign = filters.UUIDFilter(field_name="campaign_id")


class ImportLineFilter(filters.FilterSet):  # type: ignore[misc]
    state = filters.ChoiceFilter(choices=ImportLine.State.choices)
