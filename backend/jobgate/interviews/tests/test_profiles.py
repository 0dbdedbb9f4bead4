"""One's own profile as a hiring manager."""

from typing import Any

import pytest

from tests.factories import Cast, MembershipFactory, UserFactory, member_client

URL = "/api/hiring-managers/"
PROFILE = {
    "first_name": "Leïla",
    "last_name": "Benchekroun",
    "job_title": "Head of people",
    "company": "Atlas",
    "department": "People",
    "phone": "+212 600 000 000",
    "language": "ar",
}


def own(cast: Cast, who: str) -> dict[str, Any]:
    results = cast.client(who).get(URL).json()["results"]
    assert len(results) == 1
    found: dict[str, Any] = results[0]
    return found


@pytest.mark.parametrize("who", ["admin", "recruiter", "reviewer", "stranger"])
def test_every_member_has_a_profile_from_the_first_look(cast: Cast, who: str) -> None:
    first = own(cast, who)
    assert first["email"] == getattr(cast, who).email
    assert own(cast, who)["id"] == first["id"]
    assert cast.client(who).get(f"{URL}{first['id']}/").json() == first


def test_the_profile_is_replaced_with_name_and_language(cast: Cast) -> None:
    url = f"{URL}{own(cast, 'reviewer')['id']}/"
    response = cast.client("reviewer").put(url, PROFILE)
    assert response.status_code == 200
    assert {name: response.json()[name] for name in PROFILE} == PROFILE
    me = cast.client("reviewer").get("/api/me/").json()
    assert (me["first_name"], me["language"]) == ("Leïla", "ar")


def test_anothers_profile_does_not_exist(cast: Cast) -> None:
    url = f"{URL}{own(cast, 'recruiter')['id']}/"
    for who in ("admin", "reviewer", "stranger"):
        assert cast.client(who).get(url).status_code == 404
        assert cast.client(who).put(url, PROFILE).status_code == 404
    assert cast.client("anonymous").get(url).status_code == 401


def test_an_address_and_a_role_cannot_be_changed_here(cast: Cast) -> None:
    url = f"{URL}{own(cast, 'reviewer')['id']}/"
    cast.client("reviewer").put(url, {**PROFILE, "email": "x@x.test", "role": "admin"})
    me = cast.client("reviewer").get("/api/me/").json()
    assert me["email"] == cast.reviewer.email
    assert me["memberships"][0]["role"] == "reviewer"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"phone": "?"}, "phone"),
        ({"language": "xx"}, "language"),
        ({"company": "x" * 201}, "company"),
    ],
)
def test_a_wrong_value_is_named(cast: Cast, changes: dict[str, Any], field: str) -> None:
    url = f"{URL}{own(cast, 'admin')['id']}/"
    response = cast.client("admin").put(url, PROFILE | changes)
    assert response.status_code == 400
    assert field in response.json()["fields"]


def test_a_person_of_two_organisations_has_a_profile_in_each(cast: Cast) -> None:
    user = MembershipFactory.create(organization=cast.organization).user
    MembershipFactory.create(organization=cast.elsewhere, user=user)
    ids = {
        member_client(user, HTTP_X_ORGANIZATION=str(company.id)).get(URL).json()["results"][0]["id"]
        for company in (cast.organization, cast.elsewhere)
    }
    assert len(ids) == 2


def test_a_person_without_an_organisation_has_none(cast: Cast) -> None:
    response = member_client(UserFactory.create()).get(URL)
    assert (response.status_code, response.json()["code"]) == (403, "no_organization")
