"""Templates of campaigns and the question bank over HTTP."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient
from rest_framework_simplejwt.tokens import AccessToken

from jobgate.interviews.tests.test_campaigns import codes
from tests.factories import Cast

TEMPLATES = "/api/campaign-templates/"
BANK = "/api/question-bank/"
CONTENT: dict[str, Any] = {"takes_allowed": 3, "questions": [{"text": "Why bread?"}]}
SHIFT = {"text": "Which shift?", "answer_by": "choice", "choices": ["Early", "Late"]}


def keep(cast: Cast, url: str, **body: Any) -> dict[str, Any]:
    response = cast.client("recruiter").post(url, body)
    assert response.status_code == 201, response.json()
    kept: dict[str, Any] = response.json()
    return kept


# Templates


def test_the_first_template_is_there_from_the_first_day(cast: Cast) -> None:
    (first,) = cast.client("reviewer").get(TEMPLATES).json()["results"]
    campaign = first["campaign"]
    assert first["built_in"] is True
    assert [len(campaign["questions"]), campaign["preparation_seconds"]] == [4, 60]
    assert [campaign["practice"], campaign["takes_allowed"]] == [True, 2]
    limits = {q["answer_seconds"] or campaign["answer_seconds"] for q in campaign["questions"]}
    assert limits == {120, 180}


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_first_template_speaks_the_language_of_who_asks(cast: Cast, language: str) -> None:
    english = cast.client("recruiter").get(TEMPLATES).json()["results"][0]
    client = APIClient()
    client.credentials(
        HTTP_AUTHORIZATION=f"Bearer {AccessToken.for_user(cast.recruiter)}",
        HTTP_ACCEPT_LANGUAGE=language,
    )
    (first,) = client.get(TEMPLATES).json()["results"]
    assert first["campaign"]["language"] == language
    assert first["name"] != english["name"]
    texts = [[q["text"] for q in t["campaign"]["questions"]] for t in (first, english)]
    assert not set(texts[0]) & set(texts[1])


def test_a_campaign_is_made_from_a_template_as_it_is_read(cast: Cast) -> None:
    client = cast.client("recruiter")
    keep(cast, TEMPLATES, name="Bakers", campaign=CONTENT)
    for template in client.get(TEMPLATES).json()["results"]:
        made = client.post("/api/campaigns/", {"title": "New", **template["campaign"]})
        assert made.status_code == 201, made.json()
        assert made.json()["takes_allowed"] == template["campaign"]["takes_allowed"]


def test_the_first_template_says_all_that_another_one_says(cast: Cast) -> None:
    own = keep(cast, TEMPLATES, name="Bakers", campaign=CONTENT)["campaign"]
    first = cast.client("recruiter").get(TEMPLATES).json()["results"][0]["campaign"]
    assert first.keys() == own.keys()
    assert first["questions"][0].keys() == own["questions"][0].keys()


def test_a_template_is_kept_read_replaced_and_removed(cast: Cast) -> None:
    client = cast.client("recruiter")
    kept = keep(cast, TEMPLATES, name="Bakers", campaign=CONTENT)
    url = f"{TEMPLATES}{kept['id']}/"
    assert cast.client("reviewer").get(url).json() == kept
    assert kept["campaign"]["questions"][0]["text"] == "Why bread?"
    put = client.put(url, {"name": "Millers", "campaign": {**CONTENT, "going_back": True}})
    assert (put.json()["name"], put.json()["campaign"]["going_back"]) == ("Millers", True)
    assert [t["name"] for t in client.get(TEMPLATES).json()["results"]][1:] == ["Millers"]
    assert client.delete(url).status_code == 204
    assert client.get(url).status_code == 404


def test_the_first_template_can_be_read_but_not_changed(cast: Cast) -> None:
    client = cast.client("admin")
    first = client.get(TEMPLATES).json()["results"][0]
    url = f"{TEMPLATES}{first['id']}/"
    assert client.get(url).json() == first
    assert client.put(url, {"name": "Mine", "campaign": CONTENT}).status_code == 404
    assert client.delete(url).status_code == 404


def test_two_templates_have_two_names(cast: Cast) -> None:
    keep(cast, TEMPLATES, name="Bakers", campaign=CONTENT)
    other = keep(cast, TEMPLATES, name="Millers", campaign=CONTENT)
    body, client = {"name": "Bakers", "campaign": CONTENT}, cast.client("recruiter")
    assert codes(client.post(TEMPLATES, body), "name") == ["taken"]
    assert codes(client.put(f"{TEMPLATES}{other['id']}/", body), "name") == ["taken"]


def test_a_template_is_as_strict_as_a_campaign(cast: Cast) -> None:
    wrong = {"takes_allowed": 0, "questions": [{"text": ""}]}
    response = cast.client("recruiter").post(TEMPLATES, {"name": "Bakers", "campaign": wrong})
    assert codes(response, "campaign.takes_allowed") == ["min_value"]
    assert codes(response, "campaign.questions.0.text") == ["blank"]


def test_a_template_holds_no_recording_and_no_identity(cast: Cast) -> None:
    question = {"text": "Why?", "id": "0" * 32, "prompt": "0" * 32}
    campaign = {"introduction_prompt": "0" * 32, "questions": [question], "title": "Gone"}
    kept = keep(cast, TEMPLATES, name="Bakers", campaign=campaign)["campaign"]
    assert not {"introduction_prompt", "title"} & kept.keys()
    assert not {"id", "prompt"} & kept["questions"][0].keys()


# The question bank


def test_a_question_is_kept_read_replaced_and_removed(cast: Cast) -> None:
    client = cast.client("recruiter")
    kept = keep(cast, BANK, category="Shifts", **SHIFT)
    assert {name: kept[name] for name in SHIFT} == SHIFT
    assert (kept["mandatory"], kept["preparation_seconds"]) == (True, None)
    url = f"{BANK}{kept['id']}/"
    assert cast.client("reviewer").get(url).json() == kept
    put = client.put(url, {"text": "Which shift, and why?", "answer_seconds": 90})
    assert (put.json()["answer_by"], put.json()["answer_seconds"]) == ("video", 90)
    assert (put.json()["choices"], put.json()["category"]) == ([], "")
    assert client.delete(url).status_code == 204
    assert client.get(url).status_code == 404


def test_the_bank_is_searched_and_filtered(cast: Cast) -> None:
    keep(cast, BANK, category="Shifts", **SHIFT)
    keep(cast, BANK, category="Bread", text="Why rye?")

    def texts(query: str) -> list[str]:
        return [row["text"] for row in cast.client("reviewer").get(BANK + query).json()["results"]]

    assert texts("") == ["Why rye?", "Which shift?"]
    assert texts("?search=SHIFT") == ["Which shift?"]
    assert texts("?category=Bread") == ["Why rye?"]


def test_the_bank_is_as_strict_as_a_campaign(cast: Cast) -> None:
    response = cast.client("recruiter").post(BANK, {**SHIFT, "choices": ["Early"]})
    assert codes(response, "choices") == ["too_few"]


@pytest.mark.parametrize("url", [TEMPLATES, BANK])
def test_a_stranger_sees_none_of_them(cast: Cast, url: str) -> None:
    keep(cast, TEMPLATES, name="Bakers", campaign=CONTENT)
    keep(cast, BANK, **SHIFT)
    rows = cast.client("stranger").get(url).json()["results"]
    assert [row for row in rows if not row.get("built_in")] == []


@pytest.mark.parametrize("url", [TEMPLATES, BANK])
def test_a_list_costs_the_same_for_one_and_for_many(
    cast: Cast, url: str, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client, costs = cast.client("recruiter"), []
    for n in (1, 8):
        for index in range(n):
            keep(cast, TEMPLATES, name=f"Template {n} {index}", campaign=CONTENT)
            keep(cast, BANK, **SHIFT)
        with django_assert_max_num_queries(5) as queries:
            assert len(client.get(url).json()["results"]) >= n
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_the_first_template_is_on_the_first_page_alone(cast: Cast) -> None:
    for n in range(3):
        keep(cast, TEMPLATES, name=f"Template {n}", campaign=CONTENT)
    client, url, seen = cast.client("recruiter"), f"{TEMPLATES}?page_size=2", []
    while url:
        page = client.get(url).json()
        seen += [row["built_in"] for row in page["results"]]
        url = page["next"]
    assert seen == [True, False, False, False]
