"""What the candidate's page sends and gets."""

import json
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from jobgate.core.languages import Language
from jobgate.interviews.models import InterviewSession

Plain = serializers.Serializer[Any]
MOST_EVENTS = 50
MOST_DATA_BYTES = 2000
QUESTION_STATES = ["pending", "open", "answered", "skipped"]


class StartSerializer(Plain):
    token = serializers.CharField(max_length=64, write_only=True)


class SessionStateSerializer(Plain):
    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=InterviewSession.Status.choices)
    expires_at = serializers.DateTimeField()
    language = serializers.ChoiceField(choices=Language.choices)
    consented = serializers.BooleanField()
    confirmed_at = serializers.DateTimeField(allow_null=True)


class SessionAnswerSerializer(Plain):
    server_time = serializers.DateTimeField()
    session = SessionStateSerializer()


class HostSerializer(Plain):
    name = serializers.CharField()
    brand_color = serializers.CharField()


class InterviewCampaignSerializer(Plain):
    title = serializers.CharField()
    job_title = serializers.CharField()
    introduction = serializers.CharField()
    takes_allowed = serializers.IntegerField()


class InterviewCandidateSerializer(Plain):
    first_name = serializers.CharField()
    last_name = serializers.CharField()


class NoticeSerializer(Plain):
    version = serializers.CharField()
    paragraphs = serializers.ListField(child=serializers.CharField())


class OpenedQuestionSerializer(Plain):
    id = serializers.UUIDField()
    position = serializers.IntegerField()
    mandatory = serializers.BooleanField()
    preparation_seconds = serializers.IntegerField()
    answer_seconds = serializers.IntegerField()
    state = serializers.ChoiceField(choices=QUESTION_STATES)
    text = serializers.CharField()


class RefusalSerializer(Plain):
    reason = serializers.CharField(allow_null=True, help_text="A stable code.")
    reason_text = serializers.CharField(allow_null=True, help_text="A sentence for the person.")


class FaultSerializer(RefusalSerializer):
    take = serializers.UUIDField()
    upload = serializers.UUIDField()


class InterviewQuestionSerializer(OpenedQuestionSerializer):
    takes_used = serializers.IntegerField()
    retakes_left = serializers.IntegerField(help_text="How often report_fault is still believed.")
    fault = FaultSerializer(
        allow_null=True, help_text="What spoilt the answer, which is to be recorded again."
    )
    text = serializers.CharField(allow_null=True, help_text="null until the question is opened.")


class InterviewSerializer(Plain):
    access = serializers.CharField()
    access_expires_in = serializers.IntegerField(help_text="Seconds.")
    server_time = serializers.DateTimeField()
    spool_key = serializers.CharField(help_text="32 bytes in base64.")
    session = SessionStateSerializer()
    organization = HostSerializer()
    campaign = InterviewCampaignSerializer()
    candidate = InterviewCandidateSerializer()
    notice = NoticeSerializer()
    questions = InterviewQuestionSerializer(many=True)


class LanguageSerializer(Plain):
    language = serializers.ChoiceField(choices=Language.choices)


class ConsentSerializer(Plain):
    notice_version = serializers.CharField(max_length=20)


class QuestionRefSerializer(Plain):
    question = serializers.UUIDField()


class TakeRefSerializer(Plain):
    take = serializers.UUIDField()


class QuestionAnswerSerializer(Plain):
    server_time = serializers.DateTimeField()
    question = OpenedQuestionSerializer()
    preparation_ends_at = serializers.DateTimeField()


class TakeSerializer(Plain):
    id = serializers.UUIDField()
    number = serializers.IntegerField()
    deadline = serializers.DateTimeField()


class UploadSerializer(Plain):
    id = serializers.UUIDField(help_text="Of the upload, and of the recording it becomes.")
    url = serializers.CharField()
    token = serializers.CharField()
    expires_at = serializers.DateTimeField()
    max_bytes = serializers.IntegerField()


class UploadAnswerSerializer(Plain):
    server_time = serializers.DateTimeField()
    upload = UploadSerializer()


class TakeAnswerSerializer(UploadAnswerSerializer):
    take = TakeSerializer()


class ReportFaultSerializer(Plain):
    reason = serializers.RegexField(
        r"^[a-z][a-z0-9_]{0,39}$", help_text="For the log, as `camera_ended` or `page_ended`."
    )


class QuestionsSerializer(Plain):
    server_time = serializers.DateTimeField()
    questions = InterviewQuestionSerializer(many=True)


class SubmitSerializer(Plain):
    """One of: `upload`, a finished upload; `skipped`: true."""

    question = serializers.UUIDField()
    upload = serializers.UUIDField(required=False)
    skipped = serializers.BooleanField(required=False, default=False)
    sha256 = serializers.RegexField(r"^[0-9a-f]{64}$", required=False, default="")
    duration_ms = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=0, max_value=2**31 - 1
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("upload" in attrs) == attrs["skipped"]:
            raise serializers.ValidationError(
                _("Name a finished upload, or say that the question is skipped."), code="one_of"
            )
        return attrs


class SubmitFileSerializer(Plain):
    """A whole recording at once."""

    question = serializers.UUIDField()
    file = serializers.FileField(allow_empty_file=False)


class SubmittedSerializer(Plain):
    id = serializers.UUIDField()
    question = serializers.UUIDField()
    state = serializers.CharField(help_text="The recording's state, or `skipped`.")
    late = serializers.BooleanField()


class SubmitAnswerSerializer(Plain):
    server_time = serializers.DateTimeField()
    response = SubmittedSerializer()


class ReceiptLineSerializer(RefusalSerializer):
    question_id = serializers.UUIDField()
    position = serializers.IntegerField()
    sha256 = serializers.CharField(allow_null=True, help_text="Of the file as it was stored.")
    bytes = serializers.IntegerField()
    state = serializers.CharField(help_text="The recording's state, `skipped`, or `unanswered`.")
    upload = serializers.UUIDField(allow_null=True)
    given_back = serializers.BooleanField(help_text="It may be recorded again.")


class ReceiptSerializer(Plain):
    server_time = serializers.DateTimeField()
    session = SessionStateSerializer()
    receipt = ReceiptLineSerializer(many=True)


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
