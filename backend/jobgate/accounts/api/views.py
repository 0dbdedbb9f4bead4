from contextlib import suppress

from django.conf import settings
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, permissions, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework_simplejwt.authentication import JWTAuthentication

from jobgate.accounts import services
from jobgate.accounts.api import serializers
from jobgate.accounts.errors import RefreshRefused
from jobgate.accounts.models import User

TRANSPORT = OpenApiParameter(
    "X-Token-Transport",
    str,
    OpenApiParameter.HEADER,
    enum=["cookie"],
    description="`cookie`: the refresh token travels in an HttpOnly cookie, for browsers.",
)


class TokenView(APIView):
    """Base of the token views.

    Only a page of an allowed origin can send the transport header: no other site uses the cookie.
    """

    authentication_classes = []
    permission_classes = [permissions.AllowAny]
    throttle_scope = "sign_in"

    def by_cookie(self) -> bool:
        return self.request.headers.get("X-Token-Transport") == "cookie"

    def given_token(self, request: Request) -> str:
        """Return the refresh token that came by cookie or body; raise RefreshRefused."""
        if self.by_cookie():
            token = request.COOKIES.get(_cookie_name(request))
        else:
            body = serializers.RefreshSerializer(data=request.data)
            body.is_valid(raise_exception=True)
            token = body.validated_data.get("refresh")
        if not token:
            raise RefreshRefused
        return str(token)

    def answer(self, request: Request, tokens: services.Tokens) -> Response:
        if not self.by_cookie():
            return Response({"access": tokens.access, "refresh": tokens.refresh})
        response = Response({"access": tokens.access})
        response.set_cookie(
            _cookie_name(request),
            tokens.refresh,
            max_age=int(settings.REFRESH_TOKEN_LIFETIME.total_seconds()),
            httponly=True,
            samesite="Strict",
            secure=request.is_secure(),
        )
        return response


class SignInView(TokenView):
    @extend_schema(
        operation_id="token_create",
        parameters=[TRANSPORT],
        request=serializers.SignInSerializer,
        responses={200: serializers.TokensSerializer},
    )
    def post(self, request: Request) -> Response:
        """Sign in with e-mail and password."""
        body = serializers.SignInSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        return self.answer(request, services.sign_in(request._request, **body.validated_data))


class RefreshView(TokenView):
    throttle_scope = "refresh"

    @extend_schema(
        operation_id="token_refresh",
        parameters=[TRANSPORT],
        request=serializers.RefreshSerializer,
        responses={200: serializers.TokensSerializer},
    )
    def post(self, request: Request) -> Response:
        """Exchange a refresh token for the next access and refresh tokens."""
        return self.answer(request, services.refresh(self.given_token(request)))


class SignOutView(TokenView):
    throttle_scope = "refresh"

    @extend_schema(
        operation_id="token_logout",
        parameters=[TRANSPORT],
        request=serializers.RefreshSerializer,
        responses={204: None},
    )
    def post(self, request: Request) -> Response:
        """End this sign-in."""
        # Without a token there is nothing to end: the caller is signed out all the same.
        with suppress(RefreshRefused):
            services.sign_out(self.given_token(request))
        response = Response(status=status.HTTP_204_NO_CONTENT)
        response.delete_cookie(_cookie_name(request), samesite="Strict")
        return response


# Described as the other views are: the header is the same.
@extend_schema(auth=[{"jwtAuth": []}])  # type: ignore[list-item]  # what it really takes
class MeView(generics.RetrieveUpdateAPIView[User]):
    """The person who is signed in, and where they belong."""

    # For no organisation: it is here that a person learns which they can name.
    authentication_classes = [JWTAuthentication]
    serializer_class = serializers.MeSerializer
    http_method_names = ["get", "patch", "head", "options"]

    def get_object(self) -> User:
        user = User.objects.prefetch_related("memberships__organization")
        return user.get(email=self.request.user.get_username())


def _cookie_name(request: Request) -> str:
    # The prefix binds the cookie to this very host; browsers take it over https only.
    return "__Host-jobgate-refresh" if request.is_secure() else "jobgate-refresh"
