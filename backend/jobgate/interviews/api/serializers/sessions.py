"""Sessions and their log."""

from typing import Any

from rest_framework import serializers

from jobgate.core.languages import Language
from jobgate.interviews.api.serializers.campaigns import CampaignBriefSerializer
from jobgate.interviews.api.serializers.people import CandidateBriefSerializer
from jobgate.interviews.api.serializers.responses import ResponseSerializer
from jobgate.interviews.models import InterviewSession, SessionLog

Plain = serializers.Serializer[Any]


class SessionSerializer(Plain):
    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=InterviewSession.Status.choices)
    candidate = CandidateBriefSerializer()
    campaign = CampaignBriefSerializer()
    invited_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    completed_at = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField()
    answered = serializers.IntegerField()
    question_count = serializers.IntegerField()
    score = serializers.FloatField(allow_null=True, help_text="Mean of your own scores.")
    to_review = serializers.IntegerField(help_text="Answers that you have not scored.")
    processing = serializers.BooleanField(help_text="Some answers are not playable yet.")


class TimelineEntrySerializer(Plain):
    at = serializers.DateTimeField()
    source = serializers.ChoiceField(  # type: ignore[assignment]  # a field of its own name
        choices=SessionLog.Source.choices
    )
    kind = serializers.CharField()
    data = serializers.DictField()  # type: ignore[assignment]  # the contract's own word


class SessionDetailSerializer(SessionSerializer):
    language = serializers.ChoiceField(choices=Language.choices)
    responses = ResponseSerializer(many=True)
    timeline = TimelineEntrySerializer(many=True)


class LogEntrySerializer(TimelineEntrySerializer):
    id = serializers.UUIDField()
    session_id = serializers.UUIDField()
