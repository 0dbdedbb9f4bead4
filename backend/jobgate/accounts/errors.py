from django.utils.translation import gettext_lazy as _

from jobgate.core.errors import ApiError, Forbidden


class BadCredentials(ApiError):
    code = "bad_credentials"
    status = 401
    message = _("This e-mail and password do not match.")


class TooManyAttempts(ApiError):
    code = "too_many_attempts"
    status = 429
    message = _("Too many attempts. Wait ten minutes, then try again.")


class RefreshRefused(ApiError):
    code = "refresh_refused"
    status = 401
    message = _("Your session has ended. Please sign in again.")


class NoOrganization(Forbidden):
    code = "no_organization"
    message = _("Your account does not belong to this organisation.")


class OrganizationRequired(ApiError):
    code = "organization_required"
    status = 400
    message = _("You belong to several organisations: say which one.")
