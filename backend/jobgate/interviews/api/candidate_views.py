"""What the candidate's page asks for."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import parsers, permissions, status, viewsets
from rest_framework.authentication import BaseAuthentication
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from jobgate.core import clock, ids
from jobgate.core.tenancy import tenant_scope
from jobgate.interviews import devices
from jobgate.interviews.api import candidate_serializers as serializers
from jobgate.interviews.api import candidate_steps as steps
from jobgate.interviews.api.candidate_base import ID, CandidateViewSet
from jobgate.interviews.errors import SessionCookieMissing, TokenExpired, TokenInvalid
from jobgate.interviews.links import COOKIE_SECONDS, Claims, cookie_value, read_cookie
from jobgate.interviews.models import InterviewSession
from jobgate.interviews.selectors import interview, receipts
from jobgate.interviews.services import (
    answering,
    closing,
    entering,
    faults,
    handing_over,
    leasing,
    writing,
)

COOKIE = "jobgate-session"
COOKIE_PATH = "/api/sessions/"
TAKE = OpenApiParameter("take", UUID, OpenApiParameter.PATH)
INTERVIEW = {200: serializers.InterviewSerializer}


class EnterViewSet(viewsets.GenericViewSet[Any]):
    """How a candidate comes in: without an account, by a link or a cookie."""

    authentication_classes: list[type[BaseAuthentication]] = []
    permission_classes = [permissions.AllowAny]
    # A form of another site cannot send JSON: nobody is put into somebody else's interview.
    parser_classes = [parsers.JSONParser]
    throttle_scope = "link"

    def enter(self, session: InterviewSession) -> Response:
        """Answer the interview, and let this browser come back without the link."""
        with tenant_scope(session.organization_id):
            response = Response(interview.interview(session))
        response.set_cookie(
            COOKIE,
            cookie_value(session),
            max_age=COOKIE_SECONDS,
            path=COOKIE_PATH,
            httponly=True,
            samesite="Strict",
            secure=self.request.is_secure(),
        )
        return response

    @extend_schema(
        operation_id="sessions_start_session",
        request=serializers.StartSerializer,
        responses=INTERVIEW,
        auth=[],
    )
    @action(detail=False, methods=["post"])
    def start_session(self, request: Request) -> Response:
        """Exchange the token of a candidate's link for the interview."""
        data = self.body(serializers.StartSerializer)
        return self.enter(entering.start_session(data["token"], self.visitor(data)))

    @extend_schema(
        operation_id="sessions_accept_handover",
        request=serializers.HandoverCodeSerializer,
        responses=INTERVIEW,
        auth=[],
    )
    @action(detail=False, methods=["post"])
    def accept_handover(self, request: Request) -> Response:
        """Exchange the code that another device shows for the interview, and go on here."""
        data = self.body(serializers.HandoverCodeSerializer)
        return self.enter(handing_over.accept(data["code"], self.visitor(data)))

    @extend_schema(
        operation_id="sessions_renew",
        request=serializers.DeviceSerializer,
        responses=INTERVIEW,
        auth=[],
    )
    @action(detail=False, methods=["post"])
    def renew(self, request: Request) -> Response:
        """Exchange this browser's cookie for the interview, with a fresh access token."""
        claims = self.claims()
        if claims is None:
            raise SessionCookieMissing
        data = self.body(serializers.DeviceSerializer)
        return self.enter(entering.renew(claims, self.visitor(data)))

    def claims(self) -> Claims | None:
        """Return what this browser's cookie says, if it has a good one."""
        try:
            return read_cookie(self.request.COOKIES[COOKIE])
        except (KeyError, TokenExpired, TokenInvalid):
            return None

    def visitor(self, data: dict[str, Any]) -> leasing.Visitor:
        claims = self.claims()
        return leasing.Visitor(
            lease=data["lease"],
            known_as=claims.lease if claims else None,
            take_over=data.get("take_over", False),
            device=devices.read(self.request.headers.get("user-agent", "")),
        )

    def body(self, serializer: type[serializers.Plain]) -> dict[str, Any]:
        """Return the valid body of the request."""
        found = serializer(data=self.request.data)
        found.is_valid(raise_exception=True)
        data: dict[str, Any] = found.validated_data
        return data


class CandidateSessionViewSet(CandidateViewSet):
    """The steps of an interview, by the candidate's page."""

    @extend_schema(parameters=[ID], request=serializers.LanguageSerializer, responses=INTERVIEW)
    @action(detail=True, methods=["post"])
    def language(self, request: Request, pk: str) -> Response:
        """Speak another language in this interview."""
        language = self.body(serializers.LanguageSerializer)["language"]
        return Response(interview.interview(entering.set_language(self.session.id, language)))

    @extend_schema(
        parameters=[ID],
        request=serializers.ConsentSerializer,
        responses={200: serializers.SessionAnswerSerializer},
    )
    @action(detail=True, methods=["post"])
    def consent(self, request: Request, pk: str) -> Response:
        """Agree to what the notice says."""
        version = self.body(serializers.ConsentSerializer)["notice_version"]
        return Response(self.state(entering.consent(self.session.id, version)))

    @extend_schema(
        parameters=[ID],
        request=serializers.QuestionRefSerializer,
        responses={200: serializers.QuestionAnswerSerializer},
    )
    @action(detail=True, methods=["post"])
    def open_question(self, request: Request, pk: str) -> Response:
        """Read a question: from now on its preparation time runs."""
        question = self.body(serializers.QuestionRefSerializer)["question"]
        with self.acting():
            opened = answering.open_question(self.session.id, question)
        return Response(interview.opened_question(opened))

    @extend_schema(
        parameters=[ID],
        request=serializers.QuestionRefSerializer,
        responses={200: serializers.TakeAnswerSerializer},
    )
    @action(detail=True, methods=["post"])
    def open_take(self, request: Request, pk: str) -> Response:
        """Begin an attempt, or come back to the open one."""
        question = self.body(serializers.QuestionRefSerializer)["question"]
        with self.acting():
            take, upload = answering.open_take(self.session.id, question)
        return Response(interview.opened_take(take, upload))

    @extend_schema(
        parameters=[ID],
        request=serializers.TakeRefSerializer,
        responses={200: serializers.UploadAnswerSerializer},
    )
    @action(detail=True, methods=["post"])
    def renew_upload(self, request: Request, pk: str) -> Response:
        """Get a fresh permission for the upload of an attempt."""
        take = self.body(serializers.TakeRefSerializer)["take"]
        upload = answering.renew_upload(self.session.id, take)
        return Response({"server_time": clock.now(), "upload": interview.upload(upload)})

    @extend_schema(
        parameters=[ID, TAKE],
        request=serializers.ReportFaultSerializer,
        responses={200: serializers.QuestionsSerializer},
    )
    @action(detail=True, methods=["post"], url_path=f"takes/(?P<take>{ids.PATTERN})/report_fault")
    def report_fault(self, request: Request, pk: str, take: str) -> Response:
        """Have an attempt given back that a technical fault on the device spoilt."""
        reason = self.body(serializers.ReportFaultSerializer)["reason"]
        with self.acting():
            session = faults.report(self.session.id, UUID(take), reason)
        return Response({"server_time": clock.now(), "questions": interview.questions(session)})

    @extend_schema(
        parameters=[ID],
        request={
            "application/json": steps.SubmitSerializer,
            "multipart/form-data": steps.SubmitFileSerializer,
        },
        responses={
            200: serializers.SubmitAnswerSerializer,
            201: serializers.SubmitAnswerSerializer,
        },
    )
    @action(
        detail=True,
        methods=["post"],
        parser_classes=[parsers.JSONParser, parsers.MultiPartParser],
    )
    def submit_response(self, request: Request, pk: str) -> Response:
        """Submit a finished upload or a whole file, or skip; 200 when it was submitted before."""
        response, made = self.submit(request)
        code = status.HTTP_201_CREATED if made else status.HTTP_200_OK
        return Response(interview.submitted(response), status=code)

    def submit(self, request: Request) -> writing.Made:
        if (request.content_type or "").startswith("multipart/"):
            form = self.body(steps.SubmitFileSerializer)
            with self.acting():
                return self.submit_file(form["question"], form["file"])
        data = self.body(steps.SubmitSerializer)
        if "upload" not in data:
            with self.acting():
                return self.submit_other(data)
        # Also from a device that was taken over: what it recorded is not lost.
        return answering.submit_upload(
            self.session.id,
            data["question"],
            data["upload"],
            sha256=data["sha256"],
            duration_ms=data["duration_ms"],
        )

    def submit_file(self, question: UUID, file: Any) -> writing.Made:
        if writing.takes_file(self.session, question):
            return writing.attach(self.session.id, question, file)
        return answering.submit_file(self.session.id, question, file)

    def submit_other(self, data: dict[str, Any]) -> writing.Made:
        session, question = self.session.id, data["question"]
        if "written" in data:
            return writing.write(session, question, data["written"])
        if "chosen" in data:
            return writing.choose(session, question, data["chosen"])
        return answering.skip(session, question)

    @extend_schema(parameters=[ID], request=None, responses={200: serializers.ReceiptSerializer})
    @action(detail=True, methods=["post"])
    def complete_session(self, request: Request, pk: str) -> Response:
        """Confirm the end of the interview, and get the receipt."""
        with self.acting():
            session = closing.complete_session(self.session.id)
        return Response({**self.state(session), "receipt": receipts.lines(session)})

    @extend_schema(parameters=[ID], responses={200: serializers.ReceiptSerializer})
    @action(detail=True, pagination_class=None, filter_backends=[])
    def receipt(self, request: Request, pk: str) -> Response:
        """Return what was received: `verified` and `ready` are safe for good."""
        return Response({**self.state(self.session), "receipt": receipts.lines(self.session)})
