"""Who may play what: media signs, the apps above say yes or no."""

from collections.abc import Callable
from uuid import UUID

from jobgate.core.errors import NotFound
from jobgate.media.models import Recording

# (actor, recording) → may they, asked in the scope of the recording's organisation.
PlayerCheck = Callable[[UUID, UUID], bool]

_checks: list[PlayerCheck] = []


def register_player(check: PlayerCheck) -> None:
    """Register a check; one that says yes is enough."""
    _checks.append(check)


def may_play(actor_id: UUID, recording_id: UUID) -> bool:
    return any(check(actor_id, recording_id) for check in _checks)


def recording(recording_id: UUID) -> Recording:
    """Return the recording of the organisation in scope; raise NotFound."""
    try:
        return Recording.objects.get(pk=recording_id)
    except Recording.DoesNotExist as error:
        raise NotFound from error
