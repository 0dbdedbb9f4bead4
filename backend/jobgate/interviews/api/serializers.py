"""What recruiters and reviewers send and get."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from jobgate.core import clock
from jobgate.core.languages import Language
from jobgate.interviews.api.fields import LineField, LinkedInField, PhoneField, TextField
from jobgate.interviews.models import InterviewSession, SessionLog, VideoCampaign
from jobgate.interviews.models.campaigns import (
    LONGEST_SECONDS,
    MOST_QUESTIONS,
    MOST_TAKES,
    default_end,
)
from jobgate.interviews.services.invitations import MOST_AT_ONCE
from jobgate.media.models import Recording

Plain = serializers.Serializer[Any]


class HiringManagerSerializer(Plain):
    id = serializers.UUIDField()
    email = serializers.EmailField(source="user.email")
    first_name = serializers.CharField(source="user.first_name")
    last_name = serializers.CharField(source="user.last_name")
    job_title = serializers.CharField()
    company = serializers.CharField()
    department = serializers.CharField()
    phone = serializers.CharField()
    language = serializers.ChoiceField(choices=Language.choices, source="user.language")


class HiringManagerWriteSerializer(Plain):
    first_name = LineField(max_length=150, allow_blank=True)
    last_name = LineField(max_length=150, allow_blank=True)
    job_title = LineField(max_length=200, allow_blank=True, default="")
    company = LineField(max_length=200, allow_blank=True, default="")
    department = LineField(max_length=200, allow_blank=True, default="")
    phone = PhoneField(max_length=32, allow_blank=True, default="")
    language = serializers.ChoiceField(choices=Language.choices)


# Campaigns


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


class InviteeSerializer(Plain):
    first_name = LineField(max_length=100)
    last_name = LineField(max_length=100)
    email = serializers.EmailField(max_length=254)
    phone = PhoneField(max_length=32, required=False, allow_blank=True)
    linkedin_url = LinkedInField(max_length=300, required=False, allow_blank=True)
    language = serializers.ChoiceField(choices=Language.choices, required=False)


class InviteSerializer(Plain):
    candidates: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=InviteeSerializer(), allow_empty=False, max_length=MOST_AT_ONCE
    )


class CandidateBriefSerializer(Plain):
    id = serializers.UUIDField()
    first_name = serializers.CharField()
    last_name = serializers.CharField()
    email = serializers.EmailField()


class InvitedSerializer(Plain):
    session_id = serializers.UUIDField()
    candidate = CandidateBriefSerializer()
    link = serializers.URLField()
    expires_at = serializers.DateTimeField()


class SkippedSerializer(Plain):
    email = serializers.EmailField()
    code = serializers.CharField()
    detail = serializers.CharField()


class InvitationsSerializer(Plain):
    invited = InvitedSerializer(many=True)
    skipped = SkippedSerializer(many=True)


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


# Sessions, answers, candidates, log


class CampaignBriefSerializer(Plain):
    id = serializers.UUIDField()
    title = serializers.CharField()


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
    answer_kind = serializers.ChoiceField(choices=["video", "audio", "skipped"])
    recording = RecordingSerializer(allow_null=True)
    evaluation = EvaluationSerializer(allow_null=True, help_text="Your own.")
    evaluations_count = serializers.IntegerField(help_text="Those that you may see.")


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


class LinkSerializer(Plain):
    link = serializers.URLField()


class CandidateSerializer(CandidateBriefSerializer):
    phone = serializers.CharField(allow_blank=True)
    linkedin_url = serializers.CharField(allow_blank=True)
    language = serializers.ChoiceField(choices=Language.choices)
    created_at = serializers.DateTimeField()


class CandidateSessionSerializer(Plain):
    id = serializers.UUIDField()
    campaign = CampaignBriefSerializer()
    status = serializers.ChoiceField(choices=InterviewSession.Status.choices)


class CandidateDetailSerializer(CandidateSerializer):
    sessions = CandidateSessionSerializer(many=True)


class LogEntrySerializer(TimelineEntrySerializer):
    id = serializers.UUIDField()
    session_id = serializers.UUIDField()
