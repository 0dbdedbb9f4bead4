"""System checks that hold the rules of tenancy."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.db import models

from jobgate.core.tenancy import TenantModel, TenantReference


@register()
def tenancy(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Return an error for each model that would let one tenant reach another's rows."""
    tenant_models = [m for m in apps.get_models() if issubclass(m, TenantModel)]
    return [error for model in tenant_models for error in _errors(model)]


def _errors(model: type[models.Model]) -> Iterator[Error]:
    held = {c.field for c in model._meta.constraints if isinstance(c, TenantReference)}
    if model._meta.base_manager_name != "objects":
        yield Error("Inherit Meta from TenantModel.Meta.", obj=model, id="tenancy.E001")
    if not any(str(c.name).endswith("_tenant_key") for c in model._meta.constraints):
        yield Error("Keep TenantModel.Meta.constraints.", obj=model, id="tenancy.E002")
    if model._meta.many_to_many:
        yield Error(
            "Many-to-many tables carry no tenant: make a model.", obj=model, id="tenancy.E003"
        )
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey):
            yield from _foreign_key_errors(model, field, held)


def _foreign_key_errors(
    model: type[models.Model], field: "models.ForeignKey[Any, Any]", held: set[str]
) -> Iterator[Error]:
    target = field.related_model
    if isinstance(target, type) and issubclass(target, TenantModel):
        if field.name not in held:
            yield Error(f"State a TenantReference for {field.name}.", obj=model, id="tenancy.E004")
    elif not field.remote_field.hidden:
        # A reverse relation would join into tenants' rows from a model without a scope.
        yield Error(f"Give {field.name} related_name='+'.", obj=model, id="tenancy.E005")
