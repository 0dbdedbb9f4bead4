"""Messages by e-mail, through a real SMTP server."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from django.conf import LazySettings
from django.db import connection, transaction

from jobgate.accounts.models import Organization
from jobgate.core.background import run_waiting_jobs
from jobgate.core.ids import new_id
from jobgate.core.tenancy import NoTenant, tenant_scope
from jobgate.notifications import tasks
from jobgate.notifications.channels.email import TRIES, NotDelivered
from jobgate.notifications.kinds import UnknownKind
from jobgate.notifications.models import Message
from jobgate.notifications.services import notify
from jobgate.notifications.tests.sample_kind import COMPANY
from tests.processes import StartWorker, wait_until

SMTP = "django.core.mail.backends.smtp.EmailBackend"


class Postbox:
    """An SMTP server on this machine that can be down, or refuse."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answer = "250 OK"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            mail = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            self.mails.append(mail)
        return self.answer


@pytest.fixture
def postbox(settings: LazySettings) -> Iterator[Postbox]:
    box = Postbox()
    settings.EMAIL_BACKEND = SMTP
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
    yield box
    if box.controller.loop.is_running():
        box.controller.stop()


@pytest.fixture(autouse=True)
def templates(settings: LazySettings) -> None:
    folder = Path(__file__).parent / "templates"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [folder]}]


@pytest.fixture
def organization(db: None) -> Organization:
    return Organization.objects.create(name="Ours", slug="ours")


def send(organization: Organization, **changes: str) -> Message:
    recipient = {"to_email": "zoe@example.test", "to_name": "Zoé Aït", "language": "fr", **changes}
    return notify(
        "sample",
        organization_id=organization.id,
        context_ref={"session": new_id()},
        **recipient,
    )


def row(message: Message) -> Message:
    with tenant_scope(message.organization_id):
        return Message.objects.get(pk=message.pk)


def deliver(message: Message) -> None:
    tasks.deliver.run(str(message.organization_id), message_id=str(message.id))


def plain(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part
    return str(part.get_content())


def test_an_e_mail_arrives(organization: Organization, postbox: Postbox) -> None:
    postbox.controller.start()
    message = send(organization)
    assert run_waiting_jobs() == 1
    (mail,) = postbox.mails
    assert str(mail["To"]) == "Zoé Aït <zoe@example.test>"
    assert str(mail["Message-ID"]).startswith(f"<{message.id}@")
    assert f"{COMPANY}: http://127.0.0.1:8000/interview#" in plain(mail)
    assert row(message).state == "sent"
    assert row(message).sent_at


@pytest.mark.parametrize(
    ("language", "subject", "direction"),
    [("fr", "Oui", "ltr"), ("en", "Yes", "ltr"), ("ar", "نعم", "rtl")],
)
def test_it_speaks_the_recipients_language(
    organization: Organization, postbox: Postbox, language: str, subject: str, direction: str
) -> None:
    postbox.controller.start()
    send(organization, language=language)
    run_waiting_jobs()
    (mail,) = postbox.mails
    assert str(mail["Subject"]) == f"{subject}: {COMPANY}"
    html = mail.get_body(("html",))
    assert html
    assert f'<html lang="{language}" dir="{direction}">' in html.get_content()


def test_names_are_escaped_in_the_page_and_not_in_the_text(
    organization: Organization, postbox: Postbox
) -> None:
    postbox.controller.start()
    send(organization)
    run_waiting_jobs()
    (mail,) = postbox.mails
    html = mail.get_body(("html",))
    assert html
    assert "Café &amp; &lt;b&gt;" in html.get_content()
    assert COMPANY in plain(mail)


@pytest.mark.parametrize("name", ['Eve"\r\nBcc: all@example.test', "Eve <eve@x.test>, a\\", ""])
def test_a_name_cannot_add_a_header_or_a_recipient(
    organization: Organization, postbox: Postbox, name: str
) -> None:
    postbox.controller.start()
    send(organization, to_name=name)
    run_waiting_jobs()
    (mail,) = postbox.mails
    assert mail["Bcc"] is None
    assert [address.addr_spec for address in mail["To"].addresses] == ["zoe@example.test"]


def test_the_row_holds_ids_and_no_link(organization: Organization, postbox: Postbox) -> None:
    message = send(organization)
    stored = row(message)
    assert UUID(stored.context_ref["session"])
    assert "interview#" not in str(vars(stored))


def test_a_message_sent_is_not_sent_again(organization: Organization, postbox: Postbox) -> None:
    postbox.controller.start()
    message = send(organization)
    run_waiting_jobs()
    deliver(message)
    assert len(postbox.mails) == 1
    assert row(message).attempts == 1


def test_a_server_that_is_down_is_tried_again(organization: Organization, postbox: Postbox) -> None:
    message = send(organization)
    with pytest.raises(NotDelivered):
        run_waiting_jobs()
    assert (row(message).state, row(message).error_code) == ("queued", "ConnectionRefusedError")
    postbox.controller.start()
    assert run_waiting_jobs() == 1
    assert len(postbox.mails) == 1
    assert (row(message).state, row(message).attempts) == ("sent", 2)
    assert row(message).error_code == ""


@pytest.mark.parametrize(
    ("answer", "state"), [("451 try later", "queued"), ("554 no such mailbox", "failed")]
)
def test_a_refusal_for_good_is_not_tried_again(
    organization: Organization, postbox: Postbox, answer: str, state: str
) -> None:
    postbox.controller.start()
    postbox.answer = answer
    message = send(organization)
    with suppress(NotDelivered):
        run_waiting_jobs()
    assert (row(message).state, row(message).error_code) == (state, "SMTPDataError")


def test_after_the_last_try_it_has_failed(organization: Organization, postbox: Postbox) -> None:
    message = send(organization)
    for _ in range(TRIES - 1):
        with pytest.raises(NotDelivered):
            deliver(message)
    deliver(message)
    assert row(message).state == "failed"


def test_an_erased_message_is_not_sent(organization: Organization, postbox: Postbox) -> None:
    message = send(organization)
    with tenant_scope(organization.id):
        Message.objects.all().delete()
    deliver(message)
    assert postbox.mails == []


def test_a_change_that_is_rolled_back_sends_nothing(
    organization: Organization, postbox: Postbox
) -> None:
    with transaction.atomic():
        send(organization)
        transaction.set_rollback(True)
    assert run_waiting_jobs() == 0


def test_a_kind_that_nobody_registered_is_refused(organization: Organization) -> None:
    with pytest.raises(UnknownKind):
        notify(
            "no-such-kind",
            organization_id=organization.id,
            to_email="a@example.test",
            to_name="",
            language="fr",
            context_ref={},
        )


def test_messages_are_their_organisations(organization: Organization) -> None:
    send(organization)
    with pytest.raises(NoTenant):
        Message.objects.count()
    with tenant_scope(new_id()):
        assert Message.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_deliver_it_once(organization: Organization, postbox: Postbox) -> None:
    postbox.controller.start()
    message = send(organization)
    threads = [threading.Thread(target=_deliver_and_close, args=[message]) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(postbox.mails) == 1


def _deliver_and_close(message: Message) -> None:
    try:
        deliver(message)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_worker_delivers_when_the_server_is_back(
    organization: Organization, postbox: Postbox, start_worker: StartWorker
) -> None:
    message = send(organization)
    start_worker(
        NOTIFICATION_EMAIL_ENABLED="true", EMAIL_HOST="127.0.0.1", EMAIL_PORT=str(postbox.port)
    )
    wait_until(lambda: row(message).attempts == 1)
    assert row(message).state == "queued"
    postbox.controller.start()
    wait_until(lambda: row(message).state == "sent")
    assert len(postbox.mails) == 1
