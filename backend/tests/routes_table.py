"""Who may do what: every route, every method, every kind of caller, and the status they get.

The columns are

    anonymous   nobody is signed in
    page        the candidate's page, in its own session
    other       another candidate's page of the same company
    account     a person with an account who belongs to no organisation
    reviewer    a reviewer of the company
    recruiter   a recruiter of the company, who made its rows
    admin       an administrator of the company
    stranger    an administrator of another company, who has rows of their own

`{…}` in a path is filled with a row of the company (test_routes.py says which), so the stranger's
column shows what somebody gets for rows that are not theirs: 404, as if they did not exist.
"""

from typing import NamedTuple

CALLERS = (
    "anonymous", "page", "other", "account", "reviewer", "recruiter", "admin", "stranger",
)  # fmt: skip


class Row(NamedTuple):
    method: str
    path: str
    statuses: tuple[int, ...]
    body: str | None = None  # the name of a body in test_routes.py


def row(method: str, path: str, *statuses: int, body: str | None = None) -> Row:
    assert len(statuses) == len(CALLERS), path
    return Row(method, path, statuses, body)


def everybody(method: str, path: str, status: int, body: str | None = None) -> Row:
    return Row(method, path, (status,) * len(CALLERS), body)


# fmt: off
API = [
    #                                              anon page oth  acc  rev  rec  adm  stra
    everybody("GET",  "/api/", 200),
    everybody("GET",  "/api/schema/", 200),
    everybody("GET",  "/api/docs/", 200),

    # Signing in
    everybody("POST", "/api/token/", 401, body="wrong password"),
    everybody("POST", "/api/token/refresh/", 401, body="no token"),
    everybody("POST", "/api/token/logout/", 204, body="no token"),
    row("GET",    "/api/me/",                      401, 401, 401, 200, 200, 200, 200, 200),
    row("PATCH",  "/api/me/",                      401, 401, 401, 200, 200, 200, 200, 200,
        body="language"),

    # One's own profile
    row("GET",    "/api/hiring-managers/",         401, 401, 401, 403, 200, 200, 200, 200),
    row("GET",    "/api/hiring-managers/{profile}/",
                                                   401, 401, 401, 403, 404, 200, 404, 404),
    row("PUT",    "/api/hiring-managers/{profile}/",
                                                   401, 401, 401, 403, 404, 200, 404, 404,
        body="profile"),

    # Campaigns
    row("GET",    "/api/campaigns/",               401, 401, 401, 403, 200, 200, 200, 200),
    row("POST",   "/api/campaigns/",               401, 401, 401, 403, 403, 201, 201, 201,
        body="campaign"),
    row("GET",    "/api/campaigns/{campaign}/",    401, 401, 401, 403, 200, 200, 200, 404),
    row("PUT",    "/api/campaigns/{campaign}/",    401, 401, 401, 403, 403, 200, 200, 404,
        body="campaign"),
    row("DELETE", "/api/campaigns/{unused_campaign}/",
                                                   401, 401, 401, 403, 403, 204, 204, 404),
    row("POST",   "/api/campaigns/{campaign}/check_update/",
                                                   401, 401, 401, 403, 403, 200, 200, 404,
        body="campaign"),
    row("POST",   "/api/campaigns/{campaign}/duplicate/",
                                                   401, 401, 401, 403, 403, 201, 201, 404),
    row("POST",   "/api/campaigns/{campaign}/open/",
                                                   401, 401, 401, 403, 403, 200, 200, 404),
    row("POST",   "/api/campaigns/{campaign}/close/",
                                                   401, 401, 401, 403, 403, 200, 200, 404),
    row("POST",   "/api/campaigns/{campaign}/archive/",
                                                   401, 401, 401, 403, 403, 200, 200, 404),
    row("POST",   "/api/campaigns/{campaign}/invite_candidates/",
                                                   401, 401, 401, 403, 403, 201, 201, 404,
        body="candidates"),
    row("GET",    "/api/campaigns/{campaign}/statistics/",
                                                   401, 401, 401, 403, 200, 200, 200, 404),

    # Templates and the question bank
    row("GET",    "/api/campaign-templates/",      401, 401, 401, 403, 200, 200, 200, 200),
    row("POST",   "/api/campaign-templates/",      401, 401, 401, 403, 403, 201, 201, 201,
        body="template"),
    row("GET",    "/api/campaign-templates/{template}/",
                                                   401, 401, 401, 403, 200, 200, 200, 404),
    row("PUT",    "/api/campaign-templates/{template}/",
                                                   401, 401, 401, 403, 403, 200, 200, 404,
        body="template"),
    row("DELETE", "/api/campaign-templates/{template}/",
                                                   401, 401, 401, 403, 403, 204, 204, 404),
    row("GET",    "/api/question-bank/",           401, 401, 401, 403, 200, 200, 200, 200),
    row("POST",   "/api/question-bank/",           401, 401, 401, 403, 403, 201, 201, 201,
        body="bank question"),
    row("GET",    "/api/question-bank/{bank_question}/",
                                                   401, 401, 401, 403, 200, 200, 200, 404),
    row("PUT",    "/api/question-bank/{bank_question}/",
                                                   401, 401, 401, 403, 403, 200, 200, 404,
        body="bank question"),
    row("DELETE", "/api/question-bank/{bank_question}/",
                                                   401, 401, 401, 403, 403, 204, 204, 404),

    # The campaign's link for everybody
    row("GET",    "/api/campaigns/{campaign}/public_link/",
                                                   401, 401, 401, 403, 403, 200, 200, 404),
    row("PUT",    "/api/campaigns/{campaign}/public_link/",
                                                   401, 401, 401, 403, 403, 200, 200, 404),
    row("POST",   "/api/campaigns/{campaign}/public_link/renew/",
                                                   401, 401, 401, 403, 403, 200, 200, 404),
    everybody("POST", "/api/sessions/public_link/", 200, body="public link"),
    everybody("POST", "/api/sessions/join/", 201, body="joining"),

    # Lists of people to invite
    row("GET",    "/api/invitation-imports/",      401, 401, 401, 403, 403, 200, 200, 200),
    row("POST",   "/api/invitation-imports/",      401, 401, 401, 403, 403, 201, 201, 404,
        body="list of people"),
    row("GET",    "/api/invitation-imports/{import}/",
                                                   401, 401, 401, 403, 403, 200, 200, 404),
    row("GET",    "/api/invitation-imports/{import}/lines/",
                                                   401, 401, 401, 403, 403, 200, 200, 404),
    row("POST",   "/api/invitation-imports/{import}/start/",
                                                   401, 401, 401, 403, 403, 200, 200, 404),
    row("POST",   "/api/invitation-imports/{import}/cancel/",
                                                   401, 401, 401, 403, 403, 200, 200, 404),

    # Recruiters' recordings
    row("POST",   "/api/prompts/",                 401, 401, 401, 403, 403, 201, 201, 201,
        body="prompt form"),
    row("GET",    "/api/prompts/{prompt}/",        401, 401, 401, 403, 200, 200, 200, 404),
    row("PUT",    "/api/prompts/{prompt}/",        401, 401, 401, 403, 403, 200, 200, 404,
        body="prompt"),

    # Sessions, as members see them
    row("GET",    "/api/sessions/",                401, 401, 401, 403, 200, 200, 200, 200),
    row("GET",    "/api/sessions/{session}/",      401, 401, 401, 403, 200, 200, 200, 404),
    row("GET",    "/api/sessions/{session}/link/", 401, 401, 401, 403, 403, 200, 200, 404),
    row("POST",   "/api/sessions/{session}/resend/",
                                                   401, 401, 401, 403, 403, 200, 200, 404),
    row("POST",   "/api/sessions/{session}/revoke/",
                                                   401, 401, 401, 403, 403, 200, 200, 404),
    row("POST",   "/api/sessions/{session}/extend/",
                                                   401, 401, 401, 403, 403, 200, 200, 404,
        body="more time"),
    row("POST",   "/api/sessions/{session}/reopen/",
                                                   401, 401, 401, 403, 403, 200, 200, 404,
        body="answered question"),
    # What a candidate is granted is none of the reviewers' business.
    row("GET",    "/api/sessions/{session}/accommodation/",
                                                   401, 401, 401, 403, 403, 200, 200, 404),
    row("PUT",    "/api/sessions/{session}/accommodation/",
                                                   401, 401, 401, 403, 403, 200, 200, 404,
        body="accommodation"),

    # Answers and candidates
    row("GET",    "/api/responses/",               401, 401, 401, 403, 200, 200, 200, 200),
    row("GET",    "/api/responses/{response}/",    401, 401, 401, 403, 200, 200, 200, 404),
    row("POST",   "/api/responses/{response}/evaluate/",
                                                   401, 401, 401, 403, 200, 200, 200, 404,
        body="evaluation"),
    row("GET",    "/api/candidates/",              401, 401, 401, 403, 403, 200, 200, 200),
    row("GET",    "/api/candidates/{candidate}/",  401, 401, 401, 403, 403, 200, 200, 404),
    row("GET",    "/api/logs/",                    401, 401, 401, 403, 403, 200, 200, 200),

    # The candidate's way in: the link or the cookie is the permission
    everybody("POST", "/api/sessions/start_session/", 200, body="link"),
    everybody("POST", "/api/sessions/renew/", 401),
    everybody("POST", "/api/sessions/accept_handover/", 410, body="code"),

    # The candidate's page: its own session alone
    #                                              anon page oth  acc  rev  rec  adm  stra
    row("POST",   "/api/sessions/{session}/language/",
                                                   401, 200, 404, 401, 401, 401, 401, 401,
        body="language"),
    row("POST",   "/api/sessions/{session}/consent/",
                                                   401, 200, 404, 401, 401, 401, 401, 401,
        body="notice"),
    row("POST",   "/api/sessions/{session}/open_question/",
                                                   401, 200, 404, 401, 401, 401, 401, 401,
        body="question"),
    row("POST",   "/api/sessions/{session}/open_take/",
                                                   401, 200, 404, 401, 401, 401, 401, 401,
        body="question"),
    row("POST",   "/api/sessions/{session}/renew_upload/",
                                                   401, 200, 404, 401, 401, 401, 401, 401,
        body="take"),
    row("POST",   "/api/sessions/{session}/takes/{take}/report_fault/",
                                                   401, 200, 404, 401, 401, 401, 401, 401,
        body="fault"),
    # The upload holds nothing yet: what matters is who is let in.
    row("POST",   "/api/sessions/{session}/submit_response/",
                                                   401, 409, 404, 401, 401, 401, 401, 401,
        body="upload"),
    row("POST",   "/api/sessions/{session}/complete_session/",
                                                   401, 409, 404, 401, 401, 401, 401, 401),
    row("GET",    "/api/sessions/{session}/receipt/",
                                                   401, 200, 404, 401, 401, 401, 401, 401),
    row("POST",   "/api/sessions/{session}/heartbeat/",
                                                   401, 200, 404, 401, 401, 401, 401, 401),
    row("POST",   "/api/sessions/{session}/handover/",
                                                   401, 200, 404, 401, 401, 401, 401, 401),
    row("POST",   "/api/sessions/{session}/withdraw/",
                                                   401, 200, 404, 401, 401, 401, 401, 401),
    row("POST",   "/api/sessions/{session}/satisfaction/",
                                                   401, 200, 404, 401, 401, 401, 401, 401,
        body="satisfaction"),
    # The campaign does not invite questions: what matters is who is let in.
    row("POST",   "/api/sessions/{session}/question_to_team/",
                                                   401, 409, 404, 401, 401, 401, 401, 401,
        body="question to team"),
    row("POST",   "/api/sessions/{session}/log/",  401, 204, 404, 401, 401, 401, 401, 401,
        body="events"),

    # Files that answer questions: the signed address is the permission
    everybody("GET", "/api/attachments/{attachment}/?grant={file_grant}", 200),
    everybody("GET", "/api/attachments/{attachment}/", 404),
    everybody("GET", "/api/attachments/{attachment}/?grant={strangers_file_grant}", 404),

    # Playback: the signed address is the permission
    everybody("GET", "/api/recordings/{recording}/video/?grant={grant}", 200),
    everybody("GET", "/api/recordings/{recording}/poster/?grant={grant}", 200),
    everybody("GET", "/api/recordings/{recording}/storyboard/?grant={grant}", 200),
    everybody("GET", "/api/recordings/{recording}/video/", 404),
    everybody("GET", "/api/recordings/{recording}/poster/", 404),
    everybody("GET", "/api/recordings/{recording}/storyboard/", 404),
    everybody("GET", "/api/recordings/{recording}/video/?grant={strangers_grant}", 404),
    everybody("GET", "/api/recordings/{recording}/poster/?grant={strangers_grant}", 404),
    everybody("GET", "/api/recordings/{recording}/storyboard/?grant={strangers_grant}", 404),
]

# Raw ASGI. On /api/upload/ the candidates' pages send their upload's token, as they do in truth.
RAW = [
    #                                              anon page oth  acc  rev  rec  adm  stra
    everybody("OPTIONS", "/api/upload/", 204),
    everybody("OPTIONS", "/api/upload/{upload}/", 204),
    row("POST",   "/api/upload/",                  401, 201, 201, 401, 401, 401, 401, 401,
        body="tus"),
    row("POST",   "/api/upload/",                  401, 201, 201, 401, 401, 401, 401, 401,
        body="form"),
    row("HEAD",   "/api/upload/{upload}/",         401, 200, 404, 401, 401, 401, 401, 401,
        body="tus"),
    row("PATCH",  "/api/upload/{upload}/",         401, 204, 404, 401, 401, 401, 401, 401,
        body="tus piece"),
    row("DELETE", "/api/upload/{upload}/",         401, 204, 404, 401, 401, 401, 401, 401,
        body="tus"),
    row("GET",    "/api/events/",                  401, 401, 401, 403, 200, 200, 200, 200),
]

# Pages hold no data: the API asks who it is.
PAGES = [
    everybody("GET", "/", 200),
    everybody("GET", "/campaigns", 200),
    everybody("GET", "/interview", 200),
    everybody("GET", "/healthz", 200),
    everybody("GET", "/api/no/such/route/", 404),
    everybody("POST", "/api/no/such/route/", 404),
    everybody("PUT", "/api/no/such/route/", 404),
    everybody("PATCH", "/api/no/such/route/", 404),
    everybody("DELETE", "/api/no/such/route/", 404),
    # Without demonstration data (test_mailbox.py has it with them).
    everybody("GET", "/mailbox/", 404),
    everybody("GET", "/mailbox/x/", 404),
]
# fmt: on

TABLE = [*API, *RAW, *PAGES]
