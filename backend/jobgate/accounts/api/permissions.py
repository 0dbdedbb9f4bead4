"""What each role may do."""

from typing import Any, ClassVar

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from jobgate.accounts.api.authentication import membership_of
from jobgate.accounts.errors import NoOrganization
from jobgate.accounts.models import Role

EVERY_ROLE = frozenset(Role.values)
MANAGERS = frozenset({Role.ADMIN, Role.RECRUITER})
READING = ("list", "retrieve", "metadata")


class RolePermission(BasePermission):
    """Let members in whose role the view names for the action.

    The view's `roles` maps an action to a set of roles. Reading is open to every role unless
    `roles` says otherwise; anything else is for managers.
    """

    default: ClassVar[frozenset[str]] = MANAGERS

    def has_permission(self, request: Request, view: Any) -> bool:
        if not (request.user and request.user.is_authenticated):
            return False
        membership = membership_of(request)
        if membership is None:
            raise NoOrganization
        action = getattr(view, "action", None) or ""
        open_to = EVERY_ROLE if action in READING else self.default
        return membership.role in getattr(view, "roles", {}).get(action, open_to)
