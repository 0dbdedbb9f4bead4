from typing import Any

import pytest
from django.test import Client

from jobgate.accounts.models import Membership, Organization, Role, User

PASSWORD = "correct horse battery staple"


class Api:
    """The API as one browser or program sees it."""

    def __init__(self, **headers: str) -> None:
        self.client = Client(headers={"accept-language": "en", **headers})

    def post(self, path: str, body: dict[str, Any] | None = None, **options: Any) -> Any:
        return self.client.post(path, body or {}, content_type="application/json", **options)

    def sign_in(self, email: str = "rita@example.test", password: str = PASSWORD) -> Any:
        return self.post("/api/token/", {"email": email, "password": password})

    def refresh(self, token: str) -> Any:
        return self.post("/api/token/refresh/", {"refresh": token})

    def me(self, access: str, **headers: str) -> Any:
        return self.client.get("/api/me/", headers={"authorization": f"Bearer {access}", **headers})


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def browser() -> Api:
    """A page, which keeps its refresh token in a cookie."""
    return Api(**{"x-token-transport": "cookie"})


@pytest.fixture
def organization(db: None) -> Organization:
    return Organization.objects.create(name="Ours", slug="ours")


@pytest.fixture
def rita(organization: Organization) -> User:
    user = User.objects.create_user("rita@example.test", PASSWORD, first_name="Rita")
    Membership.objects.create(user=user, organization=organization, role=Role.RECRUITER)
    return user
