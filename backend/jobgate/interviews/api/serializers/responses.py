"""Answers and what reviewers think of them."""

from typing import Any

from rest_framework import serializers

from jobgate.interviews.api.fields import TextField
from jobgate.interviews.api.serializers.campaigns import CampaignBriefSerializer
from jobgate.interviews.api.serializers.people import CandidateBriefSerializer
from jobgate.media.models import Recording

Plain = serializers.Serializer[Any]
ANSWER_KINDS = ["video", "audio", "text", "choice", "file", "skipped"]


class StoryboardSerializer(Plain):
    """Small pictures in one JPEG, row by row from the left, one for each interval."""

    url = serializers.CharField(help_text="Signed; valid until grant_expires_at.")
    columns = serializers.IntegerField()
    rows = serializers.IntegerField()
    tile_width = serializers.IntegerField(help_text="Pixels.")
    tile_height = serializers.IntegerField(help_text="Pixels.")
    interval_seconds = serializers.FloatField()
    tiles = serializers.IntegerField()


class CaptionsSerializer(Plain):
    url = serializers.CharField()
    language = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the contract's own word


class RecordingSerializer(Plain):
    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=Recording.State.choices)
    reason = serializers.CharField(allow_null=True)
    reason_text = serializers.CharField(
        allow_null=True, help_text="Why it was refused or failed, in the reader's language."
    )
    duration_ms = serializers.IntegerField(allow_null=True)
    width = serializers.IntegerField(allow_null=True)
    height = serializers.IntegerField(allow_null=True)
    mime_type = serializers.CharField()
    has_video = serializers.BooleanField()
    has_audio = serializers.BooleanField()
    url = serializers.CharField(allow_null=True, help_text="Signed; valid until grant_expires_at.")
    poster_url = serializers.CharField(allow_null=True)
    plays_everywhere = serializers.BooleanField(
        help_text="false: some browsers cannot play it yet; a copy for them may follow."
    )
    storyboard = StoryboardSerializer(allow_null=True)
    waveform: serializers.ListField = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=100),
        allow_null=True,
        help_text="The sound's peaks over equal parts of the whole, 400 at most.",
    )
    loudness_lufs = serializers.FloatField(
        allow_null=True, help_text="Integrated, EBU R 128; null also for silence."
    )
    peak_dbfs = serializers.FloatField(allow_null=True, help_text="Of the samples.")
    captions = CaptionsSerializer(many=True)
    grant_expires_at = serializers.DateTimeField(allow_null=True)


class EvaluationSerializer(Plain):
    id = serializers.UUIDField()
    score = serializers.IntegerField(help_text="1 to 10.")
    notes = serializers.CharField()
    updated_at = serializers.DateTimeField()


class EvaluationWriteSerializer(Plain):
    score = serializers.IntegerField(min_value=1, max_value=10)
    notes = TextField(max_length=5000, allow_blank=True, default="")


class AskedQuestionSerializer(Plain):
    id = serializers.UUIDField()
    position = serializers.IntegerField()
    text = serializers.CharField()


class AttachmentSerializer(Plain):
    """A file that answers a question; it is given out to be saved, never to be shown."""

    file_name = serializers.CharField()
    content_type = serializers.CharField()
    bytes = serializers.IntegerField()
    url = serializers.CharField(help_text="Signed; valid until url_expires_at.")
    url_expires_at = serializers.DateTimeField()


class ResponseSerializer(Plain):
    id = serializers.UUIDField()
    session_id = serializers.UUIDField()
    candidate = CandidateBriefSerializer()
    campaign = CampaignBriefSerializer()
    question = AskedQuestionSerializer()
    submitted_at = serializers.DateTimeField()
    late = serializers.BooleanField()
    given_back = serializers.BooleanField(
        help_text="A technical fault spoilt it; the candidate may record it again."
    )
    reopened_at = serializers.DateTimeField(
        allow_null=True, help_text="Since when a person lets it be answered again."
    )
    answer_kind = serializers.ChoiceField(choices=ANSWER_KINDS)
    recording = RecordingSerializer(allow_null=True)
    written = serializers.CharField()
    chosen: serializers.ListField = serializers.ListField(child=serializers.CharField())
    attachment = AttachmentSerializer(allow_null=True)
    evaluation = EvaluationSerializer(allow_null=True, help_text="Your own.")
    evaluations_count = serializers.IntegerField(help_text="Those that you may see.")
