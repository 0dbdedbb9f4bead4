"""Invitations and links."""

from typing import Any

from rest_framework import serializers

from jobgate.core.languages import Language
from jobgate.interviews.api.fields import LineField, LinkedInField, PhoneField
from jobgate.interviews.api.serializers.people import CandidateBriefSerializer
from jobgate.interviews.models import InterviewSession
from jobgate.interviews.services.invitations import MOST_AT_ONCE

Plain = serializers.Serializer[Any]


class InviteeSerializer(Plain):
    first_name = LineField(max_length=100)
    last_name = LineField(max_length=100)
    email = serializers.EmailField(max_length=254)
    phone = PhoneField(max_length=32, required=False, allow_blank=True)
    linkedin_url = LinkedInField(max_length=300, required=False, allow_blank=True)
    language = serializers.ChoiceField(choices=Language.choices, required=False)


class InviteSerializer(Plain):
    candidates: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=InviteeSerializer(), allow_empty=False, max_length=MOST_AT_ONCE
    )


class InvitedSerializer(Plain):
    session_id = serializers.UUIDField()
    candidate = CandidateBriefSerializer()
    link = serializers.URLField()
    expires_at = serializers.DateTimeField()


class SkippedSerializer(Plain):
    email = serializers.EmailField()
    code = serializers.CharField()
    detail = serializers.CharField()


class InvitationsSerializer(Plain):
    invited = InvitedSerializer(many=True)
    skipped = SkippedSerializer(many=True)


class LinkSerializer(Plain):
    link = serializers.URLField()


class RevokeSerializer(Plain):
    tell = serializers.BooleanField(default=True, help_text="Send the candidate the new link.")


class ExtendSerializer(Plain):
    expires_at = serializers.DateTimeField()
    tell = serializers.BooleanField(default=True, help_text="Write to the candidate about it.")


class SentSerializer(Plain):
    sent_to = serializers.EmailField()


class RevokedSerializer(LinkSerializer):
    sent = serializers.BooleanField()


class ExtendedSerializer(Plain):
    status = serializers.ChoiceField(choices=InterviewSession.Status.choices)
    expires_at = serializers.DateTimeField()
