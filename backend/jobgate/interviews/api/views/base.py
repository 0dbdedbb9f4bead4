"""What the views for members of an organisation share."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, cast
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import viewsets
from rest_framework.response import Response

from jobgate.accounts.api.permissions import RolePermission
from jobgate.accounts.models import User
from jobgate.core import ids
from jobgate.core.tenancy import TenantModel

ID = OpenApiParameter("id", UUID, OpenApiParameter.PATH)
Rows = QuerySet[Any, Any]


def ordering(*names: str) -> OpenApiParameter:
    """Return the parameter's description for a list with these orderings."""
    both = [sign + name for name in names for sign in ("", "-")]
    return OpenApiParameter("ordering", str, enum=both)


class MemberViewSet(viewsets.GenericViewSet[Any]):
    """Base of the views for members of an organisation."""

    permission_classes = [RolePermission]
    lookup_value_regex = ids.PATTERN
    roles: ClassVar[Mapping[str, frozenset[str]]] = {}
    orderings: ClassVar[Mapping[str, str]] = {}
    model: ClassVar[type[TenantModel]]

    @property
    def member(self) -> User:
        return cast("User", self.request.user)

    def visible(self) -> Rows:
        raise NotImplementedError

    def get_queryset(self) -> Rows:
        if getattr(self, "swagger_fake_view", False):
            # The schema is made outside any tenant.
            return self.model.objects.none()
        return self.visible()

    def page(
        self, rows: Callable[[Rows], Any], shape: Callable[[Any], Iterable[Any]] = list
    ) -> Response:
        """Answer one page of the filtered rows."""
        found = self.paginate_queryset(rows(self.filter_queryset(self.get_queryset())))
        return self.get_paginated_response(list(shape(found or [])))
