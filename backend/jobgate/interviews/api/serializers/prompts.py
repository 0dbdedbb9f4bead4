"""Recruiters' recordings."""

from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from rest_framework import serializers

from jobgate.core.languages import Language
from jobgate.interviews.api.candidate_serializers import PromptSerializer
from jobgate.interviews.api.fields import TextField
from jobgate.interviews.captions import to_webvtt

Plain = serializers.Serializer[Any]


class TeamPromptSerializer(PromptSerializer):
    """A recruiter's recording, as the team sees it."""

    reason_text = serializers.CharField(allow_null=True, help_text="Why it cannot be played.")


class PromptWriteSerializer(Plain):
    language = serializers.ChoiceField(choices=Language.choices, default=Language.FRENCH.value)
    captions = serializers.CharField(
        max_length=200_000,
        allow_blank=True,
        default="",
        help_text="WebVTT or SubRip; kept as WebVTT, the cues alone.",
    )
    transcript = TextField(max_length=20_000, allow_blank=True, default="")

    def validate_captions(self, value: str) -> str:
        try:
            return to_webvtt(value)
        except DjangoValidationError as error:
            raise serializers.ValidationError(error.messages, code=error.code) from error


class PromptCreateSerializer(PromptWriteSerializer):
    file = serializers.FileField(allow_empty_file=False, help_text="WebM or MP4, up to 5 minutes.")
