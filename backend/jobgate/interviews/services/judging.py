"""Say of each line of a list whether its person can be invited, and why not."""

from collections.abc import Sequence

from django.db.models.functions import Lower
from django.utils import translation
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from jobgate.core.api.errors import field_errors
from jobgate.core.languages import Language
from jobgate.interviews.api.serializers.invitations import InviteeSerializer
from jobgate.interviews.models import ImportLine, InvitationImport

State = ImportLine.State


def errors_of(batch: InvitationImport, lines: Sequence[ImportLine]) -> None:
    """Set each line's state and errors, in the language of who sent the list."""
    language = batch.actor.language if batch.actor else Language.FRENCH
    with translation.override(language):
        for line in lines:
            _check(line)
        good = [line for line in lines if line.state == State.GOOD]
        _leave_out_invited(batch, good)
        _leave_out_repeats(batch, good)


def _check(line: ImportLine) -> None:
    """Check the line as the API would, and keep what it made of the values."""
    body = InviteeSerializer(data=line.person)
    if body.is_valid():
        line.person = dict(body.validated_data)
        return
    line.state = State.WRONG
    errors = field_errors(ValidationError(body.errors))
    line.errors = {name: list(found) for name, found in errors.items()}


def _key(line: ImportLine) -> str:
    email: str = line.person["email"]
    return email.lower()


def _leave_out_invited(batch: InvitationImport, lines: Sequence[ImportLine]) -> None:
    emails = batch.campaign.sessions.annotate(key=Lower("candidate__email"))
    keys = [_key(line) for line in lines]
    invited = set(emails.filter(key__in=keys).values_list("key", flat=True))
    for line in lines:
        if _key(line) in invited:
            _leave_out(line, "already_invited", _("This person was invited already."))


def _leave_out_repeats(batch: InvitationImport, lines: Sequence[ImportLine]) -> None:
    if not lines:
        return
    first_of = _earlier(batch, lines[0].number)
    for line in lines:
        if line.state != State.GOOD:
            continue
        first = first_of.setdefault(_key(line), line.number)
        if first != line.number:
            detail = _("Line %(number)d has the same address.") % {"number": first}
            _leave_out(line, "repeated", detail)


def _earlier(batch: InvitationImport, number: int) -> dict[str, int]:
    """Return the addresses of the good lines before this one, and where they stand."""
    rows = batch.rows.filter(state=State.GOOD, number__lt=number)
    return {email.lower(): at for email, at in rows.values_list("person__email", "number")}


def _leave_out(line: ImportLine, code: str, detail: str) -> None:
    line.state = State.SKIPPED
    line.errors = {"email": [{"code": code, "detail": detail}]}
