"""A member's own profile as a hiring manager."""

from typing import Any
from uuid import UUID

from django.db import transaction

from jobgate.accounts.models import User
from jobgate.interviews import access
from jobgate.interviews.models import HiringManager

OF_THE_PERSON = ("first_name", "last_name", "language")


def own_profile(user: User) -> HiringManager:
    """Return the person's profile in the organisation in scope; make it at first use."""
    profile, _ = HiringManager.objects.get_or_create(user=user)
    return profile


@transaction.atomic
def update_profile(profile_id: UUID, *, user: User, data: dict[str, Any]) -> HiringManager:
    """Replace what the person's own profile says, names and language included."""
    profile = access.one(
        access.visible_profiles(user.id).select_for_update(of=("self",)), profile_id
    )
    for name, value in data.items():
        setattr(user if name in OF_THE_PERSON else profile, name, value)
    profile.save()
    user.save(update_fields=OF_THE_PERSON)
    profile.user = user
    return profile
