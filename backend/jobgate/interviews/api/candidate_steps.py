"""What the candidate's page sends with an answer, to the log, and beside the questions."""

import json
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from jobgate.interviews.api.candidate_serializers import (
    GrantedSerializer,
    Plain,
    SessionAnswerSerializer,
)
from jobgate.interviews.api.fields import TextField
from jobgate.interviews.models.campaigns import MOST_CHOICES

MOST_EVENTS = 50
MOST_DATA_BYTES = 2000
MOST_CHARACTERS = 20_000
ANSWERS = ("upload", "written", "chosen")


class SubmitSerializer(Plain):
    """One of: `upload`, a finished upload; `written`; `chosen`; `skipped`: true."""

    question = serializers.UUIDField()
    upload = serializers.UUIDField(required=False)
    written = TextField(required=False, max_length=MOST_CHARACTERS)
    chosen: serializers.ListField = serializers.ListField(
        child=serializers.IntegerField(min_value=0),
        required=False,
        allow_empty=False,
        max_length=MOST_CHOICES,
        help_text="Which of the choices, counted from 0.",
    )
    skipped = serializers.BooleanField(required=False, default=False)
    sha256 = serializers.RegexField(r"^[0-9a-f]{64}$", required=False, default="")
    duration_ms = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=0, max_value=2**31 - 1
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if sum(name in attrs for name in ANSWERS) + attrs["skipped"] != 1:
            raise serializers.ValidationError(
                _("Give one answer, or say that the question is skipped."), code="one_of"
            )
        return attrs


class SubmitFileSerializer(Plain):
    """A whole recording at once, or the file that answers a question."""

    question = serializers.UUIDField()
    file = serializers.FileField(allow_empty_file=False)


class HeartbeatSerializer(SessionAnswerSerializer):
    lease_held = serializers.BooleanField(help_text="false: another device has taken over.")
    accommodation = GrantedSerializer(allow_null=True)


class HandoverSerializer(Plain):
    server_time = serializers.DateTimeField()
    code = serializers.UUIDField()
    url = serializers.CharField(help_text="To be shown as a QR code.")
    expires_at = serializers.DateTimeField()


class SatisfactionSerializer(Plain):
    score = serializers.IntegerField(min_value=1, max_value=5)
    comment = TextField(max_length=2000, allow_blank=True, default="")


class QuestionToTeamSerializer(Plain):
    text = TextField(max_length=2000, allow_blank=True)


class EventDataField(serializers.DictField):
    """A small object of plain values."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        value: dict[str, Any] = super().to_internal_value(data)
        plain = all(v is None or isinstance(v, str | int | float | bool) for v in value.values())
        text = json.dumps(value, ensure_ascii=False)
        if not plain or len(text.encode(errors="replace")) > MOST_DATA_BYTES:
            raise serializers.ValidationError(
                _("A few plain values are expected here."), code="too_large"
            )
        # PostgreSQL keeps no NUL and no lone surrogates.
        clean: dict[str, Any] = json.loads(
            text.replace("\\u0000", "").encode(errors="replace").decode()
        )
        return clean


class PageEventSerializer(Plain):
    kind = serializers.RegexField(r"^[a-z][a-z0-9_.]{0,39}$")
    at = serializers.DateTimeField(help_text="By the device's clock.")
    data = EventDataField(  # type: ignore[assignment]  # the contract's own word
        required=False, default=dict
    )


class PageEventsSerializer(Plain):
    events: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=PageEventSerializer(), allow_empty=False, max_length=MOST_EVENTS
    )
