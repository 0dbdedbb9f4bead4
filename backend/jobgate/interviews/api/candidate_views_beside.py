"""What the candidate's page asks for beside the questions."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from jobgate.core import clock
from jobgate.interviews import links, logs
from jobgate.interviews.api import candidate_serializers as serializers
from jobgate.interviews.api import candidate_steps as steps
from jobgate.interviews.api.candidate_base import ID, CandidateViewSet
from jobgate.interviews.selectors import interview
from jobgate.interviews.services import feedback, handing_over, leasing

STATE = {200: serializers.SessionAnswerSerializer}


class BesideViewSet(CandidateViewSet):
    """The device, what the candidate says of the interview, and that they withdraw."""

    @extend_schema(parameters=[ID], request=None, responses={200: steps.HeartbeatSerializer})
    @action(detail=True, methods=["post"])
    def heartbeat(self, request: Request, pk: str) -> Response:
        """Say that the page is still there; learn whether it may still act."""
        held = leasing.renew(self.session.id, self.lease)
        more = interview.accommodation(self.session)
        return Response({**self.state(self.session), "lease_held": held, "accommodation": more})

    @extend_schema(parameters=[ID], request=None, responses={200: steps.HandoverSerializer})
    @action(detail=True, methods=["post"])
    def handover(self, request: Request, pk: str) -> Response:
        """Make a code by which the candidate goes on with another device: once, for 5 minutes."""
        with self.acting():
            made = handing_over.make(self.session.id)
        shown = {"code": made.code, "url": links.handover_link(made.code)}
        return Response({"server_time": clock.now(), **shown, "expires_at": made.expires_at})

    @extend_schema(parameters=[ID], request=None, responses=STATE)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Withdraw for good: members see the answers no more."""
        return Response(self.state(feedback.withdraw(self.session.id)))

    @extend_schema(parameters=[ID], request=steps.SatisfactionSerializer, responses=STATE)
    @action(detail=True, methods=["post"])
    def satisfaction(self, request: Request, pk: str) -> Response:
        """Say how the interview was, from 1 to 5; a second call changes it."""
        said: dict[str, Any] = self.body(steps.SatisfactionSerializer)
        return Response(self.state(feedback.rate(self.session.id, **said)))

    @extend_schema(parameters=[ID], request=steps.QuestionToTeamSerializer, responses=STATE)
    @action(detail=True, methods=["post"])
    def question_to_team(self, request: Request, pk: str) -> Response:
        """Ask the team something; no text takes it back."""
        text = self.body(steps.QuestionToTeamSerializer)["text"]
        return Response(self.state(feedback.ask_team(self.session.id, text)))

    @extend_schema(parameters=[ID], request=steps.PageEventsSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def log(self, request: Request, pk: str) -> Response:
        """Add to the technical log of the session."""
        logs.log_from_page(self.session, self.body(steps.PageEventsSerializer)["events"])
        return Response(status=status.HTTP_204_NO_CONTENT)
