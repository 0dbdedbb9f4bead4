from django.utils.translation import gettext_lazy as _

from jobgate.core.errors import ApiError


class LiveUnavailable(ApiError):
    code = "live_unavailable"
    status = 503
    message = _("Live updates are unavailable for the moment.")


class MethodNotAllowed(ApiError):
    code = "method_not_allowed"
    status = 405
    message = _("This address does not take that method.")
