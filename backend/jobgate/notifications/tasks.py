from uuid import UUID

from jobgate.core.background import task
from jobgate.notifications.channels import email


# One try and fourteen more, after doubling waits, span nine hours: an afternoon without a mail
# server loses nothing.
@task(queue="messages", seconds=60, retries=email.TRIES - 1)
def deliver(message_id: str) -> None:
    """Send one message; a message sent already is left alone."""
    email.deliver(UUID(message_id))
