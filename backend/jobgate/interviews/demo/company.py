"""Build the demonstration's company through the services that everybody uses."""

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.core.files import File
from django.db import connection, transaction
from django.db.models import F

from jobgate.accounts.models import Membership, Organization, User
from jobgate.core import clock
from jobgate.core.tenancy import tenant_scope
from jobgate.interviews import lifecycle, notice
from jobgate.interviews.demo.videos import SCENES, make_video
from jobgate.interviews.links import link, token_of
from jobgate.interviews.models import (
    InterviewSession,
    SessionLog,
    VersionQuestion,
    VideoCampaign,
    VideoResponse,
)
from jobgate.interviews.services import (
    answering,
    campaigns,
    closing,
    entering,
    evaluation,
    invitations,
    profiles,
)
from jobgate.media.models import Recording
from jobgate.media.processing import TryAgain
from jobgate.media.tasks import process_recording

PASSWORD = "demo-jobgate"  # noqa: S105 -- well known on purpose, refused beside real data
CONTENT: dict[str, Any] = json.loads(
    (Path(__file__).parent / "content.json").read_text(encoding="utf-8")
)
SECONDS = 5.0
INVITEE = ("first_name", "last_name", "email", "phone", "linkedin_url", "language")
Users = Mapping[str, User]


class RealOrganizations(Exception):
    """Somebody works with this installation: the demonstration's logins have no place in it."""


def ensure_demo() -> Organization:
    """Make the demonstration unless it is there, and see to a fresh candidate's link."""
    if Organization.objects.filter(is_demo=False).exists():
        raise RealOrganizations
    organization = Organization.objects.filter(is_demo=True).first()
    if organization is None:
        organization = _build()
    _prepare_recordings(organization)
    return organization


def logins() -> list[dict[str, str]]:
    """Return who can sign in, and how."""
    return [
        {
            "role": person["role"] or "candidate",
            "email": person["email"],
            "password": PASSWORD,
        }
        for person in CONTENT["people"]
    ]


def candidate_link(organization: Organization) -> str:
    """Return the link of an interview that has not begun; invite once more if all have."""
    with tenant_scope(organization.id):
        fresh = CONTENT["fresh"]
        mailbox, _, host = fresh["email"].partition("@")
        waiting = InterviewSession.objects.filter(
            candidate__email__startswith=mailbox,
            status=InterviewSession.Status.INVITED,
            expires_at__gt=clock.now(),
        ).first()
        if waiting is None:
            n = InterviewSession.objects.filter(candidate__email__startswith=mailbox).count()
            email = f"{mailbox}+{n}@{host}" if n else fresh["email"]
            admin = User.objects.get(email=CONTENT["people"][0]["email"])
            waiting = _invite(_open_campaign(), {**fresh, "email": email}, admin)
        return link(waiting.id, waiting.generation)


def _open_campaign() -> VideoCampaign:
    return VideoCampaign.objects.filter(status=VideoCampaign.Status.OPEN).order_by("id")[0]


def _build() -> Organization:
    with TemporaryDirectory() as name:
        videos = _videos(Path(name))
        with transaction.atomic():
            organization = Organization.objects.create(is_demo=True, **CONTENT["organization"])
            users = {person["key"]: _person(organization, person) for person in CONTENT["people"]}
            with tenant_scope(organization.id):
                _fill(users, videos)
    return organization


def _videos(folder: Path) -> list[Path]:
    with ThreadPoolExecutor(2) as pool:
        return list(
            pool.map(
                lambda index: make_video(folder, SCENES[index], SECONDS, str(index)),
                range(len(SCENES)),
            )
        )


def _person(organization: Organization, person: Mapping[str, Any]) -> User:
    user = User.objects.filter(email=person["email"]).first() or User.objects.create_user(
        person["email"],
        PASSWORD,
        first_name=person["first_name"],
        last_name=person["last_name"],
        language="fr",
    )
    if person["role"]:
        Membership.objects.create(user=user, organization=organization, role=person["role"])
        with tenant_scope(organization.id):
            profile = profiles.own_profile(user)
            profile.company = organization.name
            profile.job_title, profile.department = person["job_title"], person["department"]
            profile.save()
    return user


def _fill(users: Users, videos: list[Path]) -> None:
    made = [_campaign(data, users["recruiter"]) for data in CONTENT["campaigns"]]
    for data in CONTENT["sessions"]:
        _session(made[0], data, users, videos)
    _invite(made[0], CONTENT["fresh"], users["recruiter"])


def _campaign(data: Mapping[str, Any], actor: User) -> VideoCampaign:
    now = clock.now()
    wanted = {name: value for name, value in data.items() if name != "open"}
    dates = {"starts_at": now - timedelta(days=14), "ends_at": now + timedelta(days=30)}
    campaign = campaigns.create_campaign({**wanted, **dates}, actor_id=actor.id)  # type: ignore[typeddict-item]  # of the file
    if data["open"]:
        campaigns.open_campaign(campaign.id, actor_id=actor.id)
    VideoCampaign.objects.filter(pk=campaign.pk).update(created_at=dates["starts_at"])
    return campaign


def _invite(campaign: VideoCampaign, person: Mapping[str, Any], actor: User) -> InterviewSession:
    invitee = {name: person[name] for name in INVITEE}
    result = invitations.invite_candidates(campaign.id, [invitee], actor_id=actor.id)  # type: ignore[list-item]  # of the file
    return result.invited[0]


def _session(
    campaign: VideoCampaign, data: Mapping[str, Any], users: Users, videos: list[Path]
) -> None:
    session = _invite(campaign, data, users["recruiter"])
    if data["reach"] == "expired":
        session.expires_at = clock.now() - timedelta(days=1)
        session.save(update_fields=["expires_at"])
        lifecycle.expire(session)
    elif data["reach"] != "invited":
        _live(session, data, videos[data["scene"]])
        for key, scores in data["evaluations"].items():
            _evaluate(session, users[key], scores)
    _move_back(session, timedelta(days=data["days_ago"], minutes=37))


def _live(session: InterviewSession, data: Mapping[str, Any], video: Path) -> None:
    """Go as far through the interview as this candidate did."""
    session = entering.start_session(str(token_of(session.id, session.generation)))
    if data["reach"] == "started":
        return
    entering.consent(session.id, notice.VERSION)
    asked = VersionQuestion.objects.filter(version=session.version_id).order_by("position")
    for wording in asked[: data["answers"]]:
        answering.open_question(session.id, wording.question_id)
        with video.open("rb") as file:
            answering.submit_file(session.id, wording.question_id, File(file))
    if data["reach"] == "completed":
        for wording in asked[data["answers"] :]:
            answering.open_question(session.id, wording.question_id)
            answering.skip(session.id, wording.question_id)
        closing.complete_session(session.id)


def _evaluate(session: InterviewSession, reviewer: User, scores: list[Any]) -> None:
    answers = VideoResponse.objects.filter(session=session).order_by("submitted_at")
    for response, (score, notes) in zip(answers, scores, strict=False):
        evaluation.evaluate(response.id, reviewer_id=reviewer.id, score=score, notes=notes)


def _move_back(session: InterviewSession, span: timedelta) -> None:
    """Let it all have happened some days ago."""
    InterviewSession.objects.filter(pk=session.pk).update(
        created_at=F("created_at") - span,
        started_at=F("started_at") - span,
        completed_at=F("completed_at") - span,
        confirmed_at=F("confirmed_at") - span,
        consented_at=F("consented_at") - span,
    )
    SessionLog.objects.filter(session=session).update(
        at=F("at") - span, created_at=F("created_at") - span
    )
    VideoResponse.objects.filter(session=session).update(
        submitted_at=F("submitted_at") - span, created_at=F("created_at") - span
    )


def _prepare_recordings(organization: Organization) -> None:
    """Make the videos playable now; the jobs that wait for them will find nothing to do."""
    with tenant_scope(organization.id):
        waiting = Recording.objects.filter(
            state__in=[Recording.State.RECEIVED, Recording.State.VERIFIED]
        )
        ids = list(waiting.values_list("id", flat=True))
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda identifier: _prepare(organization.id, identifier), ids))


def _prepare(organization_id: UUID, recording_id: UUID) -> None:
    try:
        process_recording.run(str(organization_id), recording_id=str(recording_id))
    except TryAgain:
        # Its job waits, and the worker does that.
        return
    finally:
        connection.close()
