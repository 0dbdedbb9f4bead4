"""What a recruiter shows or says: a video or a sound beside a question or an introduction."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jobgate.core.languages import Language
from jobgate.core.tenancy import TenantModel, TenantReference
from jobgate.media.models import Recording


class Prompt(TenantModel):
    """A recording by a recruiter, with its captions as WebVTT."""

    recording = models.OneToOneField(Recording, on_delete=models.RESTRICT, related_name="prompt")
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.FRENCH
    )
    captions = models.TextField(_("captions"), max_length=200_000, blank=True)
    # What is said in it, for those who cannot hear and where captions are not made yet.
    transcript = models.TextField(_("transcript"), max_length=20_000, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("recruiter's recording")
        verbose_name_plural = _("recruiters' recordings")
        constraints = [
            *TenantModel.Meta.constraints,
            TenantReference(field="recording", name="interviews_prompt_recording_tenant"),
            models.CheckConstraint(
                condition=models.Q(language__in=Language.values), name="interviews_prompt_language"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
