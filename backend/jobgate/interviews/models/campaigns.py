"""A campaign, its versions, and the questions that keep their identity across them."""

import zoneinfo
from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobgate.core import clock
from jobgate.core.languages import Language
from jobgate.core.tenancy import TenantModel, TenantReference
from jobgate.interviews.models.prompts import Prompt

LONGEST_SECONDS = 3600
MOST_QUESTIONS = 50
MOST_TAKES = 10
MOST_CHOICES = 20
MOST_REMINDERS = 5
DEFAULT_TIME_ZONE = "Africa/Casablanca"
DEFAULT_DAYS = 30


def default_end() -> datetime:
    return clock.now() + timedelta(days=DEFAULT_DAYS)


def seconds_between(field: str, low: int, *, nullable: bool = False) -> Q:
    """Return the condition that a duration is from `low` s to an hour."""
    within = Q(**{f"{field}__gte": low, f"{field}__lte": LONGEST_SECONDS})
    return within | Q(**{f"{field}__isnull": True}) if nullable else within


def is_time_zone(value: str) -> bool:
    """Return whether this is a name of the IANA time zone database."""
    return value in zoneinfo.available_timezones()


class VideoCampaign(TenantModel):
    """An interview campaign; what candidates must be treated alike by is in its version."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        ARCHIVED = "archived", _("Archived")

    title = models.CharField(_("title"), max_length=200)
    job_title = models.CharField(_("job title"), max_length=200, blank=True)
    company = models.CharField(_("company"), max_length=200, blank=True)
    department = models.CharField(_("department"), max_length=200, blank=True)
    introduction = models.TextField(_("introduction"), max_length=5000, blank=True)
    introduction_prompt = models.ForeignKey(
        Prompt, on_delete=models.RESTRICT, null=True, related_name="+"
    )
    # What the recruiter adds to the invitation in their own words.
    invitation_text = models.TextField(_("words of the invitation"), max_length=2000, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.FRENCH
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    starts_at = models.DateTimeField(_("starts"), default=clock.now)
    ends_at = models.DateTimeField(_("ends"), default=default_end)
    # In which dates are shown to people who set the campaign up; rows are in UTC.
    time_zone = models.CharField(_("time zone"), max_length=64, default=DEFAULT_TIME_ZONE)
    reply_by = models.DateField(_("reply promised by"), null=True)
    # Days before a session's end on which whoever has not finished is reminded.
    reminder_days = models.JSONField(_("reminders"), default=list)
    current = models.ForeignKey(
        "interviews.CampaignVersion",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [
            *TenantModel.Meta.constraints,
            TenantReference(field="current", name="interviews_campaign_current_tenant"),
            TenantReference(
                field="introduction_prompt", name="interviews_campaign_introduction_tenant"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="interviews_campaign_dates"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "open", "closed", "archived"]),
                name="interviews_campaign_status",
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="interviews_campaign_language"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-created_at", "-id"], name="campaign_newest"),
            models.Index(fields=["organization", "status"], name="campaign_status"),
        ]

    def __str__(self) -> str:
        return self.title


class CampaignVersion(TenantModel):
    """The rules of a campaign; never changed once a session is pinned to it."""

    class Preparation(models.TextChoices):
        NONE = "none", _("None")
        # The time is shown, and nothing happens when it is over.
        SOFT = "soft", _("Suggested")
        # The recording starts when it is over.
        HARD = "hard", _("Limited")

    campaign = models.ForeignKey(VideoCampaign, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    preparation_mode = models.CharField(
        _("preparation"), max_length=4, choices=Preparation, default=Preparation.HARD
    )
    preparation_seconds = models.PositiveSmallIntegerField(_("preparation time"), default=60)
    answer_seconds = models.PositiveSmallIntegerField(_("answer limit"), default=120)
    max_questions = models.PositiveSmallIntegerField(_("most questions"), default=10)
    takes_allowed = models.PositiveSmallIntegerField(_("takes allowed"), default=1)
    review_own_take = models.BooleanField(_("candidates watch their own take"), default=True)
    going_back = models.BooleanField(_("candidates may go back"), default=False)
    practice = models.BooleanField(_("practice question"), default=True)
    shuffled = models.BooleanField(_("questions in another order for each"), default=False)
    closing_minute = models.BooleanField(_("free closing minute"), default=False)
    questions_to_team = models.BooleanField(_("candidates may ask the team"), default=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("campaign version")
        verbose_name_plural = _("campaign versions")
        constraints = [
            *TenantModel.Meta.constraints,
            TenantReference(field="campaign", name="interviews_version_campaign_tenant"),
            models.UniqueConstraint(
                fields=["campaign", "number"], name="interviews_version_number_once"
            ),
            models.CheckConstraint(
                condition=seconds_between("preparation_seconds", 0)
                & seconds_between("answer_seconds", 1),
                name="interviews_version_seconds",
            ),
            models.CheckConstraint(
                condition=Q(max_questions__gte=1, max_questions__lte=MOST_QUESTIONS)
                & Q(takes_allowed__gte=1, takes_allowed__lte=MOST_TAKES)
                & Q(number__gte=1),
                name="interviews_version_limits",
            ),
            models.CheckConstraint(
                condition=Q(preparation_mode__in=["none", "soft", "hard"]),
                name="interviews_version_preparation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} v{self.number}"


class Question(TenantModel):
    """The identity of a question over the versions of its campaign."""

    campaign = models.ForeignKey(VideoCampaign, on_delete=models.CASCADE, related_name="questions")

    class Meta(TenantModel.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            *TenantModel.Meta.constraints,
            TenantReference(field="campaign", name="interviews_question_campaign_tenant"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class VersionQuestion(TenantModel):
    """A question as one version asks it; null times are the version's."""

    class AnswerBy(models.TextChoices):
        VIDEO = "video", _("Video")
        AUDIO = "audio", _("Audio")
        TEXT = "text", _("Text")
        CHOICE = "choice", _("Choice")
        FILE = "file", _("File")

    class Role(models.TextChoices):
        QUESTION = "question", _("Question")
        # The free minute at the end; its words are the product's, in the candidate's language.
        CLOSING = "closing", _("Closing minute")

    version = models.ForeignKey(CampaignVersion, on_delete=models.CASCADE, related_name="questions")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="wordings")
    position = models.PositiveSmallIntegerField(_("position"))
    role = models.CharField(max_length=8, choices=Role, default=Role.QUESTION)
    text = models.TextField(_("text"), max_length=2000)
    answer_by = models.CharField(
        _("answer by"), max_length=6, choices=AnswerBy, default=AnswerBy.VIDEO
    )
    # The offers of a choice, in their order; empty for every other kind.
    choices = models.JSONField(_("choices"), default=list)
    prompt = models.ForeignKey(Prompt, on_delete=models.RESTRICT, null=True, related_name="+")
    preparation_seconds = models.PositiveSmallIntegerField(_("preparation time"), null=True)
    answer_seconds = models.PositiveSmallIntegerField(_("answer limit"), null=True)
    mandatory = models.BooleanField(_("mandatory"), default=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("question of a version")
        verbose_name_plural = _("questions of a version")
        ordering = ["position"]
        constraints = [
            *TenantModel.Meta.constraints,
            TenantReference(field="version", name="interviews_wording_version_tenant"),
            TenantReference(field="question", name="interviews_wording_question_tenant"),
            TenantReference(field="prompt", name="interviews_wording_prompt_tenant"),
            models.UniqueConstraint(
                fields=["version", "position"], name="interviews_wording_position_once"
            ),
            models.UniqueConstraint(
                fields=["version", "question"], name="interviews_wording_question_once"
            ),
            models.CheckConstraint(
                condition=seconds_between("preparation_seconds", 0, nullable=True)
                & seconds_between("answer_seconds", 1, nullable=True),
                name="interviews_wording_seconds",
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1) & ~Q(text=""), name="interviews_wording_stated"
            ),
            models.CheckConstraint(
                condition=Q(role__in=["question", "closing"])
                & Q(answer_by__in=["video", "audio", "text", "choice", "file"]),
                name="interviews_wording_kinds",
            ),
            models.CheckConstraint(
                condition=(Q(answer_by="choice") & ~Q(choices=[]))
                | (~Q(answer_by="choice") & Q(choices=[])),
                name="interviews_wording_choices",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.text[:60]}"

    def preparation(self, version: CampaignVersion) -> int:
        """Return the preparation time that holds, in seconds."""
        if version.preparation_mode == CampaignVersion.Preparation.NONE:
            return 0
        own = self.preparation_seconds
        return version.preparation_seconds if own is None else own

    def limit(self, version: CampaignVersion) -> int:
        """Return the answer limit that holds, in seconds."""
        own = self.answer_seconds
        return version.answer_seconds if own is None else own
