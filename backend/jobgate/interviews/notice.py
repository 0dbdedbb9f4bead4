"""What a candidate reads and agrees to before the camera is opened; versioned.

Change `VERSION` with every change of meaning: consent is recorded with the version read.
"""

from django.utils import translation
from django.utils.translation import gettext as _

VERSION = "2026-11-1"


def paragraphs(organization_name: str, language: str) -> list[str]:
    """Return the notice in the candidate's language."""
    with translation.override(language):
        values = {"organization": organization_name}
        return [text % values for text in _texts()]


def _texts() -> list[str]:
    return [
        _(
            "%(organization)s asks you to answer a few questions on video. Your answers serve to "
            "assess your application for this job, and nothing else."
        ),
        _(
            "Recorded: your image and your voice while a question is being answered, the times of "
            "your steps, and technical details such as the browser and faults of the network. "
            "Nothing is recorded before you start an answer."
        ),
        _(
            "Only people of %(organization)s who take part in this recruitment watch your answers. "
            "They score them themselves: no software judges your face, your voice or your emotions."
        ),
        _(
            "%(organization)s keeps your recordings only as long as this recruitment needs them, "
            "and deletes them when you ask for it."
        ),
        _(
            "You may ask %(organization)s to see, correct or delete what is held about you, and "
            "you may stop at any time. Refusing the recording is your right: ask for another "
            "form of interview."
        ),
        _(
            "You may complain to the data protection authority of your country; in Morocco to the "
            "CNDP under law 09-08, in the European Union to the authority where you live."
        ),
    ]
