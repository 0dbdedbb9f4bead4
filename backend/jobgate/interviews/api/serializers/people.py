"""Hiring managers and candidates."""

from typing import Any

from rest_framework import serializers

from jobgate.core.languages import Language
from jobgate.interviews.api.fields import LineField, PhoneField
from jobgate.interviews.api.serializers.campaigns import CampaignBriefSerializer
from jobgate.interviews.models import InterviewSession

Plain = serializers.Serializer[Any]


class HiringManagerSerializer(Plain):
    id = serializers.UUIDField()
    email = serializers.EmailField(source="user.email")
    first_name = serializers.CharField(source="user.first_name")
    last_name = serializers.CharField(source="user.last_name")
    job_title = serializers.CharField()
    company = serializers.CharField()
    department = serializers.CharField()
    phone = serializers.CharField()
    language = serializers.ChoiceField(choices=Language.choices, source="user.language")


class HiringManagerWriteSerializer(Plain):
    first_name = LineField(max_length=150, allow_blank=True)
    last_name = LineField(max_length=150, allow_blank=True)
    job_title = LineField(max_length=200, allow_blank=True, default="")
    company = LineField(max_length=200, allow_blank=True, default="")
    department = LineField(max_length=200, allow_blank=True, default="")
    phone = PhoneField(max_length=32, allow_blank=True, default="")
    language = serializers.ChoiceField(choices=Language.choices)


class CandidateBriefSerializer(Plain):
    id = serializers.UUIDField()
    first_name = serializers.CharField()
    last_name = serializers.CharField()
    email = serializers.EmailField()


class CandidateSerializer(CandidateBriefSerializer):
    phone = serializers.CharField(allow_blank=True)
    linkedin_url = serializers.CharField(allow_blank=True)
    language = serializers.ChoiceField(choices=Language.choices)
    created_at = serializers.DateTimeField()


class CandidateSessionSerializer(Plain):
    id = serializers.UUIDField()
    campaign = CampaignBriefSerializer()
    status = serializers.ChoiceField(choices=InterviewSession.Status.choices)


class CandidateDetailSerializer(CandidateSerializer):
    sessions = CandidateSessionSerializer(many=True)
