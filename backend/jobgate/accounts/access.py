"""Who may sign in, and in which organisation they act."""

from uuid import UUID

from django.conf import settings

from jobgate.accounts.errors import NoOrganization, OrganizationRequired
from jobgate.accounts.models import Membership, User


def may_sign_in(user: User | None) -> bool:
    return user is not None and user.is_active


def may_enter(user: User) -> bool:
    """Return whether a sign-in may begin or go on.

    Everybody knows the demonstration's password: it opens nothing unless the demonstration was
    asked for, which is refused where others can reach it.
    """
    return may_sign_in(user) and (settings.DEMO or not _is_of_the_demonstration(user))


def _is_of_the_demonstration(user: User) -> bool:
    return user.memberships.filter(organization__is_demo=True).exists()


def active_membership(user: User, organization_id: str | None) -> Membership | None:
    """Return the membership that a request acts under, None for a person who has none.

    Raises:
        NoOrganization: the person is no member of the organisation named.
        OrganizationRequired: none is named and the person has several.
    """
    memberships = Membership.objects.filter(user=user).select_related("organization")
    if organization_id:
        return _named(list(memberships), organization_id)
    first_two = list(memberships[:2])
    if len(first_two) > 1:
        raise OrganizationRequired
    return first_two[0] if first_two else None


def _named(memberships: list[Membership], organization_id: str) -> Membership:
    try:
        wanted = UUID(organization_id)
    except ValueError as error:
        raise NoOrganization from error
    for membership in memberships:
        if membership.organization_id == wanted:
            return membership
    raise NoOrganization
