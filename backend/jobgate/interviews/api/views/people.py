"""Hiring managers and candidates."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from jobgate.accounts.api.permissions import EVERY_ROLE, MANAGERS
from jobgate.interviews import access
from jobgate.interviews.api import filters
from jobgate.interviews.api.serializers.people import (
    CandidateDetailSerializer,
    CandidateSerializer,
    HiringManagerSerializer,
    HiringManagerWriteSerializer,
)
from jobgate.interviews.api.views.base import ID, MemberViewSet, Rows
from jobgate.interviews.models import (
    Candidate,
    HiringManager,
)
from jobgate.interviews.selectors import sessions as session_rows
from jobgate.interviews.services import profiles


@extend_schema_view(
    list=extend_schema(responses=HiringManagerSerializer(many=True)),
)
class HiringManagerViewSet(MemberViewSet):
    """One's own profile."""

    model = HiringManager
    roles: ClassVar = {"update": EVERY_ROLE}
    serializer_class = HiringManagerSerializer

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

    @extend_schema(parameters=[ID], request=HiringManagerWriteSerializer)
    def update(self, request: Request, pk: str) -> Response:
        """Replace one's own profile."""
        body = HiringManagerWriteSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        profile = profiles.update_profile(UUID(pk), user=self.member, data=body.validated_data)
        return Response(self.get_serializer(profile).data)


@extend_schema_view(list=extend_schema(responses=CandidateSerializer(many=True)))
class CandidateViewSet(MemberViewSet):
    """People who were invited, with all their contact details: for those who invite."""

    model = Candidate
    serializer_class = CandidateSerializer
    filterset_class = filters.CandidateFilter
    roles: ClassVar = {"list": MANAGERS, "retrieve": MANAGERS}

    def visible(self) -> Rows:
        return access.visible_candidates()

    def list(self, request: Request) -> Response:
        """List candidates, newest first."""
        return self.page(session_rows.candidate_rows)

    @extend_schema(parameters=[ID], responses=CandidateDetailSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Return a candidate with their sessions."""
        return Response(session_rows.candidate_detail(UUID(pk)))
