"""What an organisation keeps for its next campaigns: templates and a bank of questions."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from jobgate.core.errors import Invalid
from jobgate.interviews import access
from jobgate.interviews.models import BankQuestion, CampaignTemplate
from jobgate.operations.services import record


@transaction.atomic
def create_template(name: str, campaign: dict[str, Any], *, actor_id: UUID) -> CampaignTemplate:
    template = CampaignTemplate(name=name, campaign=campaign)
    _save_template(template)
    record("template.created", actor_id=actor_id, target=template)
    return template


@transaction.atomic
def update_template(
    template_id: UUID, name: str, campaign: dict[str, Any], *, actor_id: UUID
) -> CampaignTemplate:
    template = access.one(access.visible_templates().select_for_update(), template_id)
    template.name, template.campaign = name, campaign
    _save_template(template)
    record("template.updated", actor_id=actor_id, target=template)
    return template


@transaction.atomic
def delete_template(template_id: UUID, *, actor_id: UUID) -> None:
    template = access.one(access.visible_templates().select_for_update(), template_id)
    record("template.deleted", actor_id=actor_id, target=template)
    template.delete()


@transaction.atomic
def create_bank_question(
    text: str, category: str, settings: dict[str, Any], *, actor_id: UUID
) -> BankQuestion:
    question = BankQuestion.objects.create(text=text, category=category, settings=settings)
    record("bank_question.created", actor_id=actor_id, target=question)
    return question


@transaction.atomic
def update_bank_question(
    question_id: UUID, text: str, category: str, settings: dict[str, Any], *, actor_id: UUID
) -> BankQuestion:
    question = access.one(access.visible_bank().select_for_update(), question_id)
    question.text, question.category, question.settings = text, category, settings
    question.save()
    record("bank_question.updated", actor_id=actor_id, target=question)
    return question


@transaction.atomic
def delete_bank_question(question_id: UUID, *, actor_id: UUID) -> None:
    question = access.one(access.visible_bank().select_for_update(), question_id)
    record("bank_question.deleted", actor_id=actor_id, target=question)
    question.delete()


def _save_template(template: CampaignTemplate) -> None:
    """Save; raise Invalid for a name that another template has."""
    try:
        with transaction.atomic():
            template.save()
    except IntegrityError as error:
        detail = _("Another template has this name.")
        raise Invalid(fields={"name": [{"code": "taken", "detail": detail}]}) from error
