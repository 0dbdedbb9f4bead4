"""What a campaign asks of its candidates: versions, and when an edit makes another one.

As long as no session is pinned to the current version, it is changed in place. Afterwards an edit
of a rule or of a question makes a new version; whatever else a campaign says never does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NotRequired, TypedDict
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from jobgate.core.errors import FieldError, Invalid
from jobgate.interviews.models import CampaignVersion, Question, VersionQuestion, VideoCampaign

RULES = (
    "preparation_mode",
    "preparation_seconds",
    "answer_seconds",
    "max_questions",
    "takes_allowed",
    "review_own_take",
    "going_back",
    "practice",
    "shuffled",
    "closing_minute",
    "questions_to_team",
)
CLOSING_SECONDS = 60


class QuestionData(TypedDict):
    id: NotRequired[UUID | None]
    text: str
    answer_by: NotRequired[str]
    choices: NotRequired[list[str]]
    prompt_id: NotRequired[UUID | None]
    preparation_seconds: NotRequired[int | None]
    answer_seconds: NotRequired[int | None]
    mandatory: NotRequired[bool]


# What is asked where nothing else is said.
WORDING: dict[str, Any] = {
    "text": "",
    "answer_by": VersionQuestion.AnswerBy.VIDEO.value,
    "choices": [],
    "prompt_id": None,
    "preparation_seconds": None,
    "answer_seconds": None,
    "mandatory": True,
}


@dataclass(frozen=True)
class Effect:
    """What saving would do to the versions, without doing it."""

    version: int
    new_version: bool
    # The rules that differ, and "questions".
    changes: list[str]
    # How many candidates stay on the version of today.
    started: int


def effect(campaign: VideoCampaign, rules: Mapping[str, Any], questions: Any) -> Effect:
    """Return what saving these rules and questions would do."""
    version = campaign.current
    if version is None:
        return Effect(version=1, new_version=False, changes=[], started=0)
    changes = differences(version, rules, questions)
    started = version.sessions.count()
    anew = bool(changes and started)
    return Effect(version.number + anew, anew, changes, started)


def write(
    campaign: VideoCampaign, rules: Mapping[str, Any], questions: Sequence[QuestionData]
) -> None:
    """Make the campaign's current version say this; the campaign is locked by the caller."""
    _check_identities(campaign, questions)
    version = campaign.current
    if version is not None and not differences(version, rules, questions):
        return
    if version is None:
        version = CampaignVersion(campaign=campaign, number=1)
    elif version.sessions.exists():
        version = _next(version)
    for name in RULES:
        setattr(version, name, rules.get(name, getattr(version, name)))
    version.save()
    _write_questions(version, questions)
    campaign.current = version
    campaign.save(update_fields=["current", "updated_at"])


def differences(
    version: CampaignVersion, rules: Mapping[str, Any], questions: Sequence[QuestionData]
) -> list[str]:
    """Return what these rules and questions say otherwise than the version."""
    changed = [name for name in RULES if name in rules and getattr(version, name) != rules[name]]
    held = [
        {"id": row.question_id, **{name: getattr(row, name) for name in WORDING}}
        for row in asked(version)
    ]
    wanted = [{"id": data.get("id"), **wording(data)} for data in questions]
    return changed if held == wanted else [*changed, "questions"]


def asked(version: CampaignVersion) -> list[VersionQuestion]:
    """Return the recruiter's own questions in their order."""
    rows = version.questions.filter(role=VersionQuestion.Role.QUESTION)
    return list(rows.order_by("position"))


def wording(data: QuestionData) -> dict[str, Any]:
    return {name: data.get(name, default) for name, default in WORDING.items()}


def _next(version: CampaignVersion) -> CampaignVersion:
    """Return the version after this one, unsaved, by the same rules."""
    rules = {name: getattr(version, name) for name in RULES}
    return CampaignVersion(campaign=version.campaign, number=version.number + 1, **rules)


def _write_questions(version: CampaignVersion, questions: Sequence[QuestionData]) -> None:
    closing = _closing_identity(version.campaign)
    version.questions.all().delete()
    rows = [
        VersionQuestion(
            version=version,
            question_id=data.get("id") or Question.objects.create(campaign=version.campaign).id,
            position=position,
            **wording(data),
        )
        for position, data in enumerate(questions, 1)
    ]
    if version.closing_minute:
        rows.append(_closing(version, closing, position=len(rows) + 1))
    VersionQuestion.objects.bulk_create(rows)
    # An identity that no version knows any more has no answers either.
    Question.objects.filter(campaign=version.campaign, wordings=None).delete()


def _closing(version: CampaignVersion, identity: UUID | None, *, position: int) -> VersionQuestion:
    """Return the free minute at the end: never asked for, without preparation."""
    with translation.override(version.campaign.language):
        text = _("Is there anything else that you would like to tell us?")
    return VersionQuestion(
        version=version,
        question_id=identity or Question.objects.create(campaign=version.campaign).id,
        position=position,
        role=VersionQuestion.Role.CLOSING,
        text=text,
        preparation_seconds=0,
        answer_seconds=CLOSING_SECONDS,
        mandatory=False,
    )


def _closing_identity(campaign: VideoCampaign) -> UUID | None:
    """Return the closing minute's identity in this campaign, also if a former version had it."""
    closing = VersionQuestion.objects.filter(
        version__campaign=campaign, role=VersionQuestion.Role.CLOSING
    )
    return closing.values_list("question_id", flat=True).first()


def _check_identities(campaign: VideoCampaign, questions: Sequence[QuestionData]) -> None:
    """Raise Invalid for an id of another campaign, or one that is used twice."""
    known = set(campaign.questions.values_list("id", flat=True)) - {_closing_identity(campaign)}
    fields: dict[str, list[FieldError]] = {}
    for index, data in enumerate(questions):
        identity = data.get("id")
        if identity is None:
            continue
        if identity not in known:
            detail = _("This question does not belong to the campaign.")
            fields[f"questions.{index}.id"] = [{"code": "unknown", "detail": detail}]
        known.discard(identity)
    if fields:
        raise Invalid(fields=fields)
