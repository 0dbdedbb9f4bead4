"""How the API describes itself in OpenAPI."""

from typing import Any

from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import extend_schema_serializer, inline_serializer
from rest_framework import serializers


class FieldErrorSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    detail = serializers.CharField()


@extend_schema_serializer(many=False)
class ErrorSerializer(serializers.Serializer[Any]):
    """Every error of the API."""

    code = serializers.CharField(help_text="Stable, for programs.")
    detail = serializers.CharField(help_text="A sentence in the language of Accept-Language.")
    fields = serializers.DictField(  # type: ignore[assignment]  # the contract's own word
        child=FieldErrorSerializer(many=True), help_text="Errors by dotted path of the field."
    )


class Schema(AutoSchema):
    """Add the error's shape to every operation."""

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        # Here, for `extend_schema` takes the place of get_response_serializers.
        bodies = super()._get_response_bodies(direction)
        error = self._get_response_for_code(ErrorSerializer, "4XX", None, direction)  # type: ignore[no-untyped-call]
        return {**bodies, "4XX": error}


class Generator(SchemaGenerator):
    """Describe the API in English, whatever the catalogues and the caller: it is committed."""

    def get_schema(self, *args: Any, **kwargs: Any) -> Any:
        with translation.override("en"):
            return super().get_schema(*args, **kwargs)  # type: ignore[no-untyped-call]


__all__ = ["ErrorSerializer", "Generator", "Schema", "inline_serializer"]
