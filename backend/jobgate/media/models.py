"""The one place where bytes become something playable."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobgate.core.tenancy import TenantModel


class Recording(TenantModel):
    """What one camera and microphone sent: first an upload, then a file, then playable.

    The states change in lifecycle.py alone.
    """

    class State(models.TextChoices):
        RECEIVING = "receiving", _("Receiving")
        RECEIVED = "received", _("Received")
        VERIFIED = "verified", _("Verified")
        READY = "ready", _("Ready")
        REJECTED = "rejected", _("Refused")
        FAILED = "failed", _("Failed")

    class Reason(models.TextChoices):
        """Why a recording was refused (its file is at fault) or failed (we are)."""

        EMPTY = "empty", _("The recording is empty.")
        NOT_A_VIDEO = "not_a_video", _("The file is not a video or sound recording.")
        DAMAGED = "damaged", _("The recording is damaged and cannot be played.")
        NO_STREAMS = "no_streams", _("The recording holds neither picture nor sound.")
        TOO_MANY_STREAMS = "too_many_streams", _("The file holds more than one recording.")
        TOO_LONG = "too_long", _("The recording is longer than the limit.")
        TOO_MANY_PIXELS = "too_many_pixels", _("The picture is too large.")
        UNSUPPORTED_CODEC = "unsupported_codec", _("The recording has a format we cannot play.")
        HASH_MISMATCH = "hash_mismatch", _("What arrived differs from what was recorded.")
        TIME_LIMIT = "time_limit", _("Preparing the recording took too long.")
        MEMORY_LIMIT = "memory_limit", _("Preparing the recording needed too much memory.")
        DISK_FULL = "disk_full", _("There was no room left to prepare the recording.")
        CRASHED = "crashed", _("Preparing the recording failed.")
        MISSING = "missing", _("The file of the recording is missing.")
        UPLOAD_EXPIRED = "upload_expired", _("The recording never arrived completely.")

    state = models.CharField(max_length=10, choices=State, default=State.RECEIVING)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    state_changed_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)

    # The upload: what it may hold, which tokens may still write, when it is given up.
    max_bytes = models.PositiveBigIntegerField()
    max_duration_seconds = models.PositiveIntegerField()
    generation = models.PositiveIntegerField(default=1)
    upload_expires_at = models.DateTimeField()

    # The file as it came. Its hash stays when the file goes.
    byte_length = models.PositiveBigIntegerField(null=True)
    claimed_sha256 = models.CharField(max_length=64, blank=True)
    claimed_duration_ms = models.PositiveIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)

    # What was made of it: names in the store.
    derivative = models.CharField(max_length=200, blank=True)
    poster = models.CharField(max_length=200, blank=True)
    mime_type = models.CharField(max_length=40, blank=True)
    duration_ms = models.PositiveIntegerField(null=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    frame_rate = models.FloatField(null=True)
    has_video = models.BooleanField(default=False)
    has_audio = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(
                    state__in=["receiving", "received", "verified", "ready", "rejected", "failed"]
                ),
                name="media_recording_state",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["received", "verified", "ready"])
                | Q(received_at__isnull=False, byte_length__isnull=False),
                name="media_recording_received",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["verified", "ready"])
                | (Q(verified_at__isnull=False) & ~Q(sha256="")),
                name="media_recording_verified",
            ),
            models.CheckConstraint(
                condition=~Q(state="ready")
                | (Q(ready_at__isnull=False, duration_ms__isnull=False) & ~Q(derivative="")),
                name="media_recording_ready",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["rejected", "failed"], refused_at__isnull=False)
                & ~Q(reason="")
                | ~Q(state__in=["rejected", "failed"]) & Q(reason=""),
                name="media_recording_reason",
            ),
        ]
        indexes = [
            # For the sweeper: what is still on its way, oldest change first.
            models.Index(
                fields=["state_changed_at"],
                condition=Q(state__in=["receiving", "received", "verified"]),
                name="media_recording_on_its_way",
            )
        ]

    def __str__(self) -> str:
        return f"{self.id}: {self.state}"
