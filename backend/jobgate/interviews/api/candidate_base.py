"""What all views of the candidate's page have in common."""

from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter
from rest_framework import viewsets

from jobgate.core import clock, ids
from jobgate.interviews.api import candidate_serializers as serializers
from jobgate.interviews.api.authentication import CandidateAuthentication, OwnSession, claims_of
from jobgate.interviews.models import InterviewSession
from jobgate.interviews.selectors import interview
from jobgate.interviews.services import leasing

ID = OpenApiParameter("id", UUID, OpenApiParameter.PATH)


class CandidateViewSet(viewsets.GenericViewSet[Any]):
    """A step in the candidate's own session."""

    authentication_classes = [CandidateAuthentication]
    permission_classes = [OwnSession]
    throttle_scope = "candidate"
    lookup_value_regex = ids.PATTERN

    @property
    def session(self) -> InterviewSession:
        assert isinstance(self.request.auth, InterviewSession)  # noqa: S101 -- OwnSession saw to it
        return self.request.auth

    @property
    def lease(self) -> UUID | None:
        """Return the device for which the access token was made."""
        return claims_of(self.request).lease

    def acting(self) -> AbstractContextManager[None]:
        """Run a block as the one device that acts; raise SessionElsewhere."""
        return leasing.acting(self.session.id, self.lease)

    def body(self, serializer: type[serializers.Plain]) -> dict[str, Any]:
        """Return the valid body of the request."""
        found = serializer(data=self.request.data)
        found.is_valid(raise_exception=True)
        data: dict[str, Any] = found.validated_data
        return data

    def state(self, session: InterviewSession) -> dict[str, Any]:
        return {"server_time": clock.now(), "session": interview.session_state(session)}
