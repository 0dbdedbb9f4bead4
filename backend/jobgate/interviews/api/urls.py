from rest_framework.routers import SimpleRouter

from jobgate.interviews.api import candidate_views, views

router = SimpleRouter()
# First: `start_session` and `renew` are not ids.
router.register("sessions", candidate_views.EnterViewSet, basename="enter")
router.register("sessions", candidate_views.CandidateSessionViewSet, basename="interview")
router.register("hiring-managers", views.HiringManagerViewSet, basename="hiring-managers")
router.register("campaigns", views.CampaignViewSet, basename="campaigns")
router.register("sessions", views.SessionViewSet, basename="sessions")
router.register("responses", views.ResponseViewSet, basename="responses")
router.register("candidates", views.CandidateViewSet, basename="candidates")
router.register("logs", views.LogViewSet, basename="logs")

urlpatterns = router.urls
