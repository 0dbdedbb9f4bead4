"""Campaigns, and the invitations to them."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from jobgate.accounts.api.permissions import EVERY_ROLE
from jobgate.interviews import access
from jobgate.interviews.api import filters
from jobgate.interviews.api.serializers.campaigns import (
    CampaignListSerializer,
    CampaignSerializer,
    CampaignWriteSerializer,
    EffectSerializer,
    StatisticsSerializer,
)
from jobgate.interviews.api.serializers.invitations import InvitationsSerializer, InviteSerializer
from jobgate.interviews.api.views.base import ID, MemberViewSet, Rows, ordering
from jobgate.interviews.links import link
from jobgate.interviews.models import (
    InterviewSession,
    VideoCampaign,
)
from jobgate.interviews.selectors import campaigns as campaign_rows
from jobgate.interviews.selectors import statistics
from jobgate.interviews.services import campaigns, invitations


@extend_schema_view(
    list=extend_schema(
        responses=CampaignListSerializer(many=True),
        parameters=[ordering("created_at", "title", "ends_at")],
    )
)
class CampaignViewSet(MemberViewSet):
    """Interview campaigns."""

    model = VideoCampaign
    roles: ClassVar = {"statistics": EVERY_ROLE}
    serializer_class = CampaignSerializer
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

    @extend_schema(request=CampaignWriteSerializer)
    def create(self, request: Request) -> Response:
        """Make a draft."""
        body = CampaignWriteSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        campaign = campaigns.create_campaign(body.validated_data, actor_id=self.member.id)
        return self.answer(campaign, status.HTTP_201_CREATED)

    @extend_schema(parameters=[ID], request=CampaignWriteSerializer)
    def update(self, request: Request, pk: str) -> Response:
        """Replace a campaign; what matters to candidates makes a version once one started."""
        body = CampaignWriteSerializer(access.campaign(UUID(pk)), data=request.data)
        body.is_valid(raise_exception=True)
        return self.answer(
            campaigns.update_campaign(UUID(pk), body.validated_data, actor_id=self.member.id)
        )

    @extend_schema(
        parameters=[ID], request=CampaignWriteSerializer, responses={200: EffectSerializer}
    )
    @action(detail=True, methods=["post"])
    def check_update(self, request: Request, pk: str) -> Response:
        """Say what replacing the campaign would do to its versions; nothing is changed."""
        body = CampaignWriteSerializer(access.campaign(UUID(pk)), data=request.data)
        body.is_valid(raise_exception=True)
        return Response(vars(campaigns.effect_of_update(UUID(pk), body.validated_data)))

    @extend_schema(parameters=[ID], request=None, responses={201: CampaignSerializer})
    @action(detail=True, methods=["post"])
    def duplicate(self, request: Request, pk: str) -> Response:
        """Make a draft that says the same."""
        copy = campaigns.duplicate_campaign(UUID(pk), actor_id=self.member.id)
        return self.answer(copy, status.HTTP_201_CREATED)

    @extend_schema(parameters=[ID], responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Remove a campaign to which nobody was invited."""
        campaigns.delete_campaign(UUID(pk), actor_id=self.member.id)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(parameters=[ID], request=None, responses={200: CampaignSerializer})
    @action(detail=True, methods=["post"])
    def open(self, request: Request, pk: str) -> Response:
        """Let candidates in."""
        return self.answer(campaigns.open_campaign(UUID(pk), actor_id=self.member.id))

    @extend_schema(parameters=[ID], request=None, responses={200: CampaignSerializer})
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        """Let nobody else in; who has started may finish."""
        return self.answer(campaigns.close_campaign(UUID(pk), actor_id=self.member.id))

    @extend_schema(parameters=[ID], request=None, responses={200: CampaignSerializer})
    @action(detail=True, methods=["post"])
    def archive(self, request: Request, pk: str) -> Response:
        """Put the campaign away for good."""
        return self.answer(campaigns.archive_campaign(UUID(pk), actor_id=self.member.id))

    @extend_schema(
        parameters=[ID],
        request=InviteSerializer,
        responses={201: InvitationsSerializer},
    )
    @action(detail=True, methods=["post"])
    def invite_candidates(self, request: Request, pk: str) -> Response:
        """Invite up to 500 people; each gets a link, shown here and sent by e-mail."""
        body = InviteSerializer(data=request.data)
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

    @extend_schema(parameters=[ID], responses=StatisticsSerializer)
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
