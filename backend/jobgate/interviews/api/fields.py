"""Fields that clean what people type."""

from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from rest_framework import serializers

from jobgate.interviews.text import clean_line, clean_text, validate_linkedin, validate_phone


class LineField(serializers.CharField):
    """One line without control or direction characters."""

    def to_internal_value(self, data: Any) -> str:
        value = clean_line(super().to_internal_value(data))
        if not value and not self.allow_blank:
            self.fail("blank")
        return value


class TextField(serializers.CharField):
    """Lines without control or direction characters."""

    def to_internal_value(self, data: Any) -> str:
        value = clean_text(super().to_internal_value(data))
        if not value and not self.allow_blank:
            self.fail("blank")
        return value


class CheckedField(LineField):
    """A line that is empty or passes a check."""

    def check(self, value: str) -> None:
        raise NotImplementedError

    def to_internal_value(self, data: Any) -> str:
        value = super().to_internal_value(data)
        if value:
            try:
                self.check(value)
            except DjangoValidationError as error:
                raise serializers.ValidationError(error.messages, code=error.code) from error
        return value


class PhoneField(CheckedField):
    def check(self, value: str) -> None:
        validate_phone(value)


class LinkedInField(CheckedField):
    def check(self, value: str) -> None:
        validate_linkedin(value)
