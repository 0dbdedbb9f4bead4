"""Answers."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from jobgate.accounts.api.permissions import EVERY_ROLE
from jobgate.interviews import access
from jobgate.interviews.api import filters
from jobgate.interviews.api.serializers.responses import (
    EvaluationSerializer,
    EvaluationWriteSerializer,
    ResponseSerializer,
)
from jobgate.interviews.api.views.base import ID, MemberViewSet, Rows
from jobgate.interviews.models import (
    VideoResponse,
)
from jobgate.interviews.selectors import responses as response_rows
from jobgate.interviews.services import evaluation


@extend_schema_view(list=extend_schema(responses=ResponseSerializer(many=True)))
class ResponseViewSet(MemberViewSet):
    """Answers."""

    model = VideoResponse
    serializer_class = ResponseSerializer
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
        request=EvaluationWriteSerializer,
        responses={200: EvaluationSerializer},
    )
    @action(detail=True, methods=["post"])
    def evaluate(self, request: Request, pk: str) -> Response:
        """Keep one's own score and notes; a second time changes them."""
        body = EvaluationWriteSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        found = evaluation.evaluate(UUID(pk), reviewer_id=self.member.id, **body.validated_data)
        return Response(response_rows.evaluation(found))
