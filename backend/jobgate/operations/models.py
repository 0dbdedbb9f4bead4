"""What every app above records."""

from typing import Any, ClassVar, NoReturn

from django.db import models

from jobgate.core.tenancy import TenantManager, TenantModel, TenantQuerySet


class AppendOnly(TypeError):
    """A row of the audit log was about to be changed."""


class AuditQuerySet(TenantQuerySet["AuditEntry"]):
    def update(self, **changes: Any) -> NoReturn:
        raise AppendOnly("Audit entries are never changed.")

    def delete(self) -> NoReturn:
        raise AppendOnly("Audit entries are never removed one by one.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("Audit entries are never changed.")


class AuditManager(TenantManager["AuditEntry"]):
    """Add and read; nothing else."""

    _queryset_class = AuditQuerySet


class AuditEntry(TenantModel):
    """Who did what to which object. Holds ids and codes, no personal data."""

    # Not a foreign key: the entry outlives the account, and a job acts for nobody.
    actor_id = models.UUIDField(null=True, editable=False)
    action = models.CharField(max_length=60, editable=False)
    target_kind = models.CharField(max_length=60, editable=False)
    target_id = models.UUIDField(null=True, editable=False)
    data = models.JSONField(default=dict, editable=False)

    objects: ClassVar[AuditManager] = AuditManager()

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["organization", "-created_at"], name="operations_audit_time"),
            models.Index(fields=["target_id", "-created_at"], name="operations_audit_target"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.target_kind} {self.target_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("Audit entries are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("Audit entries are never removed one by one.")
