"""What recruiters do with an invitation once it is out."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from jobgate.interviews.api.serializers.invitations import (
    ExtendedSerializer,
    ExtendSerializer,
    RevokedSerializer,
    RevokeSerializer,
    SentSerializer,
)
from jobgate.interviews.api.views.base import ID, MemberViewSet
from jobgate.interviews.links import link
from jobgate.interviews.models import InterviewSession
from jobgate.interviews.services import renewing


class InvitedSessionViewSet(MemberViewSet):
    """An invitation that is out."""

    model = InterviewSession

    @extend_schema(parameters=[ID], request=None, responses={200: SentSerializer})
    @action(detail=True, methods=["post"])
    def resend(self, request: Request, pk: str) -> Response:
        """Send the candidate their link once more."""
        session = renewing.resend(UUID(pk), actor_id=self.member.id)
        return Response({"sent_to": session.candidate.email})

    @extend_schema(parameters=[ID], request=RevokeSerializer, responses={200: RevokedSerializer})
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: str) -> Response:
        """Put a new link in the place of the old one, which leads nowhere from now on."""
        data = valid(RevokeSerializer(data=request.data))
        session, sent = renewing.revoke(UUID(pk), actor_id=self.member.id, tell=data["tell"])
        return Response({"link": link(session.id, session.generation), "sent": sent})

    @extend_schema(parameters=[ID], request=ExtendSerializer, responses={200: ExtendedSerializer})
    @action(detail=True, methods=["post"])
    def extend(self, request: Request, pk: str) -> Response:
        """Give a candidate more time, also one whose time is over."""
        data = valid(ExtendSerializer(data=request.data))
        session = renewing.extend(
            UUID(pk), data["expires_at"], actor_id=self.member.id, tell=data["tell"]
        )
        return Response({"status": session.status, "expires_at": session.expires_at})


def valid(body: Any) -> dict[str, Any]:
    """Return the data of a valid body."""
    body.is_valid(raise_exception=True)
    data: dict[str, Any] = body.validated_data
    return data
