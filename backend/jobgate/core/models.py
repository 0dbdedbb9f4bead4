"""Base of every row."""

from django.db import models

from jobgate.core import clock
from jobgate.core.ids import new_id


class Entity(models.Model):
    """A row with a UUID and the time it was made."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True
