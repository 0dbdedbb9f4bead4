"""Keep organisations apart.

What an organisation owns is a `TenantModel`. Its rows are reached only inside `tenant_scope`:
without one every query raises, at the moment it is made. The few places that need all tenants
say so with `all_tenants(reason)`; tests/test_scope_exits.py lists them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar
from uuid import UUID

from django.db import models
from django.db.models.constraints import BaseConstraint

from jobgate.core.models import Entity

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

Row = TypeVar("Row", bound="TenantModel")

_organization: ContextVar[UUID | None] = ContextVar("organization", default=None)
_exit_reason: ContextVar[str | None] = ContextVar("exit_reason", default=None)


class NoTenant(RuntimeError):
    """A tenant's rows were asked for outside any tenant's scope."""


class WrongTenant(RuntimeError):
    """A row was about to be written into another tenant than the one in scope."""


def current_organization_id() -> UUID:
    """Return the organisation in scope; raise NoTenant without one."""
    organization_id = _organization.get()
    if organization_id is None:
        raise NoTenant("No organisation in scope: enter tenant_scope(organization_id) first.")
    return organization_id


def enter_tenant(organization_id: UUID) -> Token[UUID | None]:
    """Put the rest of this context in the organisation's scope; `no_tenant` around it ends it."""
    if not isinstance(organization_id, UUID):
        raise NoTenant(f"An organisation's id is a UUID, not {organization_id!r}.")
    return _organization.set(organization_id)


@contextmanager
def tenant_scope(organization_id: UUID) -> Iterator[None]:
    """Run the block in the scope of one organisation; raise NoTenant for None."""
    token = enter_tenant(organization_id)
    exit_token = _exit_reason.set(None)
    try:
        yield
    finally:
        _exit_reason.reset(exit_token)
        _organization.reset(token)


@contextmanager
def no_tenant() -> Iterator[None]:
    """Run the block outside any scope, whatever was entered inside it."""
    token = _organization.set(None)
    exit_token = _exit_reason.set(None)
    try:
        yield
    finally:
        _exit_reason.reset(exit_token)
        _organization.reset(token)


@contextmanager
def all_tenants(reason: str) -> Iterator[None]:
    """Run the block over every tenant's rows. Each call is listed in test_scope_exits.py."""
    if not reason:
        raise NoTenant("Say why every tenant's rows are needed.")
    token = _exit_reason.set(reason)
    try:
        yield
    finally:
        _exit_reason.reset(token)


class TenantQuerySet(models.QuerySet[Row]):
    def bulk_create(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> list[Row]:
        rows = list(objs)
        for row in rows:
            row.adopt_tenant()
        return super().bulk_create(rows, *args, **kwargs)


class TenantManager(models.Manager[Row]):
    """Give out only rows of the tenant in scope; raise NoTenant without one."""

    _queryset_class: type[TenantQuerySet[Row]] = TenantQuerySet

    def get_queryset(self) -> TenantQuerySet[Row]:
        rows: TenantQuerySet[Row] = self._queryset_class(model=self.model, using=self._db)
        if _exit_reason.get():
            return rows
        return rows.filter(organization_id=current_organization_id())

    def none(self) -> TenantQuerySet[Row]:
        """Return no row, which needs no tenant: the API's schema is made without one."""
        return self._queryset_class(model=self.model, using=self._db).none()


class TenantModel(Entity):
    """A row that belongs to an organisation.

    Subclasses inherit `Meta` from `TenantModel.Meta`, keep its constraints, and state a
    `TenantReference` for each foreign key to another tenant's model.
    """

    organization = models.ForeignKey(
        "accounts.Organization", on_delete=models.CASCADE, related_name="+", editable=False
    )

    organization_id: UUID

    objects: ClassVar[TenantManager[Self]] = TenantManager()

    class Meta:
        abstract = True
        # Also for refresh, cascades and save(): nothing goes round the scope.
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="%(app_label)s_%(class)s_tenant_key"
            )
        ]

    def adopt_tenant(self) -> None:
        """Take the organisation in scope; raise WrongTenant if the row has another one."""
        if _exit_reason.get() and self.organization_id:
            return
        scope = current_organization_id()
        if not self.organization_id:
            self.organization_id = scope
        elif self.organization_id != scope:
            raise WrongTenant(f"{type(self).__name__} belongs to another organisation.")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.adopt_tenant()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        # A row that nothing refers to is deleted without asking the manager.
        self.adopt_tenant()
        return super().delete(*args, **kwargs)


class TenantReference(BaseConstraint):
    """A foreign key on (organization_id, field) to (organization_id, id) of the field's target.

    With it the database itself refuses a row that points into another tenant.
    """

    def __init__(self, *, field: str, name: str) -> None:
        super().__init__(name=name)
        self.field = field

    def _statement(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> str:
        field: Any = model._meta.get_field(self.field)
        target = field.related_model._meta.db_table
        quote = editor.quote_name
        return (
            f"ALTER TABLE {quote(model._meta.db_table)} ADD CONSTRAINT {quote(self.name)} "
            f"FOREIGN KEY ({quote('organization_id')}, {quote(field.column)}) "
            f"REFERENCES {quote(target)} ({quote('organization_id')}, {quote('id')}) "
            "DEFERRABLE INITIALLY DEFERRED"
        )

    def constraint_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> Any:
        # Deferred to the end of the migration, when the target's key exists for sure.
        if model and schema_editor:
            schema_editor.deferred_sql.append(self._statement(model, schema_editor))
        return None

    def create_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> Any:
        return self.constraint_sql(model, schema_editor)

    def remove_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> Any:
        if not (model and schema_editor):
            return None
        table, name = (schema_editor.quote_name(n) for n in (model._meta.db_table, self.name))
        return f"ALTER TABLE {table} DROP CONSTRAINT {name}"

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Do nothing: the scoped manager refuses strangers, the database has the last word."""

    def deconstruct(self) -> Any:
        return (
            "jobgate.core.tenancy.TenantReference",
            (),
            {"field": self.field, "name": self.name},
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TenantReference) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((self.field, self.name))
