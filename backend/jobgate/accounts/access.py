"""Who may sign in, and in which organisation they act."""

from uuid import UUID

from jobgate.accounts.errors import NoOrganization, OrganizationRequired
from jobgate.accounts.models import Membership, User


def may_sign_in(user: User | None) -> bool:
    return user is not None and user.is_active


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
