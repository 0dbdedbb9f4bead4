"""What the candidate's page asks for when somebody comes by a public link."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import parsers, permissions, status, viewsets
from rest_framework.authentication import BaseAuthentication
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from jobgate.interviews.api.serializers.invitations import (
    InvitingSerializer,
    JoinedSerializer,
    JoinSerializer,
    PublicTokenSerializer,
)
from jobgate.interviews.api.views.invitations import valid
from jobgate.interviews.services import joining
from jobgate.interviews.services.invitations import Invitee


class JoinViewSet(viewsets.GenericViewSet[Any]):
    """How somebody invites themself: the public link is the permission."""

    authentication_classes: list[type[BaseAuthentication]] = []
    permission_classes = [permissions.AllowAny]
    parser_classes = [parsers.JSONParser]
    throttle_scope = "link"

    @extend_schema(
        operation_id="sessions_public_link",
        request=PublicTokenSerializer,
        responses={200: InvitingSerializer},
        auth=[],
    )
    @action(detail=False, methods=["post"])
    def public_link(self, request: Request) -> Response:
        """Say who invites to what."""
        token = valid(PublicTokenSerializer(data=request.data))["token"]
        campaign = joining.campaign_to_join(token)
        organization = campaign.organization
        return Response(
            {
                "organization": organization.name,
                "brand_color": organization.brand_color,
                "campaign": campaign.title,
                "job_title": campaign.job_title,
                "introduction": campaign.introduction,
                "ends_at": campaign.ends_at,
            }
        )

    @extend_schema(
        operation_id="sessions_join",
        request=JoinSerializer,
        responses={201: JoinedSerializer},
        auth=[],
    )
    @action(detail=False, methods=["post"])
    def join(self, request: Request) -> Response:
        """Get a session of one's own; who is known gets its link by e-mail."""
        data = valid(JoinSerializer(data=request.data))
        token = data.pop("token")
        person = Invitee(**data)  # type: ignore[typeddict-item]  # the serializer saw to it
        joined = joining.join(token, person)
        return Response({"token": joined.token}, status=status.HTTP_201_CREATED)
