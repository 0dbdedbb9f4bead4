"""What an operator of the installation sees at /admin/: every organisation's, to read only."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from jobgate.core.tenancy import all_tenants
from jobgate.interviews.models import (
    Candidate,
    HiringManager,
    InterviewSession,
    SessionLog,
    VideoCampaign,
    VideoResponse,
)


class OperatorAdmin(admin.ModelAdmin[Any]):
    """Shows rows of all organisations and changes none: that is for their members."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return self.rendered(super().changelist_view, request, extra_context)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return self.rendered(super().changeform_view, request, *args, **kwargs)

    def rendered(self, view: Callable[..., HttpResponse], *args: Any, **kwargs: Any) -> Any:
        """Return the view's answer, rendered while every organisation's rows can be read."""
        with all_tenants("an operator of the installation looks something up"):
            response = view(*args, **kwargs)
            return response.render() if isinstance(response, TemplateResponse) else response


@admin.register(VideoCampaign)
class VideoCampaignAdmin(OperatorAdmin):
    list_display = ["title", "organization", "status", "starts_at", "ends_at"]
    list_filter = ["status"]
    search_fields = ["title", "job_title"]
    list_select_related = ["organization"]


@admin.register(InterviewSession)
class InterviewSessionAdmin(OperatorAdmin):
    list_display = ["id", "organization", "status", "created_at", "expires_at"]
    list_filter = ["status"]
    list_select_related = ["organization"]
    exclude = ["token_digest"]


@admin.register(VideoResponse)
class VideoResponseAdmin(OperatorAdmin):
    list_display = ["id", "organization", "kind", "late", "submitted_at"]
    list_select_related = ["organization"]


@admin.register(Candidate)
class CandidateAdmin(OperatorAdmin):
    list_display = ["first_name", "last_name", "email", "organization", "created_at"]
    search_fields = ["first_name", "last_name", "email"]
    list_select_related = ["organization"]


@admin.register(HiringManager)
class HiringManagerAdmin(OperatorAdmin):
    list_display = ["user", "organization", "job_title", "department"]
    list_select_related = ["user", "organization"]


@admin.register(SessionLog)
class SessionLogAdmin(OperatorAdmin):
    list_display = ["at", "organization", "source", "kind", "session_id"]
    list_filter = ["source"]
    list_select_related = ["organization"]
