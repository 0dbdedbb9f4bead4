"""Sign in, stay signed in, sign out."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import jwt
import pytest
from django.conf import LazySettings, settings
from django.db import connection
from rest_framework.settings import api_settings
from rest_framework_simplejwt.tokens import AccessToken

from jobgate.accounts.models import Organization, SignIn, User
from jobgate.accounts.tests.conftest import PASSWORD, Api
from jobgate.core import clock
from jobgate.core.tenancy import tenant_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Let the server's clock run ahead."""

    def ahead(**time: float) -> None:
        moment = clock.now() + timedelta(**time)
        monkeypatch.setattr(clock, "now", lambda: moment)

    return ahead  # type: ignore[return-value]


def code(response: Any) -> tuple[int, str]:
    return response.status_code, response.json()["code"]


class TestSignIn:
    def test_gives_two_tokens(self, api: Api, rita: User) -> None:
        response = api.sign_in()
        assert response.status_code == 200
        assert set(response.json()) == {"access", "refresh"}
        assert api.me(response.json()["access"]).json()["email"] == "rita@example.test"

    def test_does_not_mind_capitals_in_the_address(self, api: Api, rita: User) -> None:
        assert api.sign_in("Rita@Example.TEST").status_code == 200

    def test_refuses_a_wrong_password_and_an_unknown_address_alike(
        self, api: Api, rita: User
    ) -> None:
        wrong = api.sign_in(password="wrong")
        unknown = api.sign_in("nobody@example.test")
        assert code(wrong) == code(unknown) == (401, "bad_credentials")
        assert wrong.content == unknown.content

    def test_refuses_who_was_made_inactive(self, api: Api, rita: User) -> None:
        User.objects.filter(pk=rita.pk).update(is_active=False)
        assert code(api.sign_in()) == (401, "bad_credentials")

    def test_refuses_the_demonstrations_people_unless_it_was_asked_for(
        self, api: Api, rita: User, settings: LazySettings
    ) -> None:
        Organization.objects.update(is_demo=True)
        settings.DEMO = True
        refresh = api.sign_in().json()["refresh"]
        settings.DEMO = False
        assert code(api.sign_in()) == (401, "bad_credentials")
        assert code(api.refresh(refresh)) == (401, "refresh_refused")

    @pytest.mark.parametrize(
        ("body", "fields"),
        [
            ({}, {"email", "password"}),
            ({"email": "rita@example.test"}, {"password"}),
            ({"email": "no address", "password": "x"}, {"email"}),
            ({"email": ["a"], "password": {"b": 1}}, {"email", "password"}),
        ],
    )
    def test_names_the_fields_that_are_wrong(
        self, api: Api, rita: User, body: dict[str, Any], fields: set[str]
    ) -> None:
        response = api.post("/api/token/", body)
        assert code(response) == (400, "invalid")
        assert set(response.json()["fields"]) == fields

    def test_is_slowed_after_ten_wrong_passwords(self, api: Api, rita: User) -> None:
        for _ in range(settings.AXES_FAILURE_LIMIT):
            api.sign_in(password="wrong")
        response = api.sign_in()
        assert code(response) == (429, "too_many_attempts")
        assert response.json()["detail"].startswith("Too many attempts")

    def test_is_not_slowed_by_somebody_elsewhere(self, api: Api, rita: User) -> None:
        for _ in range(settings.AXES_FAILURE_LIMIT):
            body = {"email": rita.email, "password": "wrong"}
            api.post("/api/token/", body, REMOTE_ADDR="192.0.2.7")
        assert api.sign_in().status_code == 200

    def test_is_slowed_whatever_the_capitals(self, api: Api, rita: User) -> None:
        spellings = ("rita@example.test", "RITA@example.test", "Rita@Example.test")
        for n in range(settings.AXES_FAILURE_LIMIT):
            api.sign_in(spellings[n % 3], "wrong")
        assert code(api.sign_in()) == (429, "too_many_attempts")

    def test_is_not_slowed_by_somebody_behind_the_same_proxy(
        self, api: Api, rita: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(api_settings, "NUM_PROXIES", 1)
        body = {"email": rita.email, "password": "wrong"}
        for _ in range(settings.AXES_FAILURE_LIMIT):
            api.post("/api/token/", body, HTTP_X_FORWARDED_FOR="192.0.2.7")
        good = body | {"password": PASSWORD}
        slowed = api.post("/api/token/", good, HTTP_X_FORWARDED_FOR="192.0.2.7")
        other = api.post("/api/token/", good, HTTP_X_FORWARDED_FOR="192.0.2.8")
        assert (slowed.status_code, other.status_code) == (429, 200)


class TestStayingSignedIn:
    def test_each_refresh_gives_the_next_token(self, api: Api, rita: User) -> None:
        first = api.sign_in().json()["refresh"]
        second = api.refresh(first).json()["refresh"]
        third = api.refresh(second).json()["refresh"]
        assert len({first, second, third}) == 3

    def test_two_tabs_do_not_sign_each_other_out(self, api: Api, rita: User, later: Any) -> None:
        token = api.sign_in().json()["refresh"]
        one = api.refresh(token)
        later(seconds=9)
        other = api.refresh(token)
        assert (one.status_code, other.status_code) == (200, 200)
        assert api.refresh(other.json()["refresh"]).status_code == 200

    def test_a_token_used_again_later_ends_the_sign_in(
        self, api: Api, rita: User, later: Any
    ) -> None:
        stolen = api.sign_in().json()["refresh"]
        current = api.refresh(stolen).json()["refresh"]
        later(seconds=11)
        assert code(api.refresh(stolen)) == (401, "refresh_refused")
        assert code(api.refresh(current)) == (401, "refresh_refused")

    def test_a_token_before_the_last_ends_the_sign_in_at_once(self, api: Api, rita: User) -> None:
        oldest = api.sign_in().json()["refresh"]
        newest = api.refresh(api.refresh(oldest).json()["refresh"]).json()["refresh"]
        assert code(api.refresh(oldest)) == (401, "refresh_refused")
        assert code(api.refresh(newest)) == (401, "refresh_refused")

    def test_another_sign_in_goes_on(self, api: Api, rita: User, later: Any) -> None:
        stolen, other = (api.sign_in().json()["refresh"] for _ in range(2))
        api.refresh(stolen)
        later(seconds=11)
        api.refresh(stolen)
        assert api.refresh(other).status_code == 200

    def test_who_was_made_inactive_is_refused(self, api: Api, rita: User) -> None:
        tokens = api.sign_in().json()
        User.objects.filter(pk=rita.pk).update(is_active=False)
        assert code(api.refresh(tokens["refresh"])) == (401, "refresh_refused")
        assert api.me(tokens["access"]).status_code == 401

    @pytest.mark.parametrize("token", ["", "x", "a.b.c"])
    def test_what_is_no_token_is_refused(self, api: Api, token: str) -> None:
        assert api.refresh(token).status_code in {400, 401}

    def test_an_access_token_refreshes_nothing(self, api: Api, rita: User) -> None:
        access = api.sign_in().json()["access"]
        assert code(api.refresh(access)) == (401, "refresh_refused")

    def test_a_refresh_token_opens_nothing(self, api: Api, rita: User) -> None:
        refresh = api.sign_in().json()["refresh"]
        assert code(api.me(refresh)) == (401, "token_not_valid")


@pytest.mark.django_db(transaction=True)
def test_two_refreshes_at_the_same_moment_both_succeed(api: Api, rita: User) -> None:
    token = api.sign_in().json()["refresh"]
    answers: list[int] = []

    def refresh() -> None:
        try:
            answers.append(Api().refresh(token).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=refresh) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200, 200]
    assert SignIn.objects.get().revoked_at is None


class TestSigningOut:
    def test_ends_the_sign_in(self, api: Api, rita: User) -> None:
        refresh = api.sign_in().json()["refresh"]
        assert api.post("/api/token/logout/", {"refresh": refresh}).status_code == 204
        assert code(api.refresh(refresh)) == (401, "refresh_refused")

    def test_twice_is_no_error(self, api: Api, rita: User) -> None:
        body = {"refresh": api.sign_in().json()["refresh"]}
        answers = [api.post("/api/token/logout/", body).status_code for _ in range(2)]
        assert answers == [204, 204]

    def test_without_a_token_is_no_error(self, api: Api) -> None:
        assert api.post("/api/token/logout/").status_code == 204


class TestCookie:
    def test_keeps_the_refresh_token_from_scripts_and_other_sites(
        self, browser: Api, rita: User
    ) -> None:
        response = browser.sign_in()
        cookie = response.cookies["jobgate-refresh"]
        assert set(response.json()) == {"access"}
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")

    def test_is_bound_to_this_host_on_https(self, browser: Api, rita: User) -> None:
        body = {"email": rita.email, "password": "correct horse battery staple"}
        response = browser.post("/api/token/", body, secure=True)
        cookie = response.cookies["__Host-jobgate-refresh"]
        assert (cookie["secure"], cookie["domain"], cookie["path"]) == (True, "", "/")

    def test_is_replaced_at_each_refresh(self, browser: Api, rita: User) -> None:
        first = browser.sign_in().cookies["jobgate-refresh"].value
        response = browser.post("/api/token/refresh/")
        assert set(response.json()) == {"access"}
        assert response.cookies["jobgate-refresh"].value != first

    def test_does_nothing_without_the_header_that_other_sites_cannot_send(
        self, browser: Api, rita: User
    ) -> None:
        cookies = browser.sign_in().cookies
        plain = Api()
        plain.client.cookies = cookies
        assert code(plain.post("/api/token/refresh/")) == (401, "refresh_refused")

    def test_is_removed_at_signing_out(self, browser: Api, rita: User) -> None:
        browser.sign_in()
        response = browser.post("/api/token/logout/")
        assert response.cookies["jobgate-refresh"].value == ""
        assert code(browser.post("/api/token/refresh/")) == (401, "refresh_refused")


class TestForgedTokens:
    """Only our own key and our one algorithm count."""

    def claims(self, user: User) -> dict[str, Any]:
        return dict(AccessToken.for_user(user).payload)

    def test_a_token_without_signature_is_refused(self, api: Api, rita: User) -> None:
        forged = jwt.encode(self.claims(rita), key="", algorithm="none")
        assert code(api.me(forged)) == (401, "token_not_valid")

    @pytest.mark.parametrize("key", [settings.SECRET_KEY, settings.LINK_SIGNING_KEY, "k" * 64])
    def test_a_token_of_another_key_is_refused(self, api: Api, rita: User, key: str) -> None:
        forged = jwt.encode(self.claims(rita), key=key, algorithm="HS256")
        assert code(api.me(forged)) == (401, "token_not_valid")

    def test_another_algorithm_is_refused(self, api: Api, rita: User) -> None:
        forged = jwt.encode(self.claims(rita), key=settings.JWT_SIGNING_KEY, algorithm="HS512")
        assert code(api.me(forged)) == (401, "token_not_valid")

    def test_an_expired_token_is_refused(self, api: Api, rita: User) -> None:
        token = AccessToken.for_user(rita)
        token.set_exp(lifetime=-timedelta(seconds=1))
        assert code(api.me(str(token))) == (401, "token_not_valid")

    def test_a_person_who_is_gone_is_refused(self, api: Api, rita: User) -> None:
        token = str(AccessToken.for_user(rita))
        with tenant_scope(rita.memberships.get().organization_id):
            rita.delete()
        assert api.me(token).status_code == 401

    def test_access_ends_after_ten_minutes_at_most(self, rita: User) -> None:
        token = AccessToken.for_user(rita)
        assert token["exp"] - token["iat"] <= 600
