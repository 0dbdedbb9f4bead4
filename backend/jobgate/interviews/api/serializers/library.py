"""Templates of campaigns, and the question bank."""

from typing import Any

from rest_framework import serializers

from jobgate.interviews.api.fields import LineField
from jobgate.interviews.api.serializers.campaigns import (
    AnswerBy,
    CampaignContentSerializer,
    Plain,
    QuestionContentSerializer,
)
from jobgate.interviews.models.campaigns import MOST_QUESTIONS


class TemplateQuestionSerializer(QuestionContentSerializer):
    """A question of a template: without identity, without a recording."""


class TemplateContentSerializer(CampaignContentSerializer):
    """A campaign without title, dates and recordings."""

    questions: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=TemplateQuestionSerializer(), max_length=MOST_QUESTIONS
    )


class TemplateSerializer(Plain):
    id = serializers.UUIDField()
    name = serializers.CharField()
    built_in = serializers.BooleanField(help_text="Everybody has it; it cannot be changed.")
    campaign = TemplateContentSerializer()
    created_at = serializers.DateTimeField(allow_null=True)


class TemplateWriteSerializer(Plain):
    name = LineField(max_length=200)
    campaign = TemplateContentSerializer()


class BankQuestionSerializer(Plain):
    id = serializers.UUIDField()
    category = serializers.CharField(allow_blank=True)
    text = serializers.CharField()
    answer_by = serializers.ChoiceField(choices=AnswerBy.choices)
    choices = serializers.ListField(child=serializers.CharField())
    preparation_seconds = serializers.IntegerField(allow_null=True)
    answer_seconds = serializers.IntegerField(allow_null=True)
    mandatory = serializers.BooleanField()
    created_at = serializers.DateTimeField()


class BankQuestionWriteSerializer(QuestionContentSerializer):
    category = LineField(max_length=80, allow_blank=True, default="")
