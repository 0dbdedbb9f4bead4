from django.urls import path

from jobgate.accounts.api import views

urlpatterns = [
    path("token/", views.SignInView.as_view(), name="token"),
    path("token/refresh/", views.RefreshView.as_view(), name="token-refresh"),
    path("token/logout/", views.SignOutView.as_view(), name="token-logout"),
    path("me/", views.MeView.as_view(), name="me"),
]
