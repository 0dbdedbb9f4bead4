# mypy: disallow-untyped-calls=False
"""Objects that tests of every app stand on, and the cast that plays in them.

Rows that an organisation owns are made inside its `tenant_scope`.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from factory.declarations import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory, Password
from factory.helpers import post_generation
from rest_framework.test import APIClient
from rest_framework_simplejwt.tokens import AccessToken

from jobgate.accounts.models import Membership, Organization, Role, User
from jobgate.core import clock
from jobgate.core.ids import new_id
from jobgate.core.tenancy import tenant_scope
from jobgate.interviews.links import digest, token_of
from jobgate.interviews.models import (
    CampaignVersion,
    Candidate,
    InterviewSession,
    Question,
    VersionQuestion,
    VideoCampaign,
)

PASSWORD = "correct horse battery"


class OrganizationFactory(DjangoModelFactory[Organization]):
    class Meta:
        model = Organization

    name = Sequence(lambda n: f"Company {n}")
    slug = Sequence(lambda n: f"company-{n}")


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = Sequence(lambda n: f"person{n}@example.test")
    first_name = "Salma"
    last_name = "Idrissi"
    language = "en"
    password = Password(PASSWORD)


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = SubFactory(UserFactory)
    organization = SubFactory(OrganizationFactory)
    role = Role.RECRUITER


class CandidateFactory(DjangoModelFactory[Candidate]):
    class Meta:
        model = Candidate

    first_name = "Youssef"
    last_name = Sequence(lambda n: f"Alaoui {n}")
    email = Sequence(lambda n: f"candidate{n}@example.test")
    language = "fr"


class CampaignFactory(DjangoModelFactory[VideoCampaign]):
    """An open campaign with `questions` mandatory questions, in its first version."""

    class Meta:
        model = VideoCampaign
        skip_postgeneration_save = True

    class Params:
        days = 10

    title = Sequence(lambda n: f"Campaign {n}")
    status = VideoCampaign.Status.OPEN
    starts_at = LazyFunction(lambda: clock.now() - timedelta(days=1))
    ends_at = LazyAttribute(lambda o: clock.now() + timedelta(days=o.days))

    @post_generation
    def questions(self: Any, create: bool, extracted: int | None, **rules: Any) -> None:
        version = CampaignVersion.objects.create(campaign=self, number=1, **rules)
        for position in range(1, (2 if extracted is None else extracted) + 1):
            VersionQuestion.objects.create(
                version=version,
                question=Question.objects.create(campaign=self),
                position=position,
                text=f"Question {position}?",
            )
        self.current = version
        self.save()


class SessionFactory(DjangoModelFactory[InterviewSession]):
    """An invited session of an open campaign."""

    class Meta:
        model = InterviewSession

    id = LazyFunction(new_id)
    campaign = SubFactory(CampaignFactory)
    candidate = SubFactory(CandidateFactory)
    token_digest = LazyAttribute(lambda o: digest(token_of(o.id, 1)))
    expires_at = LazyAttribute(lambda o: o.campaign.ends_at)


def member_client(user: User, **headers: str) -> APIClient:
    """Return a client that is signed in as this person."""
    client = APIClient()
    token = AccessToken.for_user(user)
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}", HTTP_ACCEPT_LANGUAGE="en", **headers)
    return client


@dataclass(frozen=True)
class Cast:
    """One company's people, and a stranger who administers another company."""

    organization: Organization
    admin: User
    recruiter: User
    reviewer: User
    other_reviewer: User
    elsewhere: Organization
    stranger: User

    def client(self, who: str) -> APIClient:
        """Return a client for `admin`, `recruiter`, `reviewer`, `stranger`, or `anonymous`."""
        if who == "anonymous":
            return APIClient(headers={"accept-language": "en"})
        user: User = getattr(self, who)
        return member_client(user)


def make_cast() -> Cast:
    company, elsewhere = OrganizationFactory.create(), OrganizationFactory.create()
    people = {
        "admin": Role.ADMIN,
        "recruiter": Role.RECRUITER,
        "reviewer": Role.REVIEWER,
        "other_reviewer": Role.REVIEWER,
    }
    members = {
        name: MembershipFactory.create(organization=company, role=role).user
        for name, role in people.items()
    }
    stranger = MembershipFactory.create(organization=elsewhere, role=Role.ADMIN).user
    return Cast(organization=company, elsewhere=elsewhere, stranger=stranger, **members)


def session_in(organization: Organization, **wishes: Any) -> InterviewSession:
    """Return an invited session of this organisation."""
    with tenant_scope(organization.id):
        return SessionFactory.create(**wishes)
