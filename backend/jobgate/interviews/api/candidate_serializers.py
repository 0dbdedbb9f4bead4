"""What the candidate's page sends and gets."""

from typing import Any

from rest_framework import serializers

from jobgate.core.languages import Language
from jobgate.interviews.models import (
    CampaignVersion,
    InterviewSession,
    VersionQuestion,
    VideoResponse,
)
from jobgate.media.models import Recording

Plain = serializers.Serializer[Any]
QUESTION_STATES = ["pending", "open", "answered", "skipped"]


class DeviceSerializer(Plain):
    lease = serializers.UUIDField(
        required=False, default=None, help_text="Made by the page once, and kept on the device."
    )
    take_over = serializers.BooleanField(
        default=False, help_text="Go on here, also where another device acts at the moment."
    )


class StartSerializer(DeviceSerializer):
    token = serializers.CharField(max_length=64, write_only=True)


class HandoverCodeSerializer(Plain):
    code = serializers.CharField(max_length=64, write_only=True)
    lease = serializers.UUIDField(required=False, default=None)


class SessionStateSerializer(Plain):
    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=InterviewSession.Status.choices)
    expires_at = serializers.DateTimeField()
    language = serializers.ChoiceField(choices=Language.choices)
    consented = serializers.BooleanField()
    started_at = serializers.DateTimeField(allow_null=True)
    completed_at = serializers.DateTimeField(allow_null=True)
    confirmed_at = serializers.DateTimeField(allow_null=True)
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    satisfaction = serializers.IntegerField(allow_null=True, help_text="1 to 5.")
    satisfaction_comment = serializers.CharField()
    question_to_team = serializers.CharField()


class SessionAnswerSerializer(Plain):
    server_time = serializers.DateTimeField()
    session = SessionStateSerializer()


class HostSerializer(Plain):
    name = serializers.CharField()
    brand_color = serializers.CharField()


class PromptSerializer(Plain):
    """A recruiter's recording."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=["video", "audio"])
    state = serializers.ChoiceField(choices=Recording.State.choices)
    mime_type = serializers.CharField()
    duration_ms = serializers.IntegerField(allow_null=True)
    language = serializers.ChoiceField(choices=Language.choices)
    captions = serializers.CharField(help_text="WebVTT; empty where there are none.")
    transcript = serializers.CharField()
    url = serializers.CharField(allow_null=True, help_text="Signed; null until it is ready.")
    poster_url = serializers.CharField(allow_null=True)
    grant_expires_at = serializers.DateTimeField(allow_null=True)


class InterviewCampaignSerializer(Plain):
    title = serializers.CharField()
    job_title = serializers.CharField()
    company = serializers.CharField()
    department = serializers.CharField()
    introduction = serializers.CharField()
    introduction_prompt = PromptSerializer(allow_null=True)
    reply_by = serializers.DateField(allow_null=True)
    question_count = serializers.IntegerField()
    minutes = serializers.IntegerField(help_text="That it takes at most.")
    takes_allowed = serializers.IntegerField(help_text="Each question says its own.")
    preparation_mode = serializers.ChoiceField(choices=CampaignVersion.Preparation.choices)
    review_own_take = serializers.BooleanField()
    going_back = serializers.BooleanField()
    practice = serializers.BooleanField()
    closing_minute = serializers.BooleanField()
    questions_to_team = serializers.BooleanField()


class GrantedSerializer(Plain):
    """What was granted to this candidate; the times of the questions hold it already."""

    time_percent = serializers.IntegerField()
    no_limit = serializers.BooleanField()
    extra_takes = serializers.IntegerField()
    instead: serializers.ListField = serializers.ListField(child=serializers.CharField())


class InterviewCandidateSerializer(Plain):
    first_name = serializers.CharField()
    last_name = serializers.CharField()


class NoticeSerializer(Plain):
    version = serializers.CharField()
    paragraphs = serializers.ListField(child=serializers.CharField())


class OpenedQuestionSerializer(Plain):
    id = serializers.UUIDField()
    position = serializers.IntegerField(help_text="In this candidate's own order.")
    role = serializers.ChoiceField(choices=VersionQuestion.Role.choices)
    mandatory = serializers.BooleanField()
    answer_by = serializers.ChoiceField(choices=VersionQuestion.AnswerBy.choices)
    ways: serializers.ListField = serializers.ListField(
        child=serializers.ChoiceField(choices=VersionQuestion.AnswerBy.choices),
        help_text="In which this candidate may answer; the first is the usual one.",
    )
    preparation_seconds = serializers.IntegerField()
    answer_seconds = serializers.IntegerField()
    state = serializers.ChoiceField(choices=QUESTION_STATES)
    text = serializers.CharField()
    choices: serializers.ListField = serializers.ListField(child=serializers.CharField())
    prompt = PromptSerializer(allow_null=True)


class RefusalSerializer(Plain):
    reason = serializers.CharField(allow_null=True, help_text="A stable code.")
    reason_text = serializers.CharField(allow_null=True, help_text="A sentence for the person.")


class FaultSerializer(RefusalSerializer):
    take = serializers.UUIDField()
    upload = serializers.UUIDField()


class InterviewQuestionSerializer(OpenedQuestionSerializer):
    takes_allowed = serializers.IntegerField()
    takes_used = serializers.IntegerField()
    may_change = serializers.BooleanField(help_text="Answered, and may be answered anew.")
    retakes_left = serializers.IntegerField(help_text="How often report_fault is still believed.")
    fault = FaultSerializer(
        allow_null=True, help_text="What spoilt the answer, which is to be recorded again."
    )
    text = serializers.CharField(allow_null=True, help_text="null until the question is opened.")


class ReceiptLineSerializer(RefusalSerializer):
    question_id = serializers.UUIDField()
    position = serializers.IntegerField()
    text = serializers.CharField(allow_null=True, help_text="null when it was never opened.")
    answer_kind = serializers.ChoiceField(choices=VideoResponse.Kind.choices, allow_null=True)
    submitted_at = serializers.DateTimeField(allow_null=True)
    sha256 = serializers.CharField(allow_null=True, help_text="Of the file as it was stored.")
    bytes = serializers.IntegerField()
    state = serializers.CharField(help_text="The recording's state, the kind, or `unanswered`.")
    upload = serializers.UUIDField(allow_null=True)
    written = serializers.CharField()
    chosen: serializers.ListField = serializers.ListField(child=serializers.CharField())
    file_name = serializers.CharField(allow_null=True)
    url = serializers.CharField(allow_null=True, help_text="Signed: the answer, to be fetched.")
    url_expires_at = serializers.DateTimeField(allow_null=True)
    given_back = serializers.BooleanField(help_text="It may be recorded again.")


class InterviewSerializer(Plain):
    view = serializers.ChoiceField(
        choices=["interview", "own_page"], help_text="`own_page`: there is only to look back."
    )
    access = serializers.CharField()
    access_expires_in = serializers.IntegerField(help_text="Seconds.")
    server_time = serializers.DateTimeField()
    spool_key = serializers.CharField(help_text="32 bytes in base64.")
    session = SessionStateSerializer()
    organization = HostSerializer()
    campaign = InterviewCampaignSerializer()
    candidate = InterviewCandidateSerializer()
    accommodation = GrantedSerializer(allow_null=True)
    notice = NoticeSerializer()
    questions = InterviewQuestionSerializer(many=True)
    receipt = ReceiptLineSerializer(many=True, allow_null=True, help_text="On the own page.")


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


class SubmittedSerializer(Plain):
    id = serializers.UUIDField()
    question = serializers.UUIDField()
    state = serializers.CharField(help_text="The recording's state, or the kind of the answer.")
    late = serializers.BooleanField()


class SubmitAnswerSerializer(Plain):
    server_time = serializers.DateTimeField()
    response = SubmittedSerializer()


class ReceiptSerializer(Plain):
    server_time = serializers.DateTimeField()
    session = SessionStateSerializer()
    receipt = ReceiptLineSerializer(many=True)
