"""Sessions and their log."""

from typing import Any

from rest_framework import serializers

from jobgate.core.languages import Language
from jobgate.interviews.api.serializers.campaigns import CampaignBriefSerializer
from jobgate.interviews.api.serializers.people import CandidateBriefSerializer
from jobgate.interviews.api.serializers.responses import ResponseSerializer
from jobgate.interviews.models import Accommodation, InterviewSession, SessionLog
from jobgate.interviews.selectors.statistics import DEVICES

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
    late = serializers.BooleanField(help_text="An answer came late.")
    trouble = serializers.BooleanField(help_text="A technical fault spoilt an attempt.")
    device = serializers.ChoiceField(
        choices=DEVICES, allow_null=True, help_text="What it was last taken on."
    )


class TimelineEntrySerializer(Plain):
    at = serializers.DateTimeField()
    source = serializers.ChoiceField(  # type: ignore[assignment]  # a field of its own name
        choices=SessionLog.Source.choices
    )
    kind = serializers.CharField()
    data = serializers.DictField()  # type: ignore[assignment]  # the contract's own word


class SessionDetailSerializer(SessionSerializer):
    language = serializers.ChoiceField(choices=Language.choices)
    question_to_team = serializers.CharField(help_text="The candidate's; empty if none.")
    responses = ResponseSerializer(many=True)
    timeline = TimelineEntrySerializer(many=True)


class ReopenSerializer(Plain):
    question = serializers.UUIDField()


class AccommodationSerializer(Plain):
    """What a candidate is granted; no reason is asked."""

    time_percent = serializers.ChoiceField(
        choices=[100, 125, 150, 200], default=100, help_text="Of preparation and answer."
    )
    no_limit = serializers.BooleanField(default=False)
    extra_takes = serializers.IntegerField(min_value=0, max_value=10, default=0)
    instead: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=serializers.ChoiceField(choices=Accommodation.Instead.choices),
        default=list,
        max_length=2,
        help_text="Ways to answer instead of a video.",
    )

    def validate_instead(self, value: list[str]) -> list[str]:
        return sorted(set(value))


class LogEntrySerializer(TimelineEntrySerializer):
    id = serializers.UUIDField()
    session_id = serializers.UUIDField()
