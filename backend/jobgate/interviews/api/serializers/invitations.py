"""Invitations and links."""

from typing import Any

from rest_framework import serializers

from jobgate.core.languages import Language
from jobgate.interviews.api.fields import LineField, LinkedInField, PhoneField
from jobgate.interviews.api.serializers.people import CandidateBriefSerializer
from jobgate.interviews.models import ImportLine, InterviewSession, InvitationImport
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


class ImportSerializer(Plain):
    id = serializers.UUIDField()
    campaign = serializers.UUIDField()
    file_name = serializers.CharField(help_text="Empty: the list was pasted.")
    state = serializers.ChoiceField(choices=InvitationImport.State.choices)
    reason = serializers.CharField(help_text="A stable code, where the import failed.")
    lines = serializers.IntegerField()
    good = serializers.IntegerField(help_text="Lines whose person is, or was, to be invited.")
    wrong = serializers.IntegerField(help_text="Lines with errors.")
    skipped = serializers.IntegerField(help_text="People invited before, or named twice.")
    done = serializers.IntegerField(help_text="Of `total`: lines read, then people dealt with.")
    total = serializers.IntegerField()
    invited = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class ImportTextSerializer(Plain):
    campaign = serializers.UUIDField()
    text = serializers.CharField(trim_whitespace=False, help_text="One person a line.")


class ImportFileSerializer(Plain):
    campaign = serializers.UUIDField()
    file = serializers.FileField(help_text="CSV or XLSX, with a heading or without.")


class ImportPersonSerializer(Plain):
    first_name = serializers.CharField(required=False)
    last_name = serializers.CharField(required=False)
    email = serializers.CharField(required=False, help_text="As it was read, right or wrong.")
    phone = serializers.CharField(required=False)
    linkedin_url = serializers.CharField(required=False)
    language = serializers.CharField(required=False)


class LineErrorSerializer(Plain):
    code = serializers.CharField()
    detail = serializers.CharField()


class ImportLineSerializer(Plain):
    number = serializers.IntegerField(help_text="In the file, the heading counted.")
    state = serializers.ChoiceField(choices=ImportLine.State.choices)
    person = ImportPersonSerializer()
    errors = serializers.DictField(  # type: ignore[assignment]  # the contract's own word
        child=serializers.ListField(child=LineErrorSerializer()), help_text="By field."
    )


class PublicLinkSerializer(Plain):
    enabled = serializers.BooleanField()
    link = serializers.URLField(allow_null=True, help_text="null: there was none yet.")
    most_sessions = serializers.IntegerField()
    sessions_made = serializers.IntegerField()


class PublicLinkWriteSerializer(Plain):
    enabled = serializers.BooleanField(default=True)
    most_sessions = serializers.IntegerField(min_value=1, max_value=100_000, default=100)


class PublicTokenSerializer(Plain):
    token = serializers.CharField(max_length=64, help_text="What follows `join-` in the link.")


class JoinSerializer(PublicTokenSerializer):
    first_name = LineField(max_length=100)
    last_name = LineField(max_length=100)
    email = serializers.EmailField(max_length=254)
    language = serializers.ChoiceField(choices=Language.choices)


class InvitingSerializer(Plain):
    organization = serializers.CharField()
    brand_color = serializers.CharField()
    campaign = serializers.CharField()
    job_title = serializers.CharField()
    introduction = serializers.CharField()
    ends_at = serializers.DateTimeField()


class JoinedSerializer(Plain):
    token = serializers.UUIDField(
        allow_null=True, help_text="For start_session; null: the link was sent by e-mail."
    )
