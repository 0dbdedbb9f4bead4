"""Invite the people of a list: read it, let somebody look at it, then invite in the background."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import islice
from uuid import UUID

from django.db import transaction

from jobgate.core import clock
from jobgate.core.background import Task, enqueue
from jobgate.core.tenancy import all_tenants, tenant_scope
from jobgate.interviews import access, sheets
from jobgate.interviews.errors import (
    CampaignNotOpen,
    CampaignOver,
    ImportNotReady,
    ImportOver,
    NobodyToInvite,
    SheetEmpty,
    SheetTooLong,
)
from jobgate.interviews.models import ImportLine, InvitationImport, VideoCampaign
from jobgate.interviews.services.invitations import Invitations, check_takes_candidates, invite
from jobgate.interviews.services.judging import errors_of
from jobgate.interviews.text import clean_line
from jobgate.notifications.realtime import announce
from jobgate.operations.services import record

State = InvitationImport.State
MOST_LINES = 10_000
# So many are invited in one transaction; whoever cancels waits no longer than that.
AT_ONCE = 200
READ_AT_ONCE = 1000
KEPT = timedelta(days=30)
UNDER_WAY = (State.READING, State.PREVIEW, State.RUNNING)


def read_file(data: bytes) -> list[sheets.Line]:
    """Return the people of a workbook or of text in columns; raise what is wrong with the file."""
    if sheets.is_workbook(data):
        return _some(list(sheets.people(sheets.rows_of_workbook(data, MOST_LINES + 2))))
    return read_text(sheets.text_of(data))


def read_text(text: str) -> list[sheets.Line]:
    """Return the people of what was pasted."""
    rows = sheets.rows_of_text(text)
    return _some(list(islice(sheets.people(rows), MOST_LINES + 1)))


def _some(lines: list[sheets.Line]) -> list[sheets.Line]:
    if not lines:
        raise SheetEmpty
    if len(lines) > MOST_LINES:
        raise SheetTooLong(most=MOST_LINES)
    return lines


@transaction.atomic
def begin(
    campaign_id: UUID, lines: Sequence[sheets.Line], *, file_name: str, actor_id: UUID
) -> InvitationImport:
    """Keep the lines, and have each looked at in the background; nobody is invited yet."""
    campaign = access.campaign(campaign_id)
    check_takes_candidates(campaign)
    batch = InvitationImport.objects.create(
        campaign=campaign,
        actor_id=actor_id,
        file_name=clean_line(file_name)[:255],
        lines=len(lines),
    )
    ImportLine.objects.bulk_create(
        [ImportLine(batch=batch, number=line.number, person=line.person) for line in lines],
        batch_size=1000,
    )
    record("campaign.import_begun", actor_id=actor_id, target=batch, data={"n": len(lines)})
    _enqueue_reading(batch)
    return batch


def read_lines(import_id: UUID) -> None:
    """Judge every line of an import; begun again, it goes on where it stopped."""
    while _read_some(import_id):
        pass


@transaction.atomic
def _read_some(import_id: UUID) -> bool:
    """Judge the next lines; return whether more are to come."""
    batch = access.lock_import(import_id)
    if batch.state != State.READING:
        return False
    lines = list(batch.rows.order_by("number")[batch.done : batch.done + READ_AT_ONCE])
    errors_of(batch, lines)
    ImportLine.objects.bulk_update(lines, ["state", "errors", "person"])
    batch.done += len(lines)
    batch.good += sum(line.state == ImportLine.State.GOOD for line in lines)
    batch.skipped += sum(line.state == ImportLine.State.SKIPPED for line in lines)
    if batch.done < batch.lines:
        _enter(batch, State.READING)
        return True
    batch.done = 0
    _enter(batch, State.PREVIEW)
    return False


@transaction.atomic
def start(import_id: UUID, *, actor_id: UUID) -> InvitationImport:
    """Invite the good lines, as a person has confirmed."""
    campaign = access.lock_campaign(access.one(access.visible_imports(), import_id).campaign_id)
    batch = access.lock_import(import_id)
    if batch.state != State.PREVIEW:
        raise ImportNotReady
    check_takes_candidates(campaign)
    if not batch.good:
        raise NobodyToInvite
    _enter(batch, State.RUNNING)
    record("campaign.import_started", actor_id=actor_id, target=batch, data={"n": batch.good})
    _enqueue_inviting(batch)
    return batch


@transaction.atomic
def cancel(import_id: UUID, *, actor_id: UUID) -> InvitationImport:
    """Stop an import; who was invited already stays invited."""
    batch = access.lock_import(import_id)
    if batch.state not in UNDER_WAY:
        raise ImportOver
    if batch.state == State.READING:
        # What was not read counts as neither good nor wrong.
        batch.lines, batch.done = batch.done, 0
    _enter(batch, State.CANCELLED)
    record("campaign.import_cancelled", actor_id=actor_id, target=batch)
    return batch


@transaction.atomic
def invite_some(import_id: UUID) -> None:
    """Invite the next good lines; a job of its own does the next ones."""
    campaign = access.lock_campaign(access.one(access.visible_imports(), import_id).campaign_id)
    batch = access.lock_import(import_id)
    if batch.state != State.RUNNING:
        return
    try:
        check_takes_candidates(campaign)
    except (CampaignNotOpen, CampaignOver) as error:
        _enter(batch, State.FAILED, error.code)
        return
    lines = list(batch.rows.filter(state=ImportLine.State.GOOD).order_by("number")[:AT_ONCE])
    _note(batch, lines, invite(campaign, [line.person for line in lines]))
    if len(lines) == AT_ONCE:
        _enter(batch, State.RUNNING)
        _enqueue_inviting(batch)
    else:
        _finish(batch, campaign)


def _note(batch: InvitationImport, lines: Sequence[ImportLine], result: Invitations) -> None:
    """Write down what came of each line."""
    why = {skipped.email.lower(): skipped for skipped in result.skipped}
    for line in lines:
        skipped = why.get(line.person["email"].lower())
        line.state = ImportLine.State.SKIPPED if skipped else ImportLine.State.INVITED
        if skipped:
            line.errors = {"email": [{"code": skipped.code, "detail": skipped.detail}]}
    ImportLine.objects.bulk_update(lines, ["state", "errors"])
    batch.done += len(lines)
    batch.invited += len(result.invited)
    batch.skipped += len(result.skipped)


def _finish(batch: InvitationImport, campaign: VideoCampaign) -> None:
    _enter(batch, State.DONE)
    record(
        "campaign.invited",
        actor_id=batch.actor_id,
        target=campaign,
        data={"n": batch.invited, "import": str(batch.id)},
    )


def _enter(batch: InvitationImport, state: InvitationImport.State, reason: str = "") -> None:
    batch.state, batch.reason = state, reason
    batch.save()
    announce(batch.organization_id, "invitation_import", batch.id)


def forget_lines() -> int:
    """Remove the lines of imports that nobody has touched for a month; return of how many."""
    with all_tenants("the lists of every organisation are forgotten by themselves"):
        old = InvitationImport.objects.filter(updated_at__lt=clock.now() - KEPT, rows__isnull=False)
        due = list(old.order_by().values_list("organization_id", "id").distinct())
    for organization_id, import_id in due:
        with tenant_scope(organization_id):
            ImportLine.objects.filter(batch=import_id).delete()
    return len(due)


def _enqueue_reading(batch: InvitationImport) -> None:
    # Here, since the tasks' module needs this one.
    from jobgate.interviews.tasks import read_import

    _enqueue(read_import, batch)


def _enqueue_inviting(batch: InvitationImport) -> None:
    from jobgate.interviews.tasks import invite_lines

    _enqueue(invite_lines, batch)


def _enqueue(task: Task, batch: InvitationImport) -> None:
    enqueue(
        task,
        organization_id=batch.organization_id,
        lock=f"invitation-import:{batch.id}",
        import_id=batch.id,
    )
