"""What a recruiter shows or says: taken in whole, then prepared like an answer."""

from typing import TypedDict
from uuid import UUID

from django.core.files import File
from django.db import transaction

from jobgate.core.tenancy import current_organization_id
from jobgate.interviews import access
from jobgate.interviews.models import Prompt
from jobgate.media import services as media
from jobgate.operations.services import record

LONGEST_SECONDS = 5 * 60
MOST_BYTES = 200 * 1024 * 1024


class PromptData(TypedDict):
    language: str
    captions: str
    transcript: str


@transaction.atomic
def create_prompt(file: "File[bytes]", data: PromptData, *, actor_id: UUID) -> Prompt:
    """Take in a recording; it can be played as soon as a worker has prepared it.

    Raises:
        TooLarge: the file is larger than a recording of this length can be.
    """
    recording = media.create_recording(
        current_organization_id(), max_bytes=MOST_BYTES, max_duration_seconds=LONGEST_SECONDS
    )
    prompt = Prompt.objects.create(recording=recording, **data)
    media.receive_file(recording, file)
    record("prompt.created", actor_id=actor_id, target=prompt)
    return prompt


@transaction.atomic
def update_prompt(prompt_id: UUID, data: PromptData, *, actor_id: UUID) -> Prompt:
    """Replace captions and transcript; the recording stays, and so do the versions with it."""
    rows = access.visible_prompts().select_related("recording")
    prompt = access.one(rows.select_for_update(of=("self",)), prompt_id)
    prompt.language, prompt.captions = data["language"], data["captions"]
    prompt.transcript = data["transcript"]
    prompt.save()
    record("prompt.updated", actor_id=actor_id, target=prompt)
    return prompt
