from django.urls import path
from rest_framework.routers import SimpleRouter

from jobgate.interviews.api import attachment_views, candidate_views, candidate_views_beside
from jobgate.interviews.api.views import (
    campaigns,
    imports,
    invitations,
    joining,
    library,
    people,
    prompts,
    responses,
    sessions,
)

router = SimpleRouter()
# First: `start_session` and `renew` are not ids.
router.register("sessions", candidate_views.EnterViewSet, basename="enter")
router.register("sessions", joining.JoinViewSet, basename="join")
router.register("sessions", candidate_views.CandidateSessionViewSet, basename="interview")
router.register("sessions", candidate_views_beside.BesideViewSet, basename="beside")
router.register("hiring-managers", people.HiringManagerViewSet, basename="hiring-managers")
router.register("campaigns", campaigns.CampaignViewSet, basename="campaigns")
router.register(
    "campaign-templates", library.CampaignTemplateViewSet, basename="campaign-templates"
)
router.register("prompts", prompts.PromptViewSet, basename="prompts")
router.register("question-bank", library.BankQuestionViewSet, basename="question-bank")
router.register("sessions", sessions.SessionViewSet, basename="sessions")
router.register("campaigns", invitations.PublicLinkViewSet, basename="public-links")
router.register("sessions", invitations.InvitedSessionViewSet, basename="invited-sessions")
router.register(
    "invitation-imports", imports.InvitationImportViewSet, basename="invitation-imports"
)
router.register("responses", responses.ResponseViewSet, basename="responses")
router.register("candidates", people.CandidateViewSet, basename="candidates")
router.register("logs", sessions.LogViewSet, basename="logs")

urlpatterns = [
    path("attachments/<uuid:attachment_id>/", attachment_views.attachment, name="attachment"),
    *router.urls,
]
