"""Messages by e-mail."""

from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from jobgate.core import clock
from jobgate.notifications.models import Message
from jobgate.notifications.rendering import Words, words_of

TRIES = 15


class NotDelivered(Exception):
    """The mail server could not take the message now: the queue tries again."""


def deliver(message_id: UUID) -> None:
    """Send the message if it waits.

    Raises:
        NotDelivered: the mail server is down or busy; the row says why.
    """
    with transaction.atomic():
        # The lock keeps a second worker from sending it too.
        message = Message.objects.select_for_update().filter(pk=message_id).first()
        if message is None or message.state != Message.State.QUEUED:
            return
        _try(message)
        message.save()
    if message.state == Message.State.QUEUED:
        raise NotDelivered(message.error_code)


def _try(message: Message) -> None:
    message.attempts += 1
    mail = compose(message, words_of(message))
    try:
        mail.send()
    except (SMTPException, OSError) as error:
        message.error_code = type(error).__name__
        if _is_final(error) or message.attempts >= TRIES:
            message.state = Message.State.FAILED
    else:
        message.error_code = ""
        message.state = Message.State.SENT
        message.sent_at = clock.now()


def _is_final(error: Exception) -> bool:
    """Tell whether the server refused this message for good (RFC 5321: a code of 5xx)."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, SMTPDataError) and error.smtp_code >= 500


def compose(message: Message, words: Words) -> EmailMultiAlternatives:
    """Return the e-mail; its Message-ID is the same at each try, so that doubles show."""
    host = urlsplit(settings.PUBLIC_URL).hostname
    mail = EmailMultiAlternatives(
        subject=words.subject,
        body=words.text,
        to=[_address(message)],
        headers={"Message-ID": f"<{message.id}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(words.html, "text/html")
    return mail


def _address(message: Message) -> str:
    name = message.to_name.replace("\\", "").replace('"', "")
    return f'"{name}" <{message.to_email}>' if name else message.to_email
