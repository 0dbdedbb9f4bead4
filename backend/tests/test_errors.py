"""Every error has one shape, is coded and translated, and shows nothing of the inside."""

from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from jobgate.config import urls
from jobgate.config.logs import without_values
from jobgate.core.errors import ApiError, Conflict
from jobgate.media.upload import application
from tests.asking import ask
from tests.factories import make_cast

pytestmark = pytest.mark.django_db
SECRET = "a detail of the inside"


class Sample(APIView):
    """Raise what the address names."""

    authentication_classes: list[Any] = []
    permission_classes: list[Any] = []

    def get(self, request: Request, kind: str) -> Response:
        raise RAISED[kind]


class InnerSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()


class OuterSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=3)
    questions = InnerSerializer(many=True)

    def validate(self, attrs: Any) -> Any:
        raise serializers.ValidationError("Never right.", code="never")


class Form(APIView):
    authentication_classes: list[Any] = []
    permission_classes: list[Any] = []

    def post(self, request: Request) -> Response:
        OuterSerializer(data=request.data).is_valid(raise_exception=True)
        return Response()


def plain(request: HttpRequest) -> HttpResponse:
    raise RuntimeError(SECRET)


RAISED: dict[str, Exception] = {
    "fault": RuntimeError(SECRET),
    "missing": Http404(SECRET),
    "denied": PermissionDenied(SECRET),
    "model": ValidationError({"title": ["Too long."]}),
    "conflict": Conflict(),
}
handler404, handler500 = urls.handler404, urls.handler500
urlpatterns = [
    path("api/sample/<str:kind>/", Sample.as_view()),
    path("api/form/", Form.as_view()),
    path("plain/", plain),
    *urls.urlpatterns,
]


@pytest.fixture(autouse=True)
def with_samples(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    settings.DEBUG = False


def get(url: str, language: str = "en") -> Any:
    client = Client(raise_request_exception=False, headers={"accept-language": language})
    return client.get(url)


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("fault", 500, "server_error"),
        ("missing", 404, "not_found"),
        ("denied", 403, "permission_denied"),
        ("model", 400, "invalid"),
        ("conflict", 409, "conflict"),
    ],
)
def test_whatever_is_raised_has_the_one_shape(kind: str, status: int, code: str) -> None:
    response = get(f"/api/sample/{kind}/")
    assert response.status_code == status
    assert set(response.json()) == {"code", "detail", "fields"}
    assert response.json()["code"] == code
    assert SECRET not in response.content.decode()
    assert response["X-Request-ID"]


def test_a_fault_of_a_page_shows_a_plain_page() -> None:
    response = get("/plain/", "fr")
    html = response.content.decode()
    assert response.status_code == 500
    assert '<html lang="fr"' in html
    assert SECRET not in html
    assert "Traceback" not in html


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_an_unknown_route_of_the_api_does_not_exist(method: str) -> None:
    response = getattr(Client(enforce_csrf_checks=True), method)("/api/nothing/here/")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_a_method_that_is_not_taken() -> None:
    response = get("/api/token/")
    assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")
    assert set(response.json()) == {"code", "detail", "fields"}


@pytest.mark.parametrize(
    ("body", "content_type", "status", "code"),
    [
        ("{", "application/json", 400, "parse_error"),
        ("<x/>", "application/xml", 415, "unsupported_media_type"),
        ("[]", "application/json", 400, "invalid"),
    ],
)
def test_a_body_that_is_none(body: str, content_type: str, status: int, code: str) -> None:
    response = Client().post("/api/form/", body, content_type=content_type)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert set(response.json()) == {"code", "detail", "fields"}


def test_fields_are_named_by_their_path() -> None:
    body = {"title": "long", "questions": [{"text": "x"}, {"text": ""}]}
    response = Client(headers={"accept-language": "en"}).post(
        "/api/form/", body, content_type="application/json"
    )
    fields = response.json()["fields"]
    assert set(fields) == {"title", "questions.1.text"}
    assert fields["title"][0]["code"] == "max_length"
    assert fields["questions.1.text"][0] == {
        "code": "blank",
        "detail": "This field may not be blank.",
    }


def test_an_error_of_the_whole_has_no_path() -> None:
    body = {"title": "abc", "questions": []}
    response = Client().post("/api/form/", body, content_type="application/json")
    assert response.json()["fields"] == {"": [{"code": "never", "detail": "Never right."}]}


@pytest.mark.parametrize(
    ("language", "detail"),
    [
        ("fr", "Veuillez vous connecter."),
        ("en", "Please sign in."),
        ("ar", "يُرجى تسجيل الدخول."),
        ("ar-MA,fr;q=0.5", "يُرجى تسجيل الدخول."),
        ("de", "Veuillez vous connecter."),
        ("", "Veuillez vous connecter."),
    ],
)
@pytest.mark.parametrize("route", ["/api/me/", "/api/campaigns/", "/api/events/"])
def test_an_error_speaks_the_callers_language(route: str, language: str, detail: str) -> None:
    headers = {"accept-language": language} if language else {}
    assert ask("GET", route, headers).json()["detail"] == detail


def test_too_many_requests_are_told_when_to_come_back() -> None:
    client = Client(headers={"accept-language": "en"})
    body = {"token": "0"}
    for _ in range(61):
        response = client.post(
            "/api/sessions/start_session/", body, content_type="application/json"
        )
    assert (response.status_code, response.json()["code"]) == (429, "throttled")
    assert set(response.json()) == {"code", "detail", "fields"}
    assert 0 < int(response["Retry-After"]) <= 61


def test_the_callers_request_id_is_answered() -> None:
    headers = {"x-request-id": "0123456789abcdef"}
    assert Client().get("/api/me/", headers=headers)["X-Request-ID"] == "0123456789abcdef"


def test_what_a_raw_route_logs_has_the_requests_id(monkeypatch: pytest.MonkeyPatch) -> None:
    bound: list[dict[str, Any]] = []
    look = lambda *_, **__: bound.append(structlog.contextvars.get_contextvars())  # noqa: E731
    monkeypatch.setattr(application.log, "info", look, raising=False)
    headers = {"x-request-id": "an-id-of-this-test", "tus-resumable": "1.0.0"}
    assert ask("POST", "/api/upload/", headers).status == 401
    assert bound == [{"request_id": "an-id-of-this-test"}]


@pytest.mark.parametrize("given", ["x", "a" * 65, "with space in it", "line\nbreak-12345"])
def test_a_malformed_request_id_is_replaced(given: str) -> None:
    answered = Client().get("/api/me/", headers={"x-request-id": given})["X-Request-ID"]
    assert answered != given
    assert len(answered) == 36


@pytest.mark.parametrize(
    "query", ["ordering=password", "cursor=nonsense", "status=nonsense", "page_size=x"]
)
def test_a_query_that_makes_no_sense_is_no_fault(query: str) -> None:
    response = make_cast().client("recruiter").get(f"/api/campaigns/?{query}")
    assert response.status_code in {200, 400, 404}
    if response.status_code != 200:
        assert set(response.json()) == {"code", "detail", "fields"}


def test_every_error_class_has_a_code_and_a_sentence() -> None:
    def below(cls: type[ApiError]) -> Iterator[type[ApiError]]:
        for child in cls.__subclasses__():
            yield child
            yield from below(child)

    for cls in below(ApiError):
        assert cls.code.replace("_", "").isalpha(), cls
        assert 400 <= cls.status < 600, cls
        assert str(cls.message).endswith((".", "?", "!")) or "%" in str(cls.message), cls


def test_a_trace_does_not_quote_what_people_wrote() -> None:
    trace = "UniqueViolation: duplicate key\nDETAIL:  Key (email)=(a@example.test) already exists."
    kept = without_values(None, "error", {"event": "failed", "exception": trace})
    assert kept["exception"] == "UniqueViolation: duplicate key"
