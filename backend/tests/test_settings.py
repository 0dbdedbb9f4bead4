"""Settings come from the environment, and fail loudly."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from jobgate.config import environment as env
from tests.asking import ask

BACKEND = Path(__file__).parents[1]
GOOD_KEY = "k7Jd93kfQ0sL2mX8vB5nR1tY6uP4wZeHcG-aSDfghjklq-0123456789"
PRODUCTION = {
    "JOBGATE_ENV": "production",
    "SECRET_KEY": GOOD_KEY,
    "PUBLIC_URL": "https://jobgate.example",
    "ALLOWED_HOSTS": "jobgate.example",
    "DEBUG": "false",
}


def manage(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BACKEND,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


class TestReading:
    def test_a_missing_variable_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("NAME", raising=False)
        with pytest.raises(ImproperlyConfigured, match="NAME"):
            env.text("NAME")

    @pytest.mark.parametrize("value", ["1", "true", "YES", " on "])
    def test_a_flag_is_set(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        monkeypatch.setenv("NAME", value)
        assert env.flag("NAME")

    @pytest.mark.parametrize("value", ["0", "False", "no", "off", ""])
    def test_a_flag_is_not_set(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        monkeypatch.setenv("NAME", value)
        assert not env.flag("NAME", default=True)

    def test_a_flag_that_is_neither_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NAME", "perhaps")
        with pytest.raises(ImproperlyConfigured, match="NAME must be true or false"):
            env.flag("NAME")

    def test_a_number_that_is_none_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NAME", "many")
        with pytest.raises(ImproperlyConfigured, match="NAME must be a whole number"):
            env.integer("NAME", 1)

    def test_an_empty_number_is_the_default(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NAME", "")
        assert env.integer("NAME", 7) == 7

    def test_a_choice_that_is_not_offered_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NAME", "staging")
        with pytest.raises(ImproperlyConfigured, match="one of default, production"):
            env.choice("NAME", ("default", "production"), "default")

    def test_words_are_split_at_commas(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NAME", "a, b,,c ")
        assert env.words("NAME") == ["a", "b", "c"]


class TestSecrets:
    def test_one_in_a_file_wins(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        file = tmp_path / "secret"
        file.write_text("from the file\n")
        monkeypatch.setenv("NAME", "from the variable")
        monkeypatch.setenv("NAME_FILE", str(file))
        assert env.secret("NAME") == "from the file"

    def test_a_file_that_is_missing_is_not_passed_over(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("NAME", "from the variable")
        monkeypatch.setenv("NAME_FILE", str(tmp_path / "none"))
        with pytest.raises(ImproperlyConfigured, match="NAME_FILE cannot be read"):
            env.secret("NAME")

    def test_each_purpose_has_a_key_of_its_own(self) -> None:
        keys = {env.derived_key(GOOD_KEY, purpose) for purpose in ("jwt", "link", "upload")}
        assert len(keys) == 3
        assert env.derived_key(GOOD_KEY, "jwt") == env.derived_key(GOOD_KEY, "jwt")


class TestEnvFile:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        return tmp_path / ".env"

    def test_is_read(self, monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
        monkeypatch.delenv("NAME_OF_A_TEST", raising=False)
        file.write_text("# a comment\n\nNAME_OF_A_TEST = 'a = b'\n")
        env.load_env_file(file)
        assert env.text("NAME_OF_A_TEST") == "a = b"
        monkeypatch.delenv("NAME_OF_A_TEST")

    def test_does_not_override_what_is_set(
        self, monkeypatch: pytest.MonkeyPatch, file: Path
    ) -> None:
        monkeypatch.setenv("NAME", "set")
        file.write_text("NAME=file\n")
        env.load_env_file(file)
        assert env.text("NAME") == "set"

    def test_a_line_that_says_nothing_is_named(self, file: Path) -> None:
        file.write_text("NAME=x\nnonsense\n")
        with pytest.raises(ImproperlyConfigured, match=r"\.env, line 2"):
            env.load_env_file(file)

    def test_need_not_exist(self, file: Path) -> None:
        env.load_env_file(file)


class TestProduction:
    def test_the_deployment_check_is_clean(self) -> None:
        done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
        assert done.returncode == 0, done.stderr
        assert "no issues" in done.stdout

    def test_a_weak_key_fails_it(self) -> None:
        done = manage(
            "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION | {"SECRET_KEY": "short"}
        )
        assert done.returncode != 0
        assert "security.W009" in done.stderr

    def test_no_process_starts_without_a_key(self) -> None:
        without = {key: value for key, value in PRODUCTION.items() if key != "SECRET_KEY"}
        done = manage("check", **without)
        assert done.returncode != 0
        assert "Set the environment variable SECRET_KEY" in done.stderr

    def test_debug_is_off_unless_asked_for(self) -> None:
        code = "from django.conf import settings; print(settings.DEBUG)"
        assert manage("shell", "-v0", "-c", code, SECRET_KEY=GOOD_KEY).stdout.strip() == "False"

    @pytest.mark.parametrize(("scheme", "days"), [("https", 30), ("http", 0)])
    def test_a_host_that_serves_tls_itself_is_asked_by_tls_from_then_on(
        self, scheme: str, days: int
    ) -> None:
        code = "from django.conf import settings as s; print(s.SECURE_HSTS_SECONDS)"
        environment = {"SECRET_KEY": GOOD_KEY, "PUBLIC_URL": f"{scheme}://jobgate.example"}
        said = manage("shell", "-v0", "-c", code, **environment).stdout
        assert int(said) == days * 24 * 3600


class TestCors:
    """Pages of the allowed origins may call the API; on every kind of route."""

    ROUTES = ["/api/me/", "/api/token/", "/api/events/", "/api/upload/"]
    FRIEND = "https://app.example.test"

    @pytest.fixture(autouse=True)
    def one_friend(self, settings: LazySettings) -> None:
        settings.CORS_ALLOWED_ORIGINS = [self.FRIEND]

    def preflight(self, route: str, origin: str) -> dict[str, str]:
        headers = {
            "origin": origin,
            "access-control-request-method": "POST",
            "access-control-request-headers": "authorization",
        }
        return {k.lower(): v for k, v in ask("OPTIONS", route, headers).headers.items()}

    @pytest.mark.parametrize("route", ROUTES)
    def test_an_allowed_origin_may_ask(self, route: str) -> None:
        headers = self.preflight(route, self.FRIEND)
        assert headers["access-control-allow-origin"] == self.FRIEND
        assert "authorization" in headers["access-control-allow-headers"]
        assert "POST" in headers["access-control-allow-methods"]

    @pytest.mark.parametrize("route", ROUTES)
    @pytest.mark.parametrize(
        "origin", ["https://evil.example.test", "null", "http://app.example.test"]
    )
    def test_another_origin_may_not(self, route: str, origin: str) -> None:
        assert "access-control-allow-origin" not in self.preflight(route, origin)

    @pytest.mark.parametrize("route", ROUTES)
    def test_an_error_is_readable_for_an_allowed_origin(self, route: str, db: None) -> None:
        answer = ask("GET", route, {"origin": self.FRIEND})
        headers = {k.lower(): v for k, v in answer.headers.items()}
        assert answer.status >= 400
        assert headers["access-control-allow-origin"] == self.FRIEND
        assert "X-Request-ID" in headers["access-control-expose-headers"]


def test_pages_say_what_a_browser_may_do(client: Client) -> None:
    headers = client.get("/api/docs/").headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_pages_may_show_what_lies_in_the_bucket_and_nothing_else_from_there() -> None:
    program = (
        "from jobgate.config.settings import CONTENT_SECURITY_POLICY as policy;"
        "print({k: v for k, v in policy['DIRECTIVES'].items() if 'https' in str(v)})"
    )
    bucket = {"AWS_S3_BUCKET": "recordings", "AWS_S3_ENDPOINT_URL": "http://10.0.0.5:9000"}
    said = manage("shell", "-v", "0", "-c", program, **PRODUCTION, **bucket,
                  AWS_S3_PUBLIC_URL="https://cdn.jobgate.example")  # fmt: skip
    assert said.stdout.count("https://cdn.jobgate.example") == 2, said.stderr
    assert "'img-src'" in said.stdout
    assert "'media-src'" in said.stdout


@pytest.mark.parametrize(
    ("style", "origin"),
    [("path", "https://s3.example:9000"), ("virtual", "https://recordings.s3.example:9000")],
)
def test_a_buckets_origin_is_where_browsers_find_it(style: str, origin: str) -> None:
    assert env.bucket_origin("recordings", "https://s3.example:9000/", style) == origin
