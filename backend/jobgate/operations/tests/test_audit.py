"""The audit log holds who did what, and nothing personal."""

import pytest
from django.db import transaction

from jobgate.accounts.models import Organization
from jobgate.core.ids import new_id
from jobgate.core.tenancy import NoTenant, tenant_scope
from jobgate.operations.models import AuditEntry
from jobgate.operations.services import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def organization() -> Organization:
    return Organization.objects.create(name="Ours", slug="ours")


def test_an_entry_says_who_did_what_to_which_row(organization: Organization) -> None:
    actor = new_id()
    with tenant_scope(organization.id):
        record("organization.renamed", actor_id=actor, target=organization, data={"n": 1})
        entry = AuditEntry.objects.get()
    assert (entry.actor_id, entry.action) == (actor, "organization.renamed")
    assert (entry.target_kind, entry.target_id) == ("accounts.organization", organization.id)
    assert (entry.data, entry.organization_id) == ({"n": 1}, organization.id)


def test_a_job_acts_for_nobody(organization: Organization) -> None:
    with tenant_scope(organization.id):
        assert record("session.expired", actor_id=None).actor_id is None


def test_nothing_is_recorded_for_no_organisation() -> None:
    with pytest.raises(NoTenant):
        record("x", actor_id=None)


def test_what_is_rolled_back_is_not_recorded(organization: Organization) -> None:
    with tenant_scope(organization.id):
        with transaction.atomic():
            record("x", actor_id=None)
            transaction.set_rollback(True)
        assert not AuditEntry.objects.exists()


def test_the_log_goes_with_its_organisation(organization: Organization) -> None:
    organization_id = organization.id
    with tenant_scope(organization_id):
        record("x", actor_id=None)
        organization.delete()
        assert not AuditEntry.objects.exists()
