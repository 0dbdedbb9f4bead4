"""From a message row to its words."""

from dataclasses import dataclass
from typing import Any

from django.template import Context, engines
from django.template.backends.django import DjangoTemplates
from django.utils import translation

from jobgate.core.languages import direction
from jobgate.notifications.kinds import builder_of
from jobgate.notifications.models import Message


@dataclass(frozen=True)
class Words:
    subject: str
    text: str
    html: str


def words_of(message: Message) -> Words:
    """Return the words in the recipient's language."""
    with translation.override(message.language):
        context = {
            "to_name": message.to_name,
            "language": message.language,
            "direction": direction(message.language),
            **builder_of(message.kind)(message.context_ref),
        }
        folder = f"messages/{message.kind}"
        subject = _render(f"{folder}/subject.txt", context, escape=False)
        context["subject"] = " ".join(subject.split())
        return Words(
            subject=context["subject"],
            text=_render(f"{folder}/text.txt", context, escape=False).strip() + "\n",
            html=_render(f"{folder}/page.html", context, escape=True),
        )


def _render(name: str, context: dict[str, Any], *, escape: bool) -> str:
    backend = engines["django"]
    assert isinstance(backend, DjangoTemplates)  # noqa: S101 -- settings.TEMPLATES names it
    template = backend.engine.get_template(name)
    return template.render(Context(context, autoescape=escape))
