"""Lists of people to invite: sent, looked at, confirmed."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import parsers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from jobgate.accounts.api.permissions import MANAGERS
from jobgate.interviews import access
from jobgate.interviews.api import filters
from jobgate.interviews.api.serializers.invitations import (
    ImportFileSerializer,
    ImportLineSerializer,
    ImportSerializer,
    ImportTextSerializer,
)
from jobgate.interviews.api.views.base import ID, MemberViewSet, Rows
from jobgate.interviews.api.views.invitations import valid
from jobgate.interviews.models import InvitationImport
from jobgate.interviews.selectors import imports as import_rows
from jobgate.interviews.services import imports


@extend_schema_view(list=extend_schema(responses=ImportSerializer(many=True)))
class InvitationImportViewSet(MemberViewSet):
    """Lists of people to invite."""

    model = InvitationImport
    roles: ClassVar = {"list": MANAGERS, "retrieve": MANAGERS, "lines": MANAGERS}
    serializer_class = ImportSerializer
    filterset_class = filters.ImportFilter
    orderings: ClassVar = {"number": "number"}
    parser_classes = [parsers.JSONParser, parsers.MultiPartParser]

    @property
    def default_ordering(self) -> str:
        return "number" if self.action == "lines" else ""

    def visible(self) -> Rows:
        return access.visible_imports()

    def answer(self, batch: InvitationImport, code: int = status.HTTP_200_OK) -> Response:
        return Response(import_rows.shape(batch), status=code)

    def list(self, request: Request) -> Response:
        """List imports, newest first."""
        return self.page(lambda rows: rows, lambda rows: map(import_rows.shape, rows))

    @extend_schema(parameters=[ID])
    def retrieve(self, request: Request, pk: str) -> Response:
        """Return an import: how far it is."""
        return self.answer(access.one(self.visible(), UUID(pk)))

    @extend_schema(
        request={
            "application/json": ImportTextSerializer,
            "multipart/form-data": ImportFileSerializer,
        },
        responses={201: ImportSerializer},
    )
    def create(self, request: Request) -> Response:
        """Send a list of up to 10,000 people; each line is judged in the background."""
        if (request.content_type or "").startswith("multipart/"):
            data = valid(ImportFileSerializer(data=request.data))
            name, lines = data["file"].name, imports.read_file(data["file"].read())
        else:
            data = valid(ImportTextSerializer(data=request.data))
            name, lines = "", imports.read_text(data["text"])
        batch = imports.begin(data["campaign"], lines, file_name=name, actor_id=self.member.id)
        return self.answer(batch, status.HTTP_201_CREATED)

    @extend_schema(parameters=[ID], responses=ImportLineSerializer(many=True))
    @action(detail=True, filterset_class=filters.ImportLineFilter)
    def lines(self, request: Request, pk: str) -> Response:
        """List the lines as they stand in the file, with what is wrong with each."""
        batch = access.one(self.visible(), UUID(pk))
        found = import_rows.line_rows(self.filter_queryset(batch.rows.all()))
        page: Any = self.paginate_queryset(found)
        return self.get_paginated_response([_without_id(row) for row in page or []])

    @extend_schema(parameters=[ID], request=None, responses={200: ImportSerializer})
    @action(detail=True, methods=["post"])
    def start(self, request: Request, pk: str) -> Response:
        """Invite the good lines, in the background."""
        return self.answer(imports.start(UUID(pk), actor_id=self.member.id))

    @extend_schema(parameters=[ID], request=None, responses={200: ImportSerializer})
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        """Stop; who was invited already stays invited."""
        return self.answer(imports.cancel(UUID(pk), actor_id=self.member.id))


def _without_id(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "id"}
