"""How the API describes itself in OpenAPI."""

from typing import Any

from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers


class FieldErrorSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    detail = serializers.CharField()


class ErrorSerializer(serializers.Serializer[Any]):
    """Every error of the API."""

    code = serializers.CharField(help_text="Stable, for programs.")
    detail = serializers.CharField(help_text="A sentence in the language of Accept-Language.")
    fields = serializers.DictField(  # type: ignore[assignment]  # the contract's own word
        child=FieldErrorSerializer(many=True), help_text="Errors by dotted path of the field."
    )


class Schema(AutoSchema):
    """Add the error's shape to every operation."""

    def get_response_serializers(self) -> Any:
        serializers_by_status: Any = super().get_response_serializers()
        if isinstance(serializers_by_status, dict):
            return {**serializers_by_status, "4XX": ErrorSerializer}
        status = {"POST": "201", "DELETE": "204"}.get(self.method, "200")
        return {status: serializers_by_status, "4XX": ErrorSerializer}


class Generator(SchemaGenerator):
    """Describe the API in English, whatever the catalogues and the caller: it is committed."""

    def get_schema(self, *args: Any, **kwargs: Any) -> Any:
        with translation.override("en"):
            return super().get_schema(*args, **kwargs)  # type: ignore[no-untyped-call]


__all__ = ["ErrorSerializer", "Generator", "Schema", "inline_serializer"]
