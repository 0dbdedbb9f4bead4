"""One candidate's way through one campaign, and its log."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobgate.core import clock
from jobgate.core.languages import Language
from jobgate.core.tenancy import TenantModel, TenantReference
from jobgate.interviews.models.campaigns import CampaignVersion, VideoCampaign
from jobgate.interviews.models.people import Candidate


class InterviewSession(TenantModel):
    """One candidate in one campaign. Its status changes in lifecycle.py alone."""

    class Status(models.TextChoices):
        INVITED = "invited", _("Invited")
        STARTED = "started", _("Started")
        IN_PROGRESS = "in_progress", _("In progress")
        COMPLETED = "completed", _("Completed")
        EXPIRED = "expired", _("Expired")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Source(models.TextChoices):
        INVITATION = "invitation", _("Invitation")
        PUBLIC_LINK = "public_link", _("Public link")

    LIVE = (Status.INVITED, Status.STARTED, Status.IN_PROGRESS)

    campaign = models.ForeignKey(VideoCampaign, on_delete=models.RESTRICT, related_name="sessions")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="sessions")
    version = models.ForeignKey(
        CampaignVersion, on_delete=models.RESTRICT, null=True, related_name="sessions"
    )
    status = models.CharField(
        _("status"), max_length=12, choices=Status, default=Status.INVITED, editable=False
    )
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.FRENCH
    )
    # The link is made from the id and the generation; only its digest is kept.
    generation = models.PositiveSmallIntegerField(default=1, editable=False)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    # Raised to make spools on devices unreadable.
    session_key_epoch = models.PositiveSmallIntegerField(default=1, editable=False)
    expires_at = models.DateTimeField(_("expires"))
    started_at = models.DateTimeField(_("started"), null=True, editable=False)
    completed_at = models.DateTimeField(_("completed"), null=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    consented_at = models.DateTimeField(_("consent given"), null=True, editable=False)
    notice_version = models.CharField(max_length=20, blank=True, editable=False)
    source = models.CharField(
        _("source"), max_length=11, choices=Source, default=Source.INVITATION, editable=False
    )
    # The ids of the questions as this candidate meets them; empty: as the version has them.
    question_order = models.JSONField(default=list, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    # Which of the campaign's reminders, by days before the end, have gone out.
    reminded_days = models.JSONField(default=list, editable=False)
    # The one device that may act, until another takes over.
    lease = models.UUIDField(null=True, editable=False)
    lease_renewed_at = models.DateTimeField(null=True, editable=False)
    last_seen_at = models.DateTimeField(_("last seen"), null=True, editable=False)
    # Browser, its major version, system, and desktop, tablet or mobile: no more than that.
    device = models.JSONField(_("device"), default=dict, editable=False)
    # Whether any answer came late, and whether any technical fault spoilt an attempt.
    late = models.BooleanField(_("late"), default=False, editable=False)
    trouble = models.BooleanField(_("technical trouble"), default=False, editable=False)
    question_to_team = models.TextField(_("question to the team"), max_length=2000, blank=True)
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction"), null=True)
    satisfaction_comment = models.TextField(_("comment"), max_length=2000, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            *TenantModel.Meta.constraints,
            TenantReference(field="campaign", name="interviews_session_campaign_tenant"),
            TenantReference(field="candidate", name="interviews_session_candidate_tenant"),
            TenantReference(field="version", name="interviews_session_version_tenant"),
            models.UniqueConstraint(
                fields=["campaign", "candidate"], name="interviews_session_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "invited",
                        "started",
                        "in_progress",
                        "completed",
                        "expired",
                        "withdrawn",
                    ]
                ),
                name="interviews_session_status",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["started", "in_progress", "completed"])
                | Q(version__isnull=False, started_at__isnull=False),
                name="interviews_session_started_has_version",
            ),
            models.CheckConstraint(
                condition=Q(completed_at__isnull=False, status="completed")
                | (Q(completed_at__isnull=True) & ~Q(status="completed")),
                name="interviews_session_completed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True) | Q(completed_at__gte=F("started_at")),
                name="interviews_session_times_ordered",
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="interviews_session_language"
            ),
            models.CheckConstraint(
                condition=Q(source__in=["invitation", "public_link"]),
                name="interviews_session_source",
            ),
            models.CheckConstraint(
                condition=Q(satisfaction__isnull=True)
                | Q(satisfaction__gte=1, satisfaction__lte=5),
                name="interviews_session_satisfaction",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-created_at", "-id"], name="session_newest"),
            models.Index(fields=["campaign", "-created_at", "-id"], name="session_by_campaign"),
            models.Index(fields=["campaign", "status"], name="session_counts"),
            models.Index(
                fields=["expires_at"],
                name="session_expiry",
                condition=Q(status__in=["invited", "started", "in_progress"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} in {self.campaign_id}: {self.status}"


class Accommodation(TenantModel):
    """What a candidate is granted beyond the campaign's rules; reviewers never see it."""

    class Instead(models.TextChoices):
        AUDIO = "audio", _("Audio")
        TEXT = "text", _("Text")

    session = models.OneToOneField(
        InterviewSession, on_delete=models.CASCADE, related_name="accommodation"
    )
    # Hundredths by which preparation and answer are longer: 100, 125, 150 or 200.
    time_percent = models.PositiveSmallIntegerField(_("time"), default=100)
    # Neither preparation nor answer ends before an hour.
    no_limit = models.BooleanField(_("no time limit"), default=False)
    extra_takes = models.PositiveSmallIntegerField(_("more takes"), default=0)
    # Ways to answer instead of a video.
    instead = models.JSONField(_("instead of video"), default=list)

    class Meta(TenantModel.Meta):
        verbose_name = _("accommodation")
        verbose_name_plural = _("accommodations")
        constraints = [
            *TenantModel.Meta.constraints,
            TenantReference(field="session", name="interviews_accommodation_session_tenant"),
            models.CheckConstraint(
                condition=Q(time_percent__in=[100, 125, 150, 200]) & Q(extra_takes__lte=10),
                name="interviews_accommodation_limits",
            ),
        ]

    def __str__(self) -> str:
        return str(self.session_id)


class Handover(TenantModel):
    """A code by which a candidate goes on, once, on another device."""

    session = models.ForeignKey(
        InterviewSession, on_delete=models.CASCADE, related_name="handovers"
    )
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            TenantReference(field="session", name="interviews_handover_session_tenant"),
        ]

    def __str__(self) -> str:
        return str(self.session_id)


class SessionLog(TenantModel):
    """What happened in a session, as the server saw it or as the candidate's page told it."""

    class Source(models.TextChoices):
        SERVER = "server", _("Server")
        PAGE = "page", _("Candidate's page")

    session = models.ForeignKey(InterviewSession, on_delete=models.CASCADE, related_name="logs")
    at = models.DateTimeField(_("at"), default=clock.now)
    source = models.CharField(max_length=6, choices=Source, default=Source.SERVER)
    kind = models.CharField(_("kind"), max_length=40)
    data = models.JSONField(_("data"), default=dict)

    class Meta(TenantModel.Meta):
        verbose_name = _("session log entry")
        verbose_name_plural = _("session log")
        constraints = [
            *TenantModel.Meta.constraints,
            TenantReference(field="session", name="interviews_log_session_tenant"),
            models.CheckConstraint(
                condition=Q(source__in=["server", "page"]), name="interviews_log_source"
            ),
        ]
        indexes = [
            models.Index(fields=["session", "at", "id"], name="log_timeline"),
            models.Index(fields=["organization", "-created_at", "-id"], name="log_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.kind}"
