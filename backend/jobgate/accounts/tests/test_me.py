"""Who I am, and for which organisation I act."""

from typing import Any

import pytest
from rest_framework_simplejwt.tokens import AccessToken

from jobgate.accounts.access import active_membership
from jobgate.accounts.errors import NoOrganization, OrganizationRequired
from jobgate.accounts.models import Membership, Organization, Role, User
from jobgate.accounts.tests.conftest import Api
from jobgate.core.ids import new_id

pytestmark = pytest.mark.django_db


def token(user: User) -> str:
    return str(AccessToken.for_user(user))


def patch(api: Api, user: User, body: dict[str, Any]) -> Any:
    headers = {"authorization": f"Bearer {token(user)}"}
    return api.client.patch("/api/me/", body, content_type="application/json", headers=headers)


@pytest.fixture
def second(rita: User) -> Organization:
    other = Organization.objects.create(name="Second", slug="second")
    Membership.objects.create(user=rita, organization=other, role=Role.REVIEWER)
    return other


def test_i_see_myself_and_where_i_belong(api: Api, rita: User, organization: Organization) -> None:
    me = api.me(token(rita)).json()
    assert (me["email"], me["full_name"], me["language"]) == ("rita@example.test", "Rita", "fr")
    assert me["memberships"] == [
        {
            "organization": {
                "id": str(organization.id),
                "name": "Ours",
                "slug": "ours",
                "brand_color": "#00695c",
            },
            "role": "recruiter",
        }
    ]


def test_i_change_my_name_and_language(api: Api, rita: User) -> None:
    response = patch(api, rita, {"first_name": "Margarita", "language": "ar"})
    assert response.status_code == 200
    rita.refresh_from_db()
    assert (rita.first_name, rita.language) == ("Margarita", "ar")


def test_i_cannot_change_what_is_not_mine_to_change(api: Api, rita: User) -> None:
    changes = {"email": "x@example.test", "is_staff": True, "memberships": [], "id": str(new_id())}
    assert patch(api, rita, changes).status_code == 200
    before = rita.pk
    rita.refresh_from_db()
    assert (rita.email, rita.is_staff, rita.pk) == ("rita@example.test", False, before)
    assert rita.memberships.count() == 1


def test_a_language_that_nobody_speaks_is_refused(api: Api, rita: User) -> None:
    response = patch(api, rita, {"language": "xx"})
    assert response.status_code == 400
    assert response.json()["fields"]["language"][0]["code"] == "invalid_choice"


def test_a_person_without_an_organisation_sees_themselves(api: Api, db: None) -> None:
    candidate = User.objects.create_user("candidate@example.test")
    me = api.me(token(candidate))
    assert (me.status_code, me.json()["memberships"]) == (200, [])


class TestOrganisationActedFor:
    def test_is_my_only_one(self, rita: User, organization: Organization) -> None:
        membership = active_membership(rita, None)
        assert membership
        assert membership.organization == organization

    def test_must_be_named_when_i_have_several(self, rita: User, second: Organization) -> None:
        with pytest.raises(OrganizationRequired):
            active_membership(rita, None)

    def test_is_the_one_i_name(self, rita: User, second: Organization) -> None:
        membership = active_membership(rita, str(second.id))
        assert membership
        assert (membership.organization, membership.role) == (second, Role.REVIEWER)

    @pytest.mark.parametrize("named", ["x", "00000000-0000-0000-0000-000000000000", "'; --"])
    def test_must_exist(self, rita: User, named: str) -> None:
        with pytest.raises(NoOrganization):
            active_membership(rita, named)

    def test_must_be_mine(self, api: Api, rita: User) -> None:
        theirs = Organization.objects.create(name="Theirs", slug="theirs")
        headers = {"authorization": f"Bearer {token(rita)}", "x-organization": str(theirs.id)}
        response = api.client.get("/api/campaigns/", headers=headers)
        assert (response.status_code, response.json()["code"]) == (403, "no_organization")

    def test_is_learnt_without_naming_one(
        self, api: Api, rita: User, second: Organization, organization: Organization
    ) -> None:
        me = api.me(token(rita))
        assert me.status_code == 200
        found = {one["organization"]["id"] for one in me.json()["memberships"]}
        assert found == {str(organization.id), str(second.id)}

    def test_is_learnt_whatever_somebody_else_chose_on_this_device(
        self, api: Api, rita: User
    ) -> None:
        theirs = Organization.objects.create(name="Theirs", slug="theirs")
        me = api.me(token(rita), **{"x-organization": str(theirs.id)})
        assert (me.status_code, len(me.json()["memberships"])) == (200, 1)

    def test_is_none_for_a_person_who_has_none(self, db: None) -> None:
        assert active_membership(User.objects.create_user("c@example.test"), None) is None

    def test_ends_with_the_membership(self, api: Api, rita: User) -> None:
        access = token(rita)
        Membership.objects.filter(user=rita).delete()
        assert api.me(access).json()["memberships"] == []


def test_two_people_cannot_have_one_address(rita: User) -> None:
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        User.objects.create_user("RITA@example.test")
