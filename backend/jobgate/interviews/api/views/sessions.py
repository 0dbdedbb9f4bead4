"""Sessions and their log."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from jobgate.accounts.api.permissions import MANAGERS
from jobgate.interviews import access
from jobgate.interviews.api import filters
from jobgate.interviews.api.serializers.invitations import LinkSerializer
from jobgate.interviews.api.serializers.sessions import (
    AccommodationSerializer,
    LogEntrySerializer,
    ReopenSerializer,
    SessionDetailSerializer,
    SessionSerializer,
)
from jobgate.interviews.api.views.base import ID, MemberViewSet, Rows, ordering
from jobgate.interviews.links import link
from jobgate.interviews.models import (
    InterviewSession,
    SessionLog,
)
from jobgate.interviews.selectors import responses as response_rows
from jobgate.interviews.selectors import sessions as session_rows
from jobgate.interviews.services import accommodating, reopening


@extend_schema_view(
    list=extend_schema(
        responses=SessionSerializer(many=True),
        parameters=[ordering("created_at", "completed_at", "expires_at", "status", "candidate")],
    )
)
class SessionViewSet(MemberViewSet):
    """Candidates' sessions."""

    model = InterviewSession
    serializer_class = SessionSerializer
    filterset_class = filters.SessionFilter
    roles: ClassVar = {"link": MANAGERS, "accommodation": MANAGERS}
    orderings: ClassVar = {
        "created_at": "created_at",
        "completed_at": "completed_order",
        "expires_at": "expires_at",
        "status": "status",
        "candidate": "candidate__last_name",
    }

    def visible(self) -> Rows:
        return access.visible_sessions()

    def list(self, request: Request) -> Response:
        """List sessions, newest first."""
        return self.page(
            lambda rows: session_rows.rows(rows, self.member.id),
            lambda rows: map(session_rows.shape, rows),
        )

    @extend_schema(parameters=[ID], responses=SessionDetailSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Return a session with its answers and its timeline."""
        return self.whole(UUID(pk))

    def whole(self, session_id: UUID) -> Response:
        session = access.session(session_id)
        row = session_rows.rows(self.visible().filter(pk=session.pk), self.member.id).get()
        answers = access.visible_responses().filter(session=session)
        found = response_rows.with_all(answers, self.member.id).order_by("position")  # type: ignore[misc]  # an annotation
        return Response(
            {
                **session_rows.shape(row),
                "language": session.language,
                "question_to_team": session.question_to_team,
                "responses": [response_rows.shape(answer, self.member) for answer in found],
                "timeline": session_rows.timeline(session.id, self.member.id),
            }
        )

    @extend_schema(parameters=[ID], responses=LinkSerializer)
    @action(detail=True, pagination_class=None, filterset_class=None)
    def link(self, request: Request, pk: str) -> Response:
        """Return the candidate's link."""
        session = access.session(UUID(pk))
        return Response({"link": link(session.id, session.generation)})

    @extend_schema(
        parameters=[ID], request=ReopenSerializer, responses={200: SessionDetailSerializer}
    )
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        """Let one question be answered again; the answer it has is kept."""
        body = ReopenSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        question = body.validated_data["question"]
        reopening.reopen_question(UUID(pk), question, actor_id=self.member.id)
        return self.whole(UUID(pk))

    @extend_schema(parameters=[ID], responses=AccommodationSerializer)
    @action(detail=True, pagination_class=None, filterset_class=None)
    def accommodation(self, request: Request, pk: str) -> Response:
        """Return what the candidate is granted beyond the campaign's rules."""
        return Response(accommodating.of_session(access.session(UUID(pk)).id))

    @extend_schema(
        parameters=[ID], request=AccommodationSerializer, responses=AccommodationSerializer
    )
    @accommodation.mapping.put
    def accommodate(self, request: Request, pk: str) -> Response:
        """Grant more time, more takes or another way to answer, before or during the interview."""
        body = AccommodationSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        granted = accommodating.grant(UUID(pk), actor_id=self.member.id, **body.validated_data)
        return Response(granted)


@extend_schema_view(
    list=extend_schema(
        responses=LogEntrySerializer(many=True), parameters=[ordering("created_at", "at")]
    )
)
class LogViewSet(MemberViewSet):
    """The technical log of sessions."""

    model = SessionLog
    serializer_class = LogEntrySerializer
    filterset_class = filters.LogFilter
    roles: ClassVar = {"list": MANAGERS}
    orderings: ClassVar = {"created_at": "created_at", "at": "at"}

    def visible(self) -> Rows:
        return access.visible_logs()

    def list(self, request: Request) -> Response:
        """List log entries, newest first."""
        return self.page(session_rows.log_rows, lambda rows: map(_without_order, rows))


def _without_order(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "created_at"}
