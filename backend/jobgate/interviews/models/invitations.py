"""Ways in beside the single invitation: a file of people, and a link for everybody."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobgate.core.tenancy import TenantModel, TenantReference
from jobgate.interviews.models.campaigns import VideoCampaign


class PublicLink(TenantModel):
    """A link by which anybody may invite themself, up to a number."""

    campaign = models.OneToOneField(
        VideoCampaign, on_delete=models.CASCADE, related_name="public_link"
    )
    # The token is made from the id and the generation, as a session's is.
    generation = models.PositiveSmallIntegerField(default=1, editable=False)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    enabled = models.BooleanField(_("enabled"), default=True)
    most_sessions = models.PositiveIntegerField(_("most candidates"), default=100)
    sessions_made = models.PositiveIntegerField(default=0, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("public link")
        verbose_name_plural = _("public links")
        constraints = [
            *TenantModel.Meta.constraints,
            TenantReference(field="campaign", name="interviews_public_campaign_tenant"),
            models.CheckConstraint(
                condition=Q(most_sessions__gte=1) & Q(sessions_made__lte=F("most_sessions")),
                name="interviews_public_limit",
            ),
        ]

    def __str__(self) -> str:
        return str(self.campaign_id)


class InvitationImport(TenantModel):
    """A file of people: read, shown line by line, then invited in the background."""

    class State(models.TextChoices):
        READING = "reading", _("Being read")
        # Read; a person looks at it and confirms.
        PREVIEW = "preview", _("To confirm")
        RUNNING = "running", _("Inviting")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")
        FAILED = "failed", _("Failed")

    campaign = models.ForeignKey(
        VideoCampaign, on_delete=models.CASCADE, related_name="invitation_imports"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    file_name = models.CharField(_("file"), max_length=255, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.READING, editable=False)
    # Why it failed: a stable code.
    reason = models.CharField(max_length=40, blank=True)
    lines = models.PositiveIntegerField(default=0)
    good = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    invited = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("import of invitations")
        verbose_name_plural = _("imports of invitations")
        constraints = [
            *TenantModel.Meta.constraints,
            TenantReference(field="campaign", name="interviews_import_campaign_tenant"),
            models.CheckConstraint(
                condition=Q(
                    state__in=["reading", "preview", "running", "done", "cancelled", "failed"]
                ),
                name="interviews_import_state",
            ),
        ]
        indexes = [
            models.Index(fields=["campaign", "-created_at", "-id"], name="import_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.file_name}: {self.state}"


class ImportLine(TenantModel):
    """A line of such a file, and what came of it."""

    class State(models.TextChoices):
        GOOD = "good", _("Good")
        WRONG = "wrong", _("Wrong")
        INVITED = "invited", _("Invited")
        SKIPPED = "skipped", _("Skipped")

    batch = models.ForeignKey(InvitationImport, on_delete=models.CASCADE, related_name="rows")
    # As a person counts, the heading included.
    number = models.PositiveIntegerField()
    # What was read, by the names of the API.
    person = models.JSONField(default=dict)
    state = models.CharField(max_length=7, choices=State, default=State.GOOD, editable=False)
    # Field → list of {code, detail}, as in the API's errors.
    errors = models.JSONField(default=dict)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            TenantReference(field="batch", name="interviews_line_batch_tenant"),
            models.UniqueConstraint(fields=["batch", "number"], name="interviews_line_once"),
        ]
        indexes = [
            models.Index(fields=["batch", "state", "number"], name="import_line_state"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.number}"
