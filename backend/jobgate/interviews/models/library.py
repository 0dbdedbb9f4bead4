"""What an organisation keeps to set up its next campaign."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jobgate.core.tenancy import TenantModel


class BankQuestion(TenantModel):
    """A question kept for later campaigns; a campaign copies it."""

    text = models.TextField(_("text"), max_length=2000)
    # The rest of a question as the API writes it: times, kind of answer, choices, mandatory.
    settings = models.JSONField(default=dict)
    category = models.CharField(_("category"), max_length=80, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("question of the bank")
        verbose_name_plural = _("question bank")
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=~models.Q(text=""), name="interviews_bank_stated"),
        ]
        indexes = [
            models.Index(fields=["organization", "-created_at", "-id"], name="bank_newest"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class CampaignTemplate(TenantModel):
    """Settings and questions from which campaigns are made."""

    name = models.CharField(_("name"), max_length=200)
    # A campaign as the API writes it, without title and dates.
    campaign = models.JSONField(default=dict)

    class Meta(TenantModel.Meta):
        verbose_name = _("campaign template")
        verbose_name_plural = _("campaign templates")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "name"], name="interviews_template_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
