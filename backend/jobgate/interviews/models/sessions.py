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
