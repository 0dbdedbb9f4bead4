"""The mailbox shows what would have been sent, to this machine alone."""

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from jobgate.notifications.mailbox import FILE_BACKEND

LINK = "http://127.0.0.1:8000/interview#0b54e8a4-6f0e-8c3f-9a55-d8c0ad3be5f1"


@pytest.fixture(autouse=True)
def mailbox_open(settings: LazySettings) -> None:
    settings.DEMO = True
    settings.EMAIL_BACKEND = FILE_BACKEND


def write(subject: str, text: str = "Bonjour") -> None:
    mail = EmailMultiAlternatives(subject, text, to=["Zoé Ait <zoe@example.test>"])
    mail.attach_alternative(f"<p>{text}</p>", "text/html")
    mail.send()


def page(client: Client, path: str, **headers: str) -> str:
    response = client.get(path, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_lists_the_newest_first(client: Client) -> None:
    write("First")
    write("Second")
    html = page(client, "/mailbox/")
    assert html.index("Second") < html.index("First")
    assert "Zoé Ait" in html


def test_shows_a_letter_with_its_link_to_click(client: Client) -> None:
    write("Invitation", f"Votre entretien :\n{LINK}\nÀ bientôt")
    html = page(client, "/mailbox/")
    address = html.split('href="/mailbox/')[1].split('"')[0]
    letter = page(client, f"/mailbox/{address}")
    assert f'<a href="{LINK}"' in letter
    assert "À bientôt" in letter


def test_shows_every_message_of_one_file(client: Client) -> None:
    from django.core.mail import get_connection

    letters = [EmailMultiAlternatives(f"Letter {n}", "x", to=["a@example.test"]) for n in (1, 2)]
    get_connection().send_messages(letters)
    html = page(client, "/mailbox/")
    assert html.count("Letter ") == 2


def test_escapes_what_strangers_wrote(client: Client) -> None:
    write("<script>alert(1)</script>", "<img src=x onerror=alert(1)>")
    html = page(client, "/mailbox/")
    address = html.split('href="/mailbox/')[1].split('"')[0]
    assert "<script>" not in html
    assert "<img" not in page(client, f"/mailbox/{address}")


@pytest.mark.parametrize(("language", "direction"), [("fr", "ltr"), ("en", "ltr"), ("ar", "rtl")])
def test_speaks_the_browsers_language(client: Client, language: str, direction: str) -> None:
    html = page(client, "/mailbox/", accept_language=language)
    assert f'<html lang="{language}" dir="{direction}">' in html


def test_holds_no_inline_script_or_style(client: Client) -> None:
    html = page(client, "/mailbox/")
    assert "<script" not in html
    assert "<style" not in html
    assert "style=" not in html


def test_is_not_there_without_demonstration_data(client: Client, settings: LazySettings) -> None:
    settings.DEMO = False
    assert client.get("/mailbox/").status_code == 404


def test_is_not_there_when_mail_is_sent(client: Client, settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert client.get("/mailbox/").status_code == 404


@pytest.mark.parametrize("address", ["192.0.2.7", "10.0.0.1", ""])
def test_is_not_there_for_another_machine(client: Client, address: str) -> None:
    assert client.get("/mailbox/", REMOTE_ADDR=address).status_code == 404


def test_is_not_there_through_a_proxy_on_this_machine(client: Client) -> None:
    headers = {"x-forwarded-for": "192.0.2.7"}
    assert client.get("/mailbox/", headers=headers).status_code == 404


@pytest.mark.parametrize("name", ["no-such-letter", "20261120-1", "passwd"])
def test_an_unknown_letter_does_not_exist(client: Client, name: str) -> None:
    write("Invitation")
    assert client.get(f"/mailbox/{name}/").status_code == 404


def test_takes_no_other_method(client: Client) -> None:
    assert client.post("/mailbox/").status_code == 405
