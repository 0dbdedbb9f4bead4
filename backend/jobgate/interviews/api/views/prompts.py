"""Recruiters' recordings."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import parsers, status
from rest_framework.request import Request
from rest_framework.response import Response

from jobgate.interviews import access
from jobgate.interviews.api.serializers.prompts import (
    PromptCreateSerializer,
    PromptWriteSerializer,
    TeamPromptSerializer,
)
from jobgate.interviews.api.views.base import ID, MemberViewSet, Rows
from jobgate.interviews.models import Prompt
from jobgate.interviews.selectors import prompts as rows
from jobgate.interviews.services import prompts


class PromptViewSet(MemberViewSet):
    """Videos and sounds beside questions and introductions."""

    model = Prompt
    serializer_class = TeamPromptSerializer
    # A file comes as a form; captions alone come as JSON.
    parser_classes = [parsers.MultiPartParser, parsers.JSONParser]

    def visible(self) -> Rows:
        return access.visible_prompts().select_related("recording")

    def answer(self, prompt: Prompt, code: int = status.HTTP_200_OK) -> Response:
        return Response(rows.for_team(prompt, self.member), status=code)

    @extend_schema(parameters=[ID])
    def retrieve(self, request: Request, pk: str) -> Response:
        """Return a recording, and where to play it once it is `ready`."""
        return self.answer(access.one(self.visible(), UUID(pk)))

    @extend_schema(request={"multipart/form-data": PromptCreateSerializer})
    def create(self, request: Request) -> Response:
        """Send a recording, as one form."""
        body = PromptCreateSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        data = dict(body.validated_data)
        prompt = prompts.create_prompt(data.pop("file"), data, actor_id=self.member.id)  # type: ignore[arg-type]  # by its own names
        return self.answer(prompt, status.HTTP_201_CREATED)

    @extend_schema(parameters=[ID], request={"application/json": PromptWriteSerializer})
    def update(self, request: Request, pk: str) -> Response:
        """Replace captions, transcript and language."""
        body = PromptWriteSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        return self.answer(
            prompts.update_prompt(UUID(pk), body.validated_data, actor_id=self.member.id)
        )
