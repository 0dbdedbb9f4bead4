from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from jobgate.accounts.models import Membership, Organization, SignIn, User


class KeptAdmin(admin.ModelAdmin[Any]):
    """Rows that are made inactive here, never deleted: tenants' rows hang on them."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class MembershipInline(admin.TabularInline[Membership, User]):
    model = Membership
    extra = 0


@admin.register(User)
class UserAdmin(KeptAdmin):
    list_display = ["email", "first_name", "last_name", "language", "is_active", "is_staff"]
    search_fields = ["email", "first_name", "last_name"]
    exclude = ["password", "groups", "user_permissions"]
    readonly_fields = ["last_login", "created_at"]
    inlines = [MembershipInline]


@admin.register(Organization)
class OrganizationAdmin(KeptAdmin):
    list_display = ["name", "slug", "created_at"]
    search_fields = ["name", "slug"]


@admin.register(SignIn)
class SignInAdmin(admin.ModelAdmin[SignIn]):
    list_display = ["user", "created_at", "rotated_at", "revoked_at"]
    readonly_fields = ["user", "created_at", "current", "previous", "rotated_at"]
