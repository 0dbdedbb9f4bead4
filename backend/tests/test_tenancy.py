"""Organisations are kept apart: by the manager, by the keys of the database, by its roles."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch
from uuid import UUID

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, models
from django.http import HttpRequest, StreamingHttpResponse
from django.test import Client
from django.test.utils import isolate_apps
from django.urls import path
from procrastinate.contrib.django.utils import connector_params
from psycopg import sql

from jobgate.accounts.models import Organization
from jobgate.config import environment
from jobgate.core.background import Task
from jobgate.core.checks import tenancy as tenancy_check
from jobgate.core.ids import new_id
from jobgate.core.tenancy import (
    NoTenant,
    TenantModel,
    TenantReference,
    WrongTenant,
    all_tenants,
    enter_tenant,
    tenant_scope,
)
from jobgate.notifications.models import Message
from jobgate.operations.models import AppendOnly, AuditEntry
from jobgate.operations.services import record
from tests.factories import make_cast
from tests.world import furnish

pytestmark = pytest.mark.django_db

TENANT_MODELS = [model for model in apps.get_models() if issubclass(model, TenantModel)]
REFERENCES = [
    (model, constraint)
    for model in TENANT_MODELS
    for constraint in model._meta.constraints
    if isinstance(constraint, TenantReference)
]


def entry() -> AuditEntry:
    return AuditEntry(action="test.ran", target_kind="")


@pytest.fixture
def ours() -> Organization:
    return Organization.objects.create(name="Ours", slug="ours")


@pytest.fixture
def theirs() -> Organization:
    return Organization.objects.create(name="Theirs", slug="theirs")


@pytest.fixture
def rows(ours: Organization, theirs: Organization) -> dict[str, AuditEntry]:
    """One row of each organisation."""
    found = {}
    for organization in (ours, theirs):
        with tenant_scope(organization.id):
            found[organization.slug] = record("test.ran", actor_id=None)
    return found


async def first_of_iteration() -> object:
    async for row in AuditEntry.objects.all():
        return row
    return None


async def first_of_aiterator() -> object:
    return await anext(AuditEntry.objects.aiterator())


WITHOUT_SCOPE: dict[str, Callable[[], Any]] = {
    "all": lambda: list(AuditEntry.objects.all()),
    "filter": lambda: AuditEntry.objects.filter(action="x"),
    "get": lambda: AuditEntry.objects.get(pk=new_id()),
    "exists": lambda: AuditEntry.objects.exists(),
    "count": lambda: AuditEntry.objects.count(),
    "explain": lambda: AuditEntry.objects.explain(),
    "iterator": lambda: next(AuditEntry.objects.iterator()),
    "in_bulk": lambda: AuditEntry.objects.in_bulk(),
    "aggregate": lambda: AuditEntry.objects.aggregate(models.Count("id")),
    "values": lambda: list(AuditEntry.objects.values("id")),
    "dates": lambda: list(AuditEntry.objects.dates("created_at", "day")),
    "first": lambda: AuditEntry.objects.first(),
    "raw": lambda: list(AuditEntry.objects.raw("SELECT * FROM operations_auditentry")),
    "select_for_update": lambda: AuditEntry.objects.select_for_update().get(),
    "union": lambda: AuditEntry.objects.union(AuditEntry.objects.all()),
    "base manager": lambda: AuditEntry._base_manager.all(),
    "default manager": lambda: AuditEntry._default_manager.all(),
    "update": lambda: Message.objects.update(kind="x"),
    "delete": lambda: Message.objects.all().delete(),
    "create": lambda: AuditEntry.objects.create(action="x", target_kind=""),
    "get_or_create": lambda: AuditEntry.objects.get_or_create(action="x"),
    "update_or_create": lambda: Message.objects.update_or_create(kind="x"),
    "bulk_create": lambda: AuditEntry.objects.bulk_create([entry()]),
    "bulk_update": lambda: Message.objects.bulk_update([], ["kind"]),
    "save": lambda: entry().save(),
    "aget": lambda: asyncio.run(AuditEntry.objects.aget(pk=new_id())),
    "afirst": lambda: asyncio.run(AuditEntry.objects.afirst()),
    "aexists": lambda: asyncio.run(AuditEntry.objects.aexists()),
    "acount": lambda: asyncio.run(AuditEntry.objects.acount()),
    "aiterator": lambda: asyncio.run(first_of_aiterator()),
    "acreate": lambda: asyncio.run(AuditEntry.objects.acreate(action="x")),
    "abulk_create": lambda: asyncio.run(AuditEntry.objects.abulk_create([entry()])),
    "async for": lambda: asyncio.run(first_of_iteration()),
}


@pytest.mark.parametrize("query", WITHOUT_SCOPE.values(), ids=WITHOUT_SCOPE.keys())
def test_a_query_without_a_tenant_raises(query: Callable[[], Any]) -> None:
    with pytest.raises(NoTenant):
        query()


@pytest.mark.parametrize("model", TENANT_MODELS, ids=lambda model: model._meta.label)
def test_every_tenants_model_has_the_scoped_managers(model: type[TenantModel]) -> None:
    for manager in (model._default_manager, model._base_manager):
        with pytest.raises(NoTenant):
            manager.exists()


class TestARowInHand:
    """A row that was read inside its scope gives nothing away outside."""

    @pytest.fixture
    def message(self, ours: Organization) -> Message:
        with tenant_scope(ours.id):
            return Message.objects.create(kind="x", to_email="a@example.test", language="fr")

    def test_is_not_read_again(self, message: Message) -> None:
        with pytest.raises(NoTenant):
            message.refresh_from_db()

    def test_is_not_saved(self, message: Message) -> None:
        with pytest.raises(NoTenant):
            message.save()

    def test_is_not_deleted(self, message: Message) -> None:
        with pytest.raises(NoTenant):
            message.delete()

    def test_is_not_saved_for_another(self, message: Message, theirs: Organization) -> None:
        with tenant_scope(theirs.id), pytest.raises(WrongTenant):
            message.save()

    def test_is_not_deleted_for_another(self, message: Message, theirs: Organization) -> None:
        with tenant_scope(theirs.id), pytest.raises(WrongTenant):
            message.delete()

    def test_is_not_added_for_another(self, ours: Organization, theirs: Organization) -> None:
        stray = AuditEntry(action="x", target_kind="", organization=theirs)
        with tenant_scope(ours.id), pytest.raises(WrongTenant):
            AuditEntry.objects.bulk_create([stray])


def test_a_scope_shows_its_own_rows_alone(rows: dict[str, AuditEntry], ours: Organization) -> None:
    with tenant_scope(ours.id):
        assert list(AuditEntry.objects.all()) == [rows["ours"]]
        assert not AuditEntry.objects.filter(pk=rows["theirs"].pk).exists()


def test_a_new_row_belongs_to_the_scope(ours: Organization) -> None:
    with tenant_scope(ours.id):
        made = AuditEntry.objects.create(action="x", target_kind="")
        (bulk,) = AuditEntry.objects.bulk_create([entry()])
    assert made.organization_id == bulk.organization_id == ours.id


def test_all_tenants_are_reached_with_a_reason_alone(rows: dict[str, AuditEntry]) -> None:
    with all_tenants("a test counts them"):
        assert AuditEntry.objects.count() == 2
    with pytest.raises(NoTenant), all_tenants(""):
        pass


@pytest.mark.parametrize("nobody", [None, "", "ours", 0])
def test_no_scope_is_entered_for_nobody(nobody: Any) -> None:
    with pytest.raises(NoTenant), tenant_scope(nobody):
        pass


def test_a_scope_inside_another_ends_with_it(ours: Organization, theirs: Organization) -> None:
    with tenant_scope(ours.id):
        with tenant_scope(theirs.id):
            inner = record("x", actor_id=None)
        outer = record("x", actor_id=None)
    assert (inner.organization_id, outer.organization_id) == (theirs.id, ours.id)


def test_a_scope_inside_all_tenants_is_narrow(rows: dict[str, AuditEntry]) -> None:
    with all_tenants("a test"), tenant_scope(rows["ours"].organization_id):
        assert AuditEntry.objects.count() == 1


def test_an_audit_entry_is_never_changed(rows: dict[str, AuditEntry], ours: Organization) -> None:
    row = rows["ours"]
    with tenant_scope(ours.id):
        attempts: list[Callable[[], Any]] = [
            row.save,
            row.delete,
            AuditEntry.objects.all().delete,
            lambda: AuditEntry.objects.update(action="y"),
            lambda: AuditEntry.objects.bulk_update([row], ["action"]),
        ]
        for attempt in attempts:
            with pytest.raises(AppendOnly):
                attempt()


def stream(request: HttpRequest) -> StreamingHttpResponse:
    enter_tenant(UUID(request.GET["organization"]))
    return StreamingHttpResponse(str(row) for row in AuditEntry.objects.all().iterator())


def stream_late(request: HttpRequest) -> StreamingHttpResponse:
    enter_tenant(UUID(request.GET["organization"]))

    def lines() -> Iterator[str]:
        for row in AuditEntry.objects.all():
            yield str(row)

    return StreamingHttpResponse(lines())


urlpatterns = [path("early/", stream), path("late/", stream_late)]


@pytest.mark.urls(__name__)
class TestRequests:
    """The scope that a request entered ends with it."""

    def test_nothing_is_left_of_it(self, ours: Organization) -> None:
        Client().get(f"/early/?organization={ours.id}")
        with pytest.raises(NoTenant):
            AuditEntry.objects.exists()

    def test_a_body_made_afterwards_has_none(self, ours: Organization) -> None:
        response: Any = Client().get(f"/late/?organization={ours.id}")
        with pytest.raises(NoTenant):
            b"".join(response.streaming_content)

    def test_a_query_made_before_stays_in_its_own(
        self, rows: dict[str, AuditEntry], ours: Organization
    ) -> None:
        response: Any = Client().get(f"/early/?organization={ours.id}")
        body = b"".join(response.streaming_content)
        assert body.decode() == str(rows["ours"])


def test_a_job_without_a_tenant_reaches_nothing() -> None:
    def count() -> None:
        AuditEntry.objects.count()

    with pytest.raises(NoTenant):
        Task("test.count", count, retries=1, seconds=1).run()


def test_a_job_does_not_inherit_the_scope_of_its_caller(ours: Organization) -> None:
    with tenant_scope(ours.id):
        test_a_job_without_a_tenant_reaches_nothing()


@pytest.fixture
def furnished() -> tuple[UUID, UUID]:
    """Two organisations that have one of everything."""
    cast = make_cast()
    furnish(cast.organization, manager=cast.recruiter, reviewer=cast.reviewer)
    furnish(cast.elsewhere, manager=cast.stranger, reviewer=cast.stranger)
    return cast.organization.id, cast.elsewhere.id


class TestKeys:
    """The database refuses a row that points into another organisation."""

    @pytest.mark.parametrize(
        ("model", "reference"), REFERENCES, ids=[str(r.name) for _, r in REFERENCES]
    )
    def test_the_key_exists(self, model: type[TenantModel], reference: TenantReference) -> None:
        field = model._meta.get_field(reference.field)
        assert isinstance(field, models.ForeignKey)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_get_constraintdef(oid), convalidated FROM pg_constraint"
                " WHERE conname = %s AND conrelid = %s::regclass",
                [reference.name, model._meta.db_table],
            )
            definition, validated = cursor.fetchone() or ("", False)
        assert definition.startswith(
            f"FOREIGN KEY (organization_id, {field.column})"
            f" REFERENCES {field.related_model._meta.db_table}(organization_id, id)"
        )
        assert validated

    @pytest.mark.parametrize(
        ("model", "reference"), REFERENCES, ids=[str(r.name) for _, r in REFERENCES]
    )
    def test_it_refuses_another_organisations_row(
        self, model: type[TenantModel], reference: TenantReference, furnished: tuple[UUID, UUID]
    ) -> None:
        """Also for SQL that went round the models."""
        ours, theirs = furnished
        table = sql.Identifier(model._meta.db_table)
        field = model._meta.get_field(reference.field)
        assert isinstance(field, models.ForeignKey)
        column = sql.Identifier(field.column)
        find = sql.SQL("SELECT id FROM {} WHERE organization_id = %s AND {} IS NOT NULL")
        move = sql.SQL("UPDATE {} SET organization_id = %s WHERE id = %s")
        with connection.cursor() as cursor:
            cursor.execute(find.format(table, column), [ours])
            row = cursor.fetchone()
            assert row, f"the company of tests/world.py has no {model._meta.label} with this key"
            only = sql.SQL("SET CONSTRAINTS {} IMMEDIATE").format(sql.Identifier(reference.name))
            cursor.execute(only)
            with pytest.raises(IntegrityError, match=reference.name):
                cursor.execute(move.format(table), [theirs, row[0]])


class TestChecks:
    """A model that would let tenants meet does not pass `manage.py check`."""

    def errors(self, *made: type[models.Model]) -> set[str]:
        with patch.object(apps, "get_models", return_value=list(made)):
            return {str(error.id) for error in tenancy_check(None)}

    @isolate_apps("jobgate.operations")
    def test_a_reverse_relation_from_a_model_without_tenant(self) -> None:
        class Leaky(TenantModel):
            user = models.ForeignKey("accounts.User", models.CASCADE, related_name="leaks")

            class Meta(TenantModel.Meta):
                app_label = "operations"

        assert self.errors(Leaky) == {"tenancy.E005"}

    @isolate_apps("jobgate.operations")
    def test_a_reference_without_its_key(self) -> None:
        class Loose(TenantModel):
            message = models.ForeignKey(Message, models.CASCADE)

            class Meta(TenantModel.Meta):
                app_label = "operations"

        assert self.errors(Loose) == {"tenancy.E004"}

    @isolate_apps("jobgate.operations")
    def test_a_model_with_a_plain_base_manager(self) -> None:
        class Bare(TenantModel):
            class Meta:
                app_label = "operations"

        assert self.errors(Bare) == {"tenancy.E001", "tenancy.E002"}

    @isolate_apps("jobgate.operations")
    def test_a_many_to_many_table(self) -> None:
        class Many(TenantModel):
            messages = models.ManyToManyField(Message)

            class Meta(TenantModel.Meta):
                app_label = "operations"

        assert "tenancy.E003" in self.errors(Many)

    def test_our_own_models_pass(self) -> None:
        assert tenancy_check(None) == []


@pytest.mark.skipif(
    settings.DB_APP_USER == settings.DB_OWNER_USER, reason="one role owns and uses the tables"
)
class TestRole:
    """The role that the app connects as may read and write rows, and nothing else."""

    @pytest.fixture
    def app_role(self) -> Iterator[psycopg.Connection[Any]]:
        parameters = {
            **connector_params(),
            "user": settings.DB_APP_USER,
            "password": environment.secret("DB_PASSWORD", ""),
        }
        with psycopg.connect(**parameters, autocommit=True) as connected:
            yield connected

    @pytest.mark.parametrize(
        "statement",
        [
            "CREATE TABLE public.mine (id int)",
            "CREATE SCHEMA mine",
            "CREATE ROLE mine",
            "ALTER TABLE operations_auditentry ADD COLUMN mine int",
            "ALTER TABLE operations_auditentry DISABLE TRIGGER ALL",
            "ALTER TABLE operations_auditentry DROP CONSTRAINT operations_auditentry_tenant_key",
            "DROP TABLE operations_auditentry",
            "TRUNCATE operations_auditentry",
            "DELETE FROM django_migrations",
            "CREATE INDEX ON operations_auditentry (action)",
            "SET ROLE postgres",
        ],
    )
    def test_it_cannot(self, app_role: psycopg.Connection[Any], statement: str) -> None:
        refused = (psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedObject)
        with pytest.raises(refused):
            app_role.execute(statement.encode())

    def test_it_has_no_attribute_that_goes_round_the_rules(
        self, app_role: psycopg.Connection[Any]
    ) -> None:
        row = app_role.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
            " FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert row == (False, False, False, False, False)

    def test_it_reads_and_writes_every_table(self, app_role: psycopg.Connection[Any]) -> None:
        tables = [model._meta.db_table for model in TENANT_MODELS]
        for table in tables:
            row = app_role.execute(
                "SELECT bool_and(has_table_privilege(%s, right_)) FROM"
                " unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS right_",
                [table],
            ).fetchone()
            assert row == (True,), table
