"""Questions opened, attempts at them, the answers that count, and what reviewers think."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobgate.core.tenancy import TenantModel, TenantReference
from jobgate.interviews.models.campaigns import Question
from jobgate.interviews.models.sessions import InterviewSession
from jobgate.media.models import Recording


class QuestionOpening(TenantModel):
    """The moment at which a candidate first read a question: what deadlines count from."""

    session = models.ForeignKey(InterviewSession, on_delete=models.CASCADE, related_name="openings")
    question = models.ForeignKey(Question, on_delete=models.RESTRICT, related_name="openings")
    preparation_ends_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            TenantReference(field="session", name="interviews_opening_session_tenant"),
            TenantReference(field="question", name="interviews_opening_question_tenant"),
            models.UniqueConstraint(fields=["session", "question"], name="interviews_opening_once"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.question_id}"


class Take(TenantModel):
    """An attempt at a question."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        SUBMITTED = "submitted", _("Submitted")
        # A technical fault: it does not count against the candidate.
        GIVEN_BACK = "given_back", _("Given back")
        # A person lets the answer be given again: this attempt stays, and does not count either.
        REOPENED = "reopened", _("Reopened")
        ABANDONED = "abandoned", _("Abandoned")

    NOT_COUNTED = (State.GIVEN_BACK, State.REOPENED)

    session = models.ForeignKey(InterviewSession, on_delete=models.CASCADE, related_name="takes")
    question = models.ForeignKey(Question, on_delete=models.RESTRICT, related_name="takes")
    number = models.PositiveSmallIntegerField(_("number"))
    deadline = models.DateTimeField(_("deadline"))
    recording = models.OneToOneField(Recording, on_delete=models.RESTRICT, related_name="take")
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.OPEN, editable=False
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("take")
        verbose_name_plural = _("takes")
        constraints = [
            *TenantModel.Meta.constraints,
            TenantReference(field="session", name="interviews_take_session_tenant"),
            TenantReference(field="question", name="interviews_take_question_tenant"),
            TenantReference(field="recording", name="interviews_take_recording_tenant"),
            models.UniqueConstraint(
                fields=["session", "question", "number"], name="interviews_take_number_once"
            ),
            models.UniqueConstraint(
                fields=["session", "question"],
                condition=Q(state="open"),
                name="interviews_take_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "submitted", "given_back", "reopened", "abandoned"])
                & Q(number__gte=1),
                name="interviews_take_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.question_id} take {self.number}"


class Attachment(TenantModel):
    """A file that answers a question: kept as it came, never opened by the server."""

    session = models.ForeignKey(
        InterviewSession, on_delete=models.CASCADE, related_name="attachments"
    )
    question = models.ForeignKey(Question, on_delete=models.RESTRICT, related_name="+")
    # As the candidate named it.
    file_name = models.CharField(_("file"), max_length=255)
    content_type = models.CharField(max_length=100)
    # Below the media root, or in the bucket.
    stored_name = models.CharField(max_length=255, unique=True, editable=False)
    byte_length = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta(TenantModel.Meta):
        verbose_name = _("file of an answer")
        verbose_name_plural = _("files of answers")
        constraints = [
            *TenantModel.Meta.constraints,
            TenantReference(field="session", name="interviews_attachment_session_tenant"),
            TenantReference(field="question", name="interviews_attachment_question_tenant"),
        ]

    def __str__(self) -> str:
        return self.file_name


class VideoResponse(TenantModel):
    """The answer of a session to a question: the take that counts, or that it was skipped."""

    class Kind(models.TextChoices):
        RECORDED = "recorded", _("Recorded")
        TEXT = "text", _("Text")
        CHOICE = "choice", _("Choice")
        FILE = "file", _("File")
        SKIPPED = "skipped", _("Skipped")

    session = models.ForeignKey(
        InterviewSession, on_delete=models.CASCADE, related_name="responses"
    )
    question = models.ForeignKey(Question, on_delete=models.RESTRICT, related_name="responses")
    take = models.OneToOneField(Take, on_delete=models.CASCADE, null=True, related_name="response")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.RECORDED)
    submitted_at = models.DateTimeField(_("submitted"))
    late = models.BooleanField(_("late"), default=False)
    # Since when it may be given again, until that happens or the session ends.
    reopened_at = models.DateTimeField(_("reopened"), null=True, editable=False)
    # What it was each time before it was given again, with what reviewers thought of that.
    former = models.JSONField(_("former answers"), default=list, editable=False)
    written = models.TextField(_("text"), max_length=20_000, blank=True)
    # Which of the question's choices, counted from 0.
    chosen = models.JSONField(_("choices"), default=list)
    attachment = models.OneToOneField(
        Attachment, on_delete=models.RESTRICT, null=True, related_name="response"
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        constraints = [
            *TenantModel.Meta.constraints,
            TenantReference(field="session", name="interviews_response_session_tenant"),
            TenantReference(field="question", name="interviews_response_question_tenant"),
            TenantReference(field="take", name="interviews_response_take_tenant"),
            TenantReference(field="attachment", name="interviews_response_attachment_tenant"),
            models.UniqueConstraint(
                fields=["session", "question"], name="interviews_response_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="recorded", take__isnull=False)
                | (Q(kind="file", take__isnull=True) & Q(attachment__isnull=False))
                | (Q(kind="text", take__isnull=True) & ~Q(written=""))
                | (Q(kind="choice", take__isnull=True) & ~Q(chosen=[]))
                | Q(kind="skipped", take__isnull=True),
                name="interviews_response_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-created_at", "-id"], name="response_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.question_id}"


class Evaluation(TenantModel):
    """A reviewer's own judgement of an answer."""

    response = models.ForeignKey(
        VideoResponse, on_delete=models.CASCADE, related_name="evaluations"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    score = models.PositiveSmallIntegerField(_("score"))
    notes = models.TextField(_("notes"), max_length=5000, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        constraints = [
            *TenantModel.Meta.constraints,
            TenantReference(field="response", name="interviews_evaluation_response_tenant"),
            models.UniqueConstraint(
                fields=["response", "reviewer"], name="interviews_evaluation_once"
            ),
            models.CheckConstraint(
                condition=Q(score__gte=1, score__lte=10), name="interviews_evaluation_score"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response_id}: {self.score}"
