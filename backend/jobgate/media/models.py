"""The one place where bytes become something playable."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobgate.core.tenancy import TenantModel, TenantReference


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
        INCOMPLETE = (
            "incomplete",
            _("The recording breaks off: what is needed to play it is missing."),
        )
        NO_STREAMS = "no_streams", _("The recording holds neither picture nor sound.")
        TOO_MANY_STREAMS = "too_many_streams", _("The file holds more than one recording.")
        TOO_LONG = "too_long", _("The recording is longer than the limit.")
        TOO_MANY_PIXELS = "too_many_pixels", _("The picture is too large.")
        UNSUPPORTED_CODEC = "unsupported_codec", _("The recording has a format we cannot play.")
        HASH_MISMATCH = "hash_mismatch", _("What arrived differs from what was recorded.")
        TIME_LIMIT = "time_limit", _("Preparing the recording took too long.")
        MEMORY_LIMIT = "memory_limit", _("Preparing the recording needed too much memory.")
        DISK_FULL = "disk_full", _("There was no room left to prepare the recording.")
        COPY_DIFFERS = "copy_differs", _("The playable copy was not like the recording.")
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
    # How often preparing it ended in a technical fault.
    faults = models.PositiveSmallIntegerField(default=0)

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
    original_removed_at = models.DateTimeField(null=True)

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
    video_codec = models.CharField(max_length=16, blank=True)
    audio_codec = models.CharField(max_length=16, blank=True)

    # The second copy, where the first does not play in every browser. The outcome is empty until
    # it was made or given up; players may still hold the copy that it replaced.
    plays_everywhere = models.BooleanField(default=False)
    portable_outcome = models.CharField(max_length=20, blank=True)
    replaced = models.CharField(max_length=200, blank=True)
    replaced_at = models.DateTimeField(null=True)

    # What makes it pleasant to look through; the outcome is empty until it was made or given up.
    extras_outcome = models.CharField(max_length=20, blank=True)
    storyboard = models.CharField(max_length=200, blank=True)
    storyboard_layout = models.JSONField(null=True)
    waveform = models.JSONField(null=True)
    loudness_lufs = models.FloatField(null=True)
    peak_dbfs = models.FloatField(null=True)

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
            ),
            # For the sweeper: what is playable, but has not all that shall follow.
            models.Index(
                fields=["ready_at"],
                condition=Q(state="ready")
                & (Q(extras_outcome="") | Q(plays_everywhere=False, portable_outcome="")),
                name="media_recording_to_improve",
            ),
            # For the job that removes files that nobody needs any more.
            models.Index(
                fields=["ready_at"],
                condition=Q(state="ready", original_removed_at__isnull=True),
                name="media_recording_with_original",
            ),
            models.Index(
                fields=["replaced_at"],
                condition=~Q(replaced=""),
                name="media_recording_replaced",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id}: {self.state}"


class BucketUpload(TenantModel):
    """An upload into a bucket: what a local one has in its length, its sidecar and its lock.

    `offset` is how much is stored and confirmed. `fence` grows with each connection that takes the
    upload over: an UPDATE that names an older one finds no row, so its sender moves nothing.
    """

    recording = models.OneToOneField(Recording, on_delete=models.CASCADE, related_name="+")
    offset = models.PositiveBigIntegerField(default=0)
    fence = models.PositiveIntegerField(default=0)
    length = models.PositiveBigIntegerField(null=True)
    max_bytes = models.PositiveBigIntegerField()
    generation = models.PositiveIntegerField()
    expires_at = models.DateTimeField()
    file_type = models.CharField(max_length=100, blank=True)
    sealed = models.BooleanField(default=False)
    # The pieces became one object, and are of no more use.
    joined = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            TenantReference(field="recording", name="media_bucketupload_recording_tenant"),
            models.CheckConstraint(
                condition=Q(offset__lte=models.F("max_bytes"))
                & (Q(length__isnull=True) | Q(offset__lte=models.F("length"))),
                name="media_bucketupload_offset",
            ),
            models.CheckConstraint(
                condition=Q(sealed=False) | Q(length=models.F("offset")),
                name="media_bucketupload_sealed",
            ),
            models.CheckConstraint(
                condition=Q(joined=False) | Q(sealed=True), name="media_bucketupload_joined"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recording_id}: {self.offset}"
