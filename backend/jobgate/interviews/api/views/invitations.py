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
    PublicLinkSerializer,
    PublicLinkWriteSerializer,
    RevokedSerializer,
    RevokeSerializer,
    SentSerializer,
)
from jobgate.interviews.api.views.base import ID, MemberViewSet
from jobgate.interviews.links import link, public_link
from jobgate.interviews.models import InterviewSession, PublicLink, VideoCampaign
from jobgate.interviews.services import joining, renewing


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


class PublicLinkViewSet(MemberViewSet):
    """A campaign's link for everybody."""

    model = VideoCampaign

    @extend_schema(parameters=[ID], responses=PublicLinkSerializer)
    @action(detail=True, pagination_class=None, filter_backends=[])
    def public_link(self, request: Request, pk: str) -> Response:
        """Return the campaign's public link."""
        return Response(_shown(joining.public_link_of(UUID(pk))))

    @extend_schema(
        parameters=[ID],
        request=PublicLinkWriteSerializer,
        responses={200: PublicLinkSerializer},
    )
    @public_link.mapping.put
    def set_public_link(self, request: Request, pk: str) -> Response:
        """Switch the link on or off, and say how many candidates it lets in."""
        data = valid(PublicLinkWriteSerializer(data=request.data))
        row = joining.set_public_link(UUID(pk), **data, actor_id=self.member.id)
        return Response(_shown(row))

    @extend_schema(parameters=[ID], request=None, responses={200: PublicLinkSerializer})
    @action(detail=True, methods=["post"], url_path="public_link/renew")
    def renew_public_link(self, request: Request, pk: str) -> Response:
        """Put another link in the place of this one."""
        return Response(_shown(joining.renew_public_link(UUID(pk), actor_id=self.member.id)))


def _shown(row: PublicLink | None) -> dict[str, Any]:
    row = row or PublicLink(enabled=False, generation=0)
    return {
        "enabled": row.enabled,
        "link": public_link(row.id, row.generation) if row.generation else None,
        "most_sessions": row.most_sessions,
        "sessions_made": row.sessions_made,
    }


def valid(body: Any) -> dict[str, Any]:
    """Return the data of a valid body."""
    body.is_valid(raise_exception=True)
    data: dict[str, Any] = body.validated_data
    return data
