"""What recruiters and reviewers ask for."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, cast
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from jobgate.accounts.api.permissions import EVERY_ROLE, MANAGERS, RolePermission
from jobgate.accounts.models import User
from jobgate.core import ids
from jobgate.core.tenancy import TenantModel
from jobgate.interviews import access
from jobgate.interviews.api import filters, serializers
from jobgate.interviews.links import link
from jobgate.interviews.models import (
    Candidate,
    HiringManager,
    InterviewSession,
    SessionLog,
    VideoCampaign,
    VideoResponse,
)
from jobgate.interviews.selectors import campaigns as campaign_rows
from jobgate.interviews.selectors import responses as response_rows
from jobgate.interviews.selectors import sessions as session_rows
from jobgate.interviews.selectors import statistics
from jobgate.interviews.services import campaigns, evaluation, invitations, profiles

ID = OpenApiParameter("id", UUID, OpenApiParameter.PATH)
Rows = QuerySet[Any, Any]


def ordering(*names: str) -> OpenApiParameter:
    """Return the parameter's description for a list with these orderings."""
    both = [sign + name for name in names for sign in ("", "-")]
    return OpenApiParameter("ordering", str, enum=both)


class MemberViewSet(viewsets.GenericViewSet[Any]):
    """Base of the views for members of an organisation."""

    permission_classes = [RolePermission]
    lookup_value_regex = ids.PATTERN
    roles: ClassVar[Mapping[str, frozenset[str]]] = {}
    orderings: ClassVar[Mapping[str, str]] = {}
    model: ClassVar[type[TenantModel]]

    @property
    def member(self) -> User:
        return cast("User", self.request.user)

    def visible(self) -> Rows:
        raise NotImplementedError

    def get_queryset(self) -> Rows:
        if getattr(self, "swagger_fake_view", False):
            # The schema is made outside any tenant.
            return self.model.objects.none()
        return self.visible()

    def page(
        self, rows: Callable[[Rows], Any], shape: Callable[[Any], Iterable[Any]] = list
    ) -> Response:
        """Answer one page of the filtered rows."""
        found = self.paginate_queryset(rows(self.filter_queryset(self.get_queryset())))
        return self.get_paginated_response(list(shape(found or [])))


@extend_schema_view(
    list=extend_schema(responses=serializers.HiringManagerSerializer(many=True)),
)
class HiringManagerViewSet(MemberViewSet):
    """One's own profile."""

    model = HiringManager
    roles: ClassVar = {"update": EVERY_ROLE}
    serializer_class = serializers.HiringManagerSerializer

    def visible(self) -> Rows:
        return access.visible_profiles(self.member.id).select_related("user")

    def list(self, request: Request) -> Response:
        """Return one's own profile, as a list of one."""
        profiles.own_profile(self.member)
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(self.get_serializer(found, many=True).data)

    @extend_schema(parameters=[ID])
    def retrieve(self, request: Request, pk: str) -> Response:
        """Return one's own profile; another's does not exist here."""
        profile = access.one(access.visible_profiles(self.member.id), UUID(pk))
        return Response(self.get_serializer(profile).data)

    @extend_schema(parameters=[ID], request=serializers.HiringManagerWriteSerializer)
    def update(self, request: Request, pk: str) -> Response:
        """Replace one's own profile."""
        body = serializers.HiringManagerWriteSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        profile = profiles.update_profile(UUID(pk), user=self.member, data=body.validated_data)
        return Response(self.get_serializer(profile).data)


@extend_schema_view(
    list=extend_schema(
        responses=serializers.CampaignListSerializer(many=True),
        parameters=[ordering("created_at", "title", "ends_at")],
    )
)
class CampaignViewSet(MemberViewSet):
    """Interview campaigns."""

    model = VideoCampaign
    roles: ClassVar = {"statistics": EVERY_ROLE}
    serializer_class = serializers.CampaignSerializer
    filterset_class = filters.CampaignFilter
    orderings: ClassVar = {"created_at": "created_at", "title": "title", "ends_at": "ends_at"}

    def visible(self) -> Rows:
        return access.visible_campaigns()

    def answer(self, campaign: Any, code: int = status.HTTP_200_OK) -> Response:
        return Response(campaign_rows.detail(campaign, self.member.id), status=code)

    def list(self, request: Request) -> Response:
        """List campaigns, newest first."""
        return self.page(
            campaign_rows.rows, lambda rows: campaign_rows.with_counts(rows, self.member.id)
        )

    @extend_schema(parameters=[ID])
    def retrieve(self, request: Request, pk: str) -> Response:
        """Return a campaign with its questions."""
        return self.answer(access.campaign(UUID(pk)))

    @extend_schema(request=serializers.CampaignWriteSerializer)
    def create(self, request: Request) -> Response:
        """Make a draft."""
        body = serializers.CampaignWriteSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        campaign = campaigns.create_campaign(body.validated_data, actor_id=self.member.id)
        return self.answer(campaign, status.HTTP_201_CREATED)

    @extend_schema(parameters=[ID], request=serializers.CampaignWriteSerializer)
    def update(self, request: Request, pk: str) -> Response:
        """Replace a campaign; what matters to candidates makes a version once one started."""
        body = serializers.CampaignWriteSerializer(access.campaign(UUID(pk)), data=request.data)
        body.is_valid(raise_exception=True)
        return self.answer(
            campaigns.update_campaign(UUID(pk), body.validated_data, actor_id=self.member.id)
        )

    @extend_schema(parameters=[ID], responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Remove a campaign to which nobody was invited."""
        campaigns.delete_campaign(UUID(pk), actor_id=self.member.id)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(parameters=[ID], request=None, responses={200: serializers.CampaignSerializer})
    @action(detail=True, methods=["post"])
    def open(self, request: Request, pk: str) -> Response:
        """Let candidates in."""
        return self.answer(campaigns.open_campaign(UUID(pk), actor_id=self.member.id))

    @extend_schema(parameters=[ID], request=None, responses={200: serializers.CampaignSerializer})
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        """Let nobody else in; who has started may finish."""
        return self.answer(campaigns.close_campaign(UUID(pk), actor_id=self.member.id))

    @extend_schema(parameters=[ID], request=None, responses={200: serializers.CampaignSerializer})
    @action(detail=True, methods=["post"])
    def archive(self, request: Request, pk: str) -> Response:
        """Put the campaign away for good."""
        return self.answer(campaigns.archive_campaign(UUID(pk), actor_id=self.member.id))

    @extend_schema(
        parameters=[ID],
        request=serializers.InviteSerializer,
        responses={201: serializers.InvitationsSerializer},
    )
    @action(detail=True, methods=["post"])
    def invite_candidates(self, request: Request, pk: str) -> Response:
        """Invite up to 500 people; each gets a link, shown here and sent by e-mail."""
        body = serializers.InviteSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        result = invitations.invite_candidates(
            UUID(pk), body.validated_data["candidates"], actor_id=self.member.id
        )
        return Response(
            {
                "invited": [_invited(session) for session in result.invited],
                "skipped": [vars(skipped) for skipped in result.skipped],
            },
            status=status.HTTP_201_CREATED,
        )

    @extend_schema(parameters=[ID], responses=serializers.StatisticsSerializer)
    @action(detail=True, pagination_class=None, filterset_class=None)
    def statistics(self, request: Request, pk: str) -> Response:
        """Return the campaign's figures."""
        return Response(statistics.statistics(UUID(pk), self.member.id))


def _invited(session: InterviewSession) -> dict[str, Any]:
    candidate = session.candidate
    return {
        "session_id": session.id,
        "candidate": {
            "id": candidate.id,
            "first_name": candidate.first_name,
            "last_name": candidate.last_name,
            "email": candidate.email,
        },
        "link": link(session.id, session.generation),
        "expires_at": session.expires_at,
    }


@extend_schema_view(
    list=extend_schema(
        responses=serializers.SessionSerializer(many=True),
        parameters=[ordering("created_at", "completed_at", "expires_at", "status", "candidate")],
    )
)
class SessionViewSet(MemberViewSet):
    """Candidates' sessions."""

    model = InterviewSession
    serializer_class = serializers.SessionSerializer
    filterset_class = filters.SessionFilter
    roles: ClassVar = {"link": MANAGERS}
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

    @extend_schema(parameters=[ID], responses=serializers.SessionDetailSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Return a session with its answers and its timeline."""
        session = access.session(UUID(pk))
        row = session_rows.rows(self.visible().filter(pk=session.pk), self.member.id).get()
        answers = access.visible_responses().filter(session=session)
        found = response_rows.with_all(answers, self.member.id).order_by("position")  # type: ignore[misc]  # an annotation
        return Response(
            {
                **session_rows.shape(row),
                "language": session.language,
                "responses": [response_rows.shape(answer, self.member) for answer in found],
                "timeline": session_rows.timeline(session.id),
            }
        )

    @extend_schema(parameters=[ID], responses=serializers.LinkSerializer)
    @action(detail=True, pagination_class=None, filterset_class=None)
    def link(self, request: Request, pk: str) -> Response:
        """Return the candidate's link."""
        session = access.session(UUID(pk))
        return Response({"link": link(session.id, session.generation)})


@extend_schema_view(list=extend_schema(responses=serializers.ResponseSerializer(many=True)))
class ResponseViewSet(MemberViewSet):
    """Answers."""

    model = VideoResponse
    serializer_class = serializers.ResponseSerializer
    filterset_class = filters.ResponseFilter
    roles: ClassVar = {"evaluate": EVERY_ROLE}

    def visible(self) -> Rows:
        return access.visible_responses()

    def list(self, request: Request) -> Response:
        """List answers, newest first."""
        return self.page(
            lambda rows: response_rows.with_all(rows, self.member.id),
            lambda rows: (response_rows.shape(row, self.member) for row in rows),
        )

    @extend_schema(parameters=[ID])
    def retrieve(self, request: Request, pk: str) -> Response:
        """Return an answer."""
        rows = response_rows.with_all(self.visible(), self.member.id)
        return Response(response_rows.shape(access.one(rows, UUID(pk)), self.member))

    @extend_schema(
        parameters=[ID],
        request=serializers.EvaluationWriteSerializer,
        responses={200: serializers.EvaluationSerializer},
    )
    @action(detail=True, methods=["post"])
    def evaluate(self, request: Request, pk: str) -> Response:
        """Keep one's own score and notes; a second time changes them."""
        body = serializers.EvaluationWriteSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        found = evaluation.evaluate(UUID(pk), reviewer_id=self.member.id, **body.validated_data)
        return Response(response_rows.evaluation(found))


@extend_schema_view(list=extend_schema(responses=serializers.CandidateSerializer(many=True)))
class CandidateViewSet(MemberViewSet):
    """People who were invited, with all their contact details: for those who invite."""

    model = Candidate
    serializer_class = serializers.CandidateSerializer
    filterset_class = filters.CandidateFilter
    roles: ClassVar = {"list": MANAGERS, "retrieve": MANAGERS}

    def visible(self) -> Rows:
        return access.visible_candidates()

    def list(self, request: Request) -> Response:
        """List candidates, newest first."""
        return self.page(session_rows.candidate_rows)

    @extend_schema(parameters=[ID], responses=serializers.CandidateDetailSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Return a candidate with their sessions."""
        return Response(session_rows.candidate_detail(UUID(pk)))


@extend_schema_view(list=extend_schema(responses=serializers.LogEntrySerializer(many=True)))
class LogViewSet(MemberViewSet):
    """The technical log of sessions."""

    model = SessionLog
    serializer_class = serializers.LogEntrySerializer
    filterset_class = filters.LogFilter
    roles: ClassVar = {"list": MANAGERS}

    def visible(self) -> Rows:
        return access.visible_logs()

    def list(self, request: Request) -> Response:
        """List log entries, newest first."""
        return self.page(session_rows.log_rows, lambda rows: map(_without_order, rows))


def _without_order(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "created_at"}
