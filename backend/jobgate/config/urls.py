"""Every route that Django answers; the raw ASGI ones are in asgi.py."""

from django.contrib import admin
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from jobgate.config import pages

urlpatterns = [
    path("api/", pages.ApiRoot.as_view(), name="api-root"),
    path("api/", include("jobgate.accounts.api.urls")),
    path("api/", include("jobgate.media.api.urls")),
    path("api/", include("jobgate.interviews.api.urls")),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path(
        "api/docs/",
        SpectacularSwaggerSplitView.as_view(url_name="schema", template_name="docs.html"),
        name="docs",
    ),
    re_path(r"^api/", pages.unknown_api_route),
    path("admin/", admin.site.urls),
    path("healthz", pages.health, name="health"),
    path("mailbox/", include("jobgate.notifications.urls")),
    re_path(r"^interview/?$", pages.candidate_page, name="interview"),
    re_path(r"^(?!assets/|static/|media/).*$", pages.recruiter_page, name="app"),
]
handler404 = "jobgate.config.pages.not_found"
handler500 = "jobgate.config.pages.server_error"
