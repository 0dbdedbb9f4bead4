"""Templates of campaigns, and the question bank."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from jobgate.interviews import access
from jobgate.interviews.api import filters
from jobgate.interviews.api.serializers.library import (
    BankQuestionSerializer,
    BankQuestionWriteSerializer,
    TemplateSerializer,
    TemplateWriteSerializer,
)
from jobgate.interviews.api.views.base import ID, MemberViewSet, Rows, ordering
from jobgate.interviews.models import BankQuestion, CampaignTemplate
from jobgate.interviews.selectors import library as rows
from jobgate.interviews.services import library


@extend_schema_view(
    list=extend_schema(
        responses=TemplateSerializer(many=True), parameters=[ordering("created_at", "name")]
    )
)
class CampaignTemplateViewSet(MemberViewSet):
    """Settings and questions from which campaigns are made."""

    model = CampaignTemplate
    serializer_class = TemplateSerializer
    orderings: ClassVar = {"created_at": "created_at", "name": "name"}

    def visible(self) -> Rows:
        return access.visible_templates()

    def list(self, request: Request) -> Response:
        """List templates: first the one that is built in, then one's own, newest first."""
        first = [] if "cursor" in request.query_params else [rows.first_template()]
        return self.page(
            rows.template_rows, lambda found: [*first, *map(rows.template_shape, found)]
        )

    @extend_schema(parameters=[ID])
    def retrieve(self, request: Request, pk: str) -> Response:
        """Return a template."""
        return Response(rows.template(UUID(pk)))

    @extend_schema(request=TemplateWriteSerializer)
    def create(self, request: Request) -> Response:
        """Keep a template."""
        template = library.create_template(**_template(request), actor_id=self.member.id)
        return Response(rows.template_shape(template), status=status.HTTP_201_CREATED)

    @extend_schema(parameters=[ID], request=TemplateWriteSerializer)
    def update(self, request: Request, pk: str) -> Response:
        """Replace a template; campaigns that were made from it stay as they are."""
        template = library.update_template(UUID(pk), **_template(request), actor_id=self.member.id)
        return Response(rows.template_shape(template))

    @extend_schema(parameters=[ID], responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Remove a template; campaigns that were made from it stay."""
        library.delete_template(UUID(pk), actor_id=self.member.id)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _template(request: Request) -> dict[str, Any]:
    body = TemplateWriteSerializer(data=request.data)
    body.is_valid(raise_exception=True)
    data: dict[str, Any] = body.validated_data
    return data


@extend_schema_view(
    list=extend_schema(
        responses=BankQuestionSerializer(many=True), parameters=[ordering("created_at")]
    )
)
class BankQuestionViewSet(MemberViewSet):
    """Questions kept for later campaigns, which copy them."""

    model = BankQuestion
    serializer_class = BankQuestionSerializer
    filterset_class = filters.BankFilter
    orderings: ClassVar = {"created_at": "created_at"}

    def visible(self) -> Rows:
        return access.visible_bank()

    def list(self, request: Request) -> Response:
        """List questions, newest first."""
        return self.page(rows.bank_rows, lambda found: map(rows.bank_shape, found))

    @extend_schema(parameters=[ID])
    def retrieve(self, request: Request, pk: str) -> Response:
        """Return a question."""
        return Response(rows.bank_shape(access.one(access.visible_bank(), UUID(pk))))

    @extend_schema(request=BankQuestionWriteSerializer)
    def create(self, request: Request) -> Response:
        """Keep a question."""
        question = library.create_bank_question(**_question(request), actor_id=self.member.id)
        return Response(rows.bank_shape(question), status=status.HTTP_201_CREATED)

    @extend_schema(parameters=[ID], request=BankQuestionWriteSerializer)
    def update(self, request: Request, pk: str) -> Response:
        """Replace a question; campaigns that copied it stay as they are."""
        question = library.update_bank_question(
            UUID(pk), **_question(request), actor_id=self.member.id
        )
        return Response(rows.bank_shape(question))

    @extend_schema(parameters=[ID], responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Remove a question from the bank."""
        library.delete_bank_question(UUID(pk), actor_id=self.member.id)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _question(request: Request) -> dict[str, Any]:
    body = BankQuestionWriteSerializer(data=request.data)
    body.is_valid(raise_exception=True)
    settings = dict(body.validated_data)
    return {
        "text": settings.pop("text"),
        "category": settings.pop("category"),
        "settings": settings,
    }
