"""Templates and the question bank as lists show them."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jobgate.core.languages import Language
from jobgate.interviews import access
from jobgate.interviews.models import BankQuestion, CampaignTemplate, CampaignVersion
from jobgate.interviews.models.campaigns import DEFAULT_TIME_ZONE
from jobgate.interviews.services.versions import RULES, WORDING

# The template that every organisation has, from the first day.
FIRST_TEMPLATE = UUID("5f0d9a40-0000-7000-8000-000000000001")
COLUMNS = ("id", "name", "campaign", "created_at")
BANK_COLUMNS = ("id", "category", "text", "created_at")
WORDS = ("job_title", "company", "department", "introduction", "invitation_text")
# What is asked where nothing else is said, but for a recording.
CONTENT = {name: value for name, value in WORDING.items() if name != "prompt_id"}


def template_rows(templates: QuerySet[CampaignTemplate]) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = templates.values(*COLUMNS)
    return found


def template(template_id: UUID) -> dict[str, Any]:
    if template_id == FIRST_TEMPLATE:
        return first_template()
    return template_shape(access.one(access.visible_templates(), template_id))


def template_shape(row: CampaignTemplate | dict[str, Any]) -> dict[str, Any]:
    held = row if isinstance(row, dict) else {name: getattr(row, name) for name in COLUMNS}
    return {**held, "built_in": False}


def first_template() -> dict[str, Any]:
    """Return the template that is built in, in the language of whoever asks.

    Four questions, a minute to prepare, two to three to answer, a practice question and one more
    take: what candidates answer best and leave least.
    """
    questions = [
        (_("Introduce yourself: your way so far, and what brings you here."), 120),
        (_("What appeals to you in this job, and what would you bring to it?"), 120),
        (_("Tell us about a difficulty at work or in your studies. What did you do?"), 180),
        (_("What do you need in order to work well, and when could you start?"), 120),
    ]
    usual = CampaignVersion()
    return {
        "id": FIRST_TEMPLATE,
        "name": _("First interview"),
        "built_in": True,
        "created_at": None,
        "campaign": {
            **dict.fromkeys(WORDS, ""),
            **{name: getattr(usual, name) for name in RULES},
            "language": get_language() if get_language() in Language.values else Language.FRENCH,
            "time_zone": DEFAULT_TIME_ZONE,
            "reminder_days": [],
            "max_questions": len(questions),
            "takes_allowed": 2,
            "questions": [
                {**CONTENT, "text": text, "answer_seconds": None if seconds == 120 else seconds}
                for text, seconds in questions
            ],
        },
    }


def bank_rows(questions: QuerySet[BankQuestion]) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = questions.values(*BANK_COLUMNS, "settings")
    return found


def bank_shape(row: BankQuestion | dict[str, Any]) -> dict[str, Any]:
    """Return a question of the bank, flat as a campaign has it."""
    names = (*BANK_COLUMNS, "settings")
    held = row if isinstance(row, dict) else {name: getattr(row, name) for name in names}
    return {**CONTENT, **held["settings"], **{name: held[name] for name in BANK_COLUMNS}}


def search_bank(questions: QuerySet[BankQuestion], words: str) -> QuerySet[BankQuestion]:
    return questions.filter(text__icontains=words)
