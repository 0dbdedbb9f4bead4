"""Live updates: a hint that something changed, never the change itself."""

from jobgate.notifications.realtime.channel import announce

__all__ = ["announce"]
