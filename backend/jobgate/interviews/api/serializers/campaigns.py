"""Campaigns, their questions and their figures."""

import zoneinfo
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from jobgate.core import clock
from jobgate.core.languages import Language
from jobgate.interviews.api.fields import LineField, TextField
from jobgate.interviews.models import CampaignVersion, VersionQuestion, VideoCampaign
from jobgate.interviews.models.campaigns import (
    DEFAULT_TIME_ZONE,
    LONGEST_SECONDS,
    MOST_CHOICES,
    MOST_QUESTIONS,
    MOST_REMINDERS,
    MOST_TAKES,
    default_end,
    is_time_zone,
)

Plain = serializers.Serializer[Any]


AnswerBy = VersionQuestion.AnswerBy
Preparation = CampaignVersion.Preparation
MOST_REMINDER_DAYS = 60


class QuestionSerializer(Plain):
    id = serializers.UUIDField(help_text="The same over all versions of the campaign.")
    position = serializers.IntegerField()
    text = serializers.CharField()
    answer_by = serializers.ChoiceField(choices=AnswerBy.choices)
    choices = serializers.ListField(child=serializers.CharField())
    prompt = serializers.UUIDField(allow_null=True, help_text="A recording beside the question.")
    preparation_seconds = serializers.IntegerField(
        allow_null=True, help_text="null: the campaign's."
    )
    answer_seconds = serializers.IntegerField(allow_null=True, help_text="null: the campaign's.")
    mandatory = serializers.BooleanField()


def wrong(field: str, code: str, detail: Any) -> serializers.ValidationError:
    return serializers.ValidationError({field: detail}, code=code)


class QuestionContentSerializer(Plain):
    """What a question asks, wherever it is kept."""

    text = TextField(max_length=2000)
    answer_by = serializers.ChoiceField(choices=AnswerBy.choices, default=AnswerBy.VIDEO.value)
    choices = serializers.ListField(
        child=LineField(max_length=300),
        max_length=MOST_CHOICES,
        default=list,
        help_text="Of a choice: at least two, all different; of every other kind: none.",
    )
    preparation_seconds = serializers.IntegerField(
        min_value=0, max_value=LONGEST_SECONDS, allow_null=True, default=None
    )
    answer_seconds = serializers.IntegerField(
        min_value=1, max_value=LONGEST_SECONDS, allow_null=True, default=None
    )
    mandatory = serializers.BooleanField(default=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        choices, is_choice = attrs["choices"], attrs["answer_by"] == AnswerBy.CHOICE
        if choices and not is_choice:
            raise wrong("choices", "not_a_choice", _("Only a choice has answers to choose from."))
        if is_choice and len(choices) < 2:
            raise wrong("choices", "too_few", _("Write at least two answers to choose from."))
        if len({choice.casefold() for choice in choices}) < len(choices):
            raise wrong("choices", "repeated", _("Two of these answers are the same."))
        return attrs


class QuestionWriteSerializer(QuestionContentSerializer):
    """A question; the order of the list is the order of the questions."""

    id = serializers.UUIDField(
        required=False, allow_null=True, help_text="Absent or null: a new question."
    )
    prompt = serializers.UUIDField(source="prompt_id", allow_null=True, default=None)


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
    company = serializers.CharField()
    department = serializers.CharField()
    introduction = serializers.CharField()
    language = serializers.ChoiceField(choices=Language.choices)
    time_zone = serializers.CharField()
    status = serializers.ChoiceField(choices=VideoCampaign.Status.choices)
    version = serializers.IntegerField()
    preparation_mode = serializers.ChoiceField(choices=Preparation.choices)
    preparation_seconds = serializers.IntegerField()
    answer_seconds = serializers.IntegerField()
    max_questions = serializers.IntegerField()
    takes_allowed = serializers.IntegerField()
    review_own_take = serializers.BooleanField()
    going_back = serializers.BooleanField()
    practice = serializers.BooleanField()
    shuffled = serializers.BooleanField()
    closing_minute = serializers.BooleanField()
    questions_to_team = serializers.BooleanField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    reply_by = serializers.DateField(allow_null=True)
    counts = CampaignCountsSerializer()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class CampaignListSerializer(CampaignBaseSerializer):
    question_count = serializers.IntegerField()


class CampaignSerializer(CampaignBaseSerializer):
    introduction_prompt = serializers.UUIDField(allow_null=True)
    invitation_text = serializers.CharField()
    reminder_days = serializers.ListField(child=serializers.IntegerField())
    version_started = serializers.IntegerField(
        help_text="How many candidates have started on the version of today."
    )
    questions = QuestionSerializer(many=True)


class CampaignContentSerializer(Plain):
    """What a campaign and a template of campaigns have in common."""

    job_title = LineField(max_length=200, allow_blank=True, default="")
    company = LineField(
        max_length=200, allow_blank=True, default="", help_text="Empty: the organisation's name."
    )
    department = LineField(max_length=200, allow_blank=True, default="")
    introduction = TextField(max_length=5000, allow_blank=True, default="")
    invitation_text = TextField(
        max_length=2000, allow_blank=True, default="", help_text="Added to the invitation."
    )
    language = serializers.ChoiceField(choices=Language.choices, default=Language.FRENCH.value)
    time_zone = serializers.CharField(
        max_length=64, default=DEFAULT_TIME_ZONE, help_text="Of the IANA database."
    )
    reminder_days = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=MOST_REMINDER_DAYS),
        max_length=MOST_REMINDERS,
        default=list,
        help_text="Days before a session's end on which whoever has not finished is reminded.",
    )
    preparation_mode = serializers.ChoiceField(
        choices=Preparation.choices,
        default=Preparation.HARD.value,
        help_text="none · soft: the time is only shown · hard: then the recording starts.",
    )
    preparation_seconds = serializers.IntegerField(
        min_value=0, max_value=LONGEST_SECONDS, default=60
    )
    answer_seconds = serializers.IntegerField(min_value=1, max_value=LONGEST_SECONDS, default=120)
    max_questions = serializers.IntegerField(min_value=1, max_value=MOST_QUESTIONS, default=10)
    takes_allowed = serializers.IntegerField(min_value=1, max_value=MOST_TAKES, default=1)
    review_own_take = serializers.BooleanField(default=True)
    going_back = serializers.BooleanField(default=False)
    practice = serializers.BooleanField(default=True)
    shuffled = serializers.BooleanField(
        default=False, help_text="Each candidate gets the questions in another order."
    )
    closing_minute = serializers.BooleanField(
        default=False, help_text="A free minute after the questions."
    )
    questions_to_team = serializers.BooleanField(default=False)
    questions: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=QuestionWriteSerializer(), max_length=MOST_QUESTIONS
    )

    def validate_time_zone(self, value: str) -> str:
        if not is_time_zone(value):
            raise serializers.ValidationError(_("There is no such time zone."), code="unknown")
        return value

    def validate_reminder_days(self, value: list[int]) -> list[int]:
        return sorted(set(value), reverse=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs["questions"]) > attrs["max_questions"]:
            detail = _("There are more questions than this campaign allows.")
            raise wrong("questions", "too_many", detail)
        return attrs


class CampaignWriteSerializer(CampaignContentSerializer):
    title = LineField(max_length=200)
    introduction_prompt = serializers.UUIDField(
        source="introduction_prompt_id", allow_null=True, default=None
    )
    starts_at = serializers.DateTimeField(required=False, help_text="Default: now, or what it was.")
    ends_at = serializers.DateTimeField(
        required=False, help_text="Default: in 30 days, or what it was."
    )
    reply_by = serializers.DateField(
        allow_null=True, default=None, help_text="Promised to candidates; not before the end."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        held: VideoCampaign | None = self.instance
        attrs.setdefault("starts_at", held.starts_at if held else clock.now())
        attrs.setdefault("ends_at", held.ends_at if held else default_end())
        if attrs["ends_at"] <= attrs["starts_at"]:
            raise wrong("ends_at", "before_start", _("The campaign has to end after it starts."))
        zone = zoneinfo.ZoneInfo(attrs["time_zone"])
        if attrs["reply_by"] and attrs["reply_by"] < attrs["ends_at"].astimezone(zone).date():
            detail = _("Candidates may answer until the end: promise a reply on that day or later.")
            raise wrong("reply_by", "before_end", detail)
        return super().validate(attrs)


class EffectSerializer(Plain):
    version = serializers.IntegerField(help_text="The version that the campaign would have.")
    new_version = serializers.BooleanField()
    changes = serializers.ListField(
        child=serializers.CharField(), help_text="The rules that would differ, and `questions`."
    )
    started = serializers.IntegerField(help_text="Candidates who stay on the version of today.")


class QuestionFiguresSerializer(Plain):
    question_id = serializers.UUIDField()
    position = serializers.IntegerField()
    text = serializers.CharField()
    answer_by = serializers.ChoiceField(choices=VersionQuestion.AnswerBy.choices)
    opened = serializers.IntegerField(help_text="Candidates who read it.")
    answered = serializers.IntegerField()
    skipped = serializers.IntegerField()
    left = serializers.IntegerField(
        help_text="The last question that somebody read who never finished."
    )
    takes = serializers.IntegerField(help_text="Attempts, without those spoilt by a fault.")
    takes_per_answer = serializers.FloatField(allow_null=True)
    average_answer_seconds = serializers.FloatField(allow_null=True)


class DevicesSerializer(Plain):
    """Sessions by what they were last taken on."""

    desktop = serializers.IntegerField()
    tablet = serializers.IntegerField()
    mobile = serializers.IntegerField()
    unknown = serializers.IntegerField(help_text="Started, on a device that did not say.")


class SatisfactionSerializer(Plain):
    """What candidates thought of the interview, from five answers on."""

    answers = serializers.IntegerField()
    mean = serializers.FloatField(allow_null=True)
    by_score = serializers.ListField(
        child=serializers.IntegerField(), allow_null=True, help_text="From 1 to 5."
    )


class TimeToCompleteSerializer(Plain):
    """Of completed sessions: half of them took at most the median, nine in ten the most."""

    from_start_median_seconds = serializers.FloatField(allow_null=True)
    from_start_most_seconds = serializers.FloatField(allow_null=True)
    from_invitation_median_seconds = serializers.FloatField(allow_null=True)
    from_invitation_most_seconds = serializers.FloatField(allow_null=True)


class StatisticsSerializer(CampaignCountsSerializer):
    withdrawn = serializers.IntegerField()
    ever_started = serializers.IntegerField(help_text="However they ended.")
    completion_rate = serializers.FloatField(
        allow_null=True, help_text="Completed of all invited, 0 to 1."
    )
    completion_rate_of_started = serializers.FloatField(
        allow_null=True, help_text="Completed of those who started, 0 to 1."
    )
    technical_error_rate = serializers.FloatField(
        allow_null=True, help_text="Takes that a technical fault spoilt, 0 to 1."
    )
    sessions_with_trouble = serializers.IntegerField()
    sessions_late = serializers.IntegerField(help_text="With an answer that came late.")
    takes_per_answer = serializers.FloatField(allow_null=True)
    devices = DevicesSerializer()
    satisfaction = SatisfactionSerializer()
    time_to_complete = TimeToCompleteSerializer()
    average_score = serializers.FloatField(allow_null=True, help_text="Of your own scores.")
    questions = QuestionFiguresSerializer(many=True)
