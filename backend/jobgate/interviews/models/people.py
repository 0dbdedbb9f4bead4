"""The people on both sides of an interview, as an organisation knows them."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from jobgate.core.languages import Language
from jobgate.core.tenancy import TenantModel


class HiringManager(TenantModel):
    """A recruiter's profile in one organisation; rights come from the membership alone."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", editable=False
    )
    company = models.CharField(_("company"), max_length=200, blank=True)
    department = models.CharField(_("department"), max_length=200, blank=True)
    job_title = models.CharField(_("job title"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=32, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("hiring manager")
        verbose_name_plural = _("hiring managers")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "user"], name="interviews_hiring_manager_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.organization_id}"


class Candidate(TenantModel):
    """A person whom an organisation invites, and what it wrote down about how to reach them."""

    first_name = models.CharField(_("first name"), max_length=100)
    last_name = models.CharField(_("last name"), max_length=100)
    email = models.EmailField(_("e-mail"), max_length=254)
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    linkedin_url = models.URLField(_("LinkedIn profile"), max_length=300, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.FRENCH
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                "organization", Lower("email"), name="interviews_candidate_email_once"
            ),
            models.CheckConstraint(
                condition=models.Q(language__in=Language.values),
                name="interviews_candidate_language",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-created_at", "-id"], name="candidate_newest"),
            models.Index(fields=["organization", "last_name", "first_name"], name="candidate_name"),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"
