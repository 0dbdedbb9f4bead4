"""Campaigns, their questions and their figures."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from jobgate.core import clock
from jobgate.core.languages import Language
from jobgate.interviews.api.fields import LineField, TextField
from jobgate.interviews.models import VideoCampaign
from jobgate.interviews.models.campaigns import (
    LONGEST_SECONDS,
    MOST_QUESTIONS,
    MOST_TAKES,
    default_end,
)

Plain = serializers.Serializer[Any]


class QuestionSerializer(Plain):
    id = serializers.UUIDField(help_text="The same over all versions of the campaign.")
    position = serializers.IntegerField()
    text = serializers.CharField()
    preparation_seconds = serializers.IntegerField(
        allow_null=True, help_text="null: the campaign's."
    )
    answer_seconds = serializers.IntegerField(allow_null=True, help_text="null: the campaign's.")
    mandatory = serializers.BooleanField()


class QuestionWriteSerializer(Plain):
    """A question; the order of the list is the order of the questions."""

    id = serializers.UUIDField(
        required=False, allow_null=True, help_text="Absent or null: a new question."
    )
    text = TextField(max_length=2000)
    preparation_seconds = serializers.IntegerField(
        min_value=0, max_value=LONGEST_SECONDS, allow_null=True, default=None
    )
    answer_seconds = serializers.IntegerField(
        min_value=1, max_value=LONGEST_SECONDS, allow_null=True, default=None
    )
    mandatory = serializers.BooleanField(default=True)


class CampaignBriefSerializer(Plain):
    id = serializers.UUIDField()
    title = serializers.CharField()


class CampaignCountsSerializer(Plain):
    invited = serializers.IntegerField()
    started = serializers.IntegerField()
    in_progress = serializers.IntegerField()
    completed = serializers.IntegerField()
    expired = serializers.IntegerField()
    total = serializers.IntegerField()
    to_review = serializers.IntegerField(help_text="Answers that you have not scored yet.")


class CampaignBaseSerializer(Plain):
    id = serializers.UUIDField()
    title = serializers.CharField()
    job_title = serializers.CharField()
    introduction = serializers.CharField()
    language = serializers.ChoiceField(choices=Language.choices)
    status = serializers.ChoiceField(choices=VideoCampaign.Status.choices)
    version = serializers.IntegerField()
    preparation_seconds = serializers.IntegerField()
    answer_seconds = serializers.IntegerField()
    max_questions = serializers.IntegerField()
    takes_allowed = serializers.IntegerField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    counts = CampaignCountsSerializer()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class CampaignListSerializer(CampaignBaseSerializer):
    question_count = serializers.IntegerField()


class CampaignSerializer(CampaignBaseSerializer):
    questions = QuestionSerializer(many=True)


class CampaignWriteSerializer(Plain):
    title = LineField(max_length=200)
    job_title = LineField(max_length=200, allow_blank=True, default="")
    introduction = TextField(max_length=5000, allow_blank=True, default="")
    language = serializers.ChoiceField(choices=Language.choices, default=Language.FRENCH.value)
    preparation_seconds = serializers.IntegerField(
        min_value=0, max_value=LONGEST_SECONDS, default=60
    )
    answer_seconds = serializers.IntegerField(min_value=1, max_value=LONGEST_SECONDS, default=120)
    max_questions = serializers.IntegerField(min_value=1, max_value=MOST_QUESTIONS, default=10)
    takes_allowed = serializers.IntegerField(min_value=1, max_value=MOST_TAKES, default=1)
    starts_at = serializers.DateTimeField(required=False, help_text="Default: now, or what it was.")
    ends_at = serializers.DateTimeField(
        required=False, help_text="Default: in 30 days, or what it was."
    )
    questions: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=QuestionWriteSerializer(), max_length=MOST_QUESTIONS
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        held: VideoCampaign | None = self.instance
        attrs.setdefault("starts_at", held.starts_at if held else clock.now())
        attrs.setdefault("ends_at", held.ends_at if held else default_end())
        if attrs["ends_at"] <= attrs["starts_at"]:
            detail = _("The campaign has to end after it starts.")
            raise serializers.ValidationError({"ends_at": detail}, code="before_start")
        if len(attrs["questions"]) > attrs["max_questions"]:
            detail = _("There are more questions than this campaign allows.")
            raise serializers.ValidationError({"questions": detail}, code="too_many")
        return attrs


class QuestionTimeSerializer(Plain):
    question_id = serializers.UUIDField()
    position = serializers.IntegerField()
    text = serializers.CharField()
    average_answer_seconds = serializers.FloatField(allow_null=True)
    answers = serializers.IntegerField()


class StatisticsSerializer(CampaignCountsSerializer):
    withdrawn = serializers.IntegerField()
    completion_rate = serializers.FloatField(
        allow_null=True, help_text="Completed of all invited, 0 to 1."
    )
    average_answer_seconds = QuestionTimeSerializer(many=True)
    technical_error_rate = serializers.FloatField(
        allow_null=True, help_text="Takes that a technical fault spoilt, 0 to 1."
    )
    average_score = serializers.FloatField(allow_null=True, help_text="Of your own scores.")
