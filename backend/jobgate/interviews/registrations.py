"""What this app tells those below: its kinds of message, who may play what, its subscribers."""

from jobgate.interviews import access, events, invitation, record_again
from jobgate.media.access import register_player
from jobgate.notifications.services import register_kind

__all__ = ["events"]

for kind in (invitation.INVITATION, invitation.EXTENDED, invitation.REMINDER):
    register_kind(kind, invitation.context)
register_kind(record_again.RECORD_AGAIN, record_again.context)
register_kind(record_again.ANSWER_AGAIN, record_again.context)
register_player(access.may_play)
register_player(access.may_play_in_session)
