"""Inviting the people of a list: read, looked at, confirmed, invited in the background."""

import io
import time
import zipfile
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jobgate.core import clock
from jobgate.core.background import run_waiting_jobs
from jobgate.core.tenancy import tenant_scope
from jobgate.interviews.models import (
    Candidate,
    ImportLine,
    InterviewSession,
    InvitationImport,
    VideoCampaign,
)
from jobgate.interviews.services import imports
from jobgate.interviews.tasks import forget_import_lines
from jobgate.interviews.tests.test_renewing import refused
from jobgate.notifications.models import Message
from tests.factories import CampaignFactory, CandidateFactory, Cast, session_in

HEADING = "Prénom;Nom;E-mail"


@pytest.fixture
def campaign(cast: Cast) -> VideoCampaign:
    with tenant_scope(cast.organization.id):
        return CampaignFactory.create(title="Baker", language="fr")


class Importing:
    """Somebody at the page of imports."""

    def __init__(self, cast: Cast, campaign: VideoCampaign) -> None:
        self.client = cast.client("recruiter")
        self.campaign = str(campaign.id)
        self.id = ""

    def paste(self, text: str) -> Any:
        body = {"campaign": self.campaign, "text": text}
        return self._sent(self.client.post("/api/invitation-imports/", body))

    def send(self, data: bytes, name: str = "people.csv") -> Any:
        body = {"campaign": self.campaign, "file": SimpleUploadedFile(name, data)}
        return self._sent(self.client.post("/api/invitation-imports/", body, format="multipart"))

    def _sent(self, response: Any) -> Any:
        self.id = response.json().get("id", "")
        return response

    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = self.client.get(f"/api/invitation-imports/{self.id}/").json()
        return found

    def lines(self, **query: Any) -> list[dict[str, Any]]:
        path = f"/api/invitation-imports/{self.id}/lines/"
        found: list[dict[str, Any]] = self.client.get(path, query).json()["results"]
        return found

    def do(self, what: str) -> Any:
        return self.client.post(f"/api/invitation-imports/{self.id}/{what}/")

    def people(self) -> list[tuple[str, ...]]:
        """Return the names and addresses that were read."""
        run_waiting_jobs()
        names = ("first_name", "last_name", "email")
        return [tuple(line["person"].get(name, "") for name in names) for line in self.lines()]

    def invite(self) -> dict[str, Any]:
        run_waiting_jobs()
        assert self.do("start").status_code == 200
        run_waiting_jobs()
        return self.state()


@pytest.fixture
def page(cast: Cast, campaign: VideoCampaign) -> Importing:
    return Importing(cast, campaign)


def workbook(*rows: Sequence[Any]) -> bytes:
    book, data = openpyxl.Workbook(), io.BytesIO()
    assert book.active
    for row in rows:
        book.active.append(list(row))
    book.save(data)
    return data.getvalue()


AICHA = ("Aïcha", "Bennani", "aicha@example.test")
OMAR = ("Omar", "El Fassi", "omar@example.test")


class TestReading:
    def test_nobody_is_invited_before_somebody_confirms(self, cast: Cast, page: Importing) -> None:
        assert page.paste("Aïcha;Bennani;aicha@example.test").status_code == 201
        run_waiting_jobs()
        state = page.state()
        assert (state["state"], state["good"], state["invited"]) == ("preview", 1, 0)
        with tenant_scope(cast.organization.id):
            assert not InterviewSession.objects.exists()

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
    def test_a_file_may_be_written_in_any_of_these(self, page: Importing, encoding: str) -> None:
        text = f"{HEADING}\r\nAïcha;Bennani;aicha@example.test\r\nOmar;El Fassi;omar@example.test"
        page.send(text.encode(encoding))
        assert page.people() == [AICHA, OMAR]

    def test_latin_1_with_a_stray_quote_loses_nobody(self, page: Importing) -> None:
        lines = [HEADING, 'A"ïcha;Bennani;aicha@example.test', '"Omar;El Fassi;omar@example.test']
        lines += [f"P{n};Été;p{n}@example.test" for n in range(50)]
        page.send("\r\n".join(lines).encode("latin-1"))
        run_waiting_jobs()
        assert page.state()["good"] == 52
        people = page.people()
        assert people[1] == OMAR
        assert people[2] == ("P0", "Été", "p0@example.test")

    @pytest.mark.parametrize(
        "text",
        [
            "Aïcha;Bennani;aicha@example.test\nOmar;El Fassi;omar@example.test",
            "Aïcha,Bennani,aicha@example.test\nOmar,El Fassi,omar@example.test",
            "Aïcha\tBennani\taicha@example.test\nOmar\tEl Fassi\tomar@example.test",
            "Aïcha Bennani <aicha@example.test>\n\n\nOmar El Fassi <omar@example.test>\n",
            "sep=|\nNom|Prénom|Courriel\nBennani|Aïcha|aicha@example.test\n"
            "El Fassi|Omar|omar@example.test",
            'Email,Full name\naicha@example.test,"Aïcha Bennani"\nomar@example.test,Omar El Fassi',
            "البريد الإلكتروني;الاسم الكامل\naicha@example.test;Aïcha Bennani\n"
            "omar@example.test;Omar El Fassi",
            'First name,Last name,E-mail,Notes\nAïcha,Bennani,aicha@example.test,"two\nlines"\n'
            "Omar,El Fassi,omar@example.test,",
        ],
    )
    def test_columns_are_found_by_heading_or_by_what_is_in_them(
        self, page: Importing, text: str
    ) -> None:
        page.paste(text)
        assert page.people() == [AICHA, OMAR]

    def test_a_workbook_is_read_as_it_shows(self, page: Importing) -> None:
        rows = [("Prénom", "Nom", "E-mail", "Téléphone", "Langue"), (*AICHA, 212600000001, "Arabe")]
        page.send(workbook(*rows), "people.xlsx")
        assert page.people() == [AICHA]
        (line,) = page.lines()
        assert (line["person"]["phone"], line["person"]["language"]) == ("212600000001", "ar")
        assert line["number"] == 2

    def test_a_formula_is_never_run(self, page: Importing) -> None:
        formula = '=HYPERLINK("http://evil.test","x")'
        page.send(workbook(("Prénom", "Nom", "E-mail"), (formula, *AICHA[1:])), "p.xlsx")
        assert page.people() == [("", *AICHA[1:])]
        assert page.lines()[0]["errors"]["first_name"][0]["code"] == "blank"

    @pytest.mark.parametrize("cut", [200, 1000, 3000])
    def test_a_damaged_workbook_is_refused(self, page: Importing, cut: int) -> None:
        assert refused(page.send(workbook(AICHA)[:cut], "p.xlsx")) == (400, "sheet_unreadable")

    def test_a_zip_that_is_no_workbook_is_refused(self, page: Importing) -> None:
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            archive.writestr("a.txt", "x")
        assert refused(page.send(data.getvalue(), "p.xlsx")) == (400, "sheet_unreadable")

    def test_a_workbook_that_unpacks_to_far_more_is_refused_in_time(self, page: Importing) -> None:
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/worksheets/sheet1.xml", b" " * (60 * 1024 * 1024))
        begun = time.monotonic()
        assert refused(page.send(data.getvalue(), "p.xlsx")) == (400, "sheet_unreadable")
        assert time.monotonic() - begun < 5

    def test_a_cell_at_the_far_end_of_a_sheet_costs_nothing(self, page: Importing) -> None:
        book, data = openpyxl.Workbook(), io.BytesIO()
        assert book.active
        book.active.append(list(AICHA))
        book.active["XFD1048576"] = "x"
        book.save(data)
        begun = time.monotonic()
        page.send(data.getvalue(), "p.xlsx")
        assert time.monotonic() - begun < 5
        assert page.people() == [AICHA]

    @pytest.mark.parametrize("text", [" ", "\n\n", ";;;\n;;", HEADING])
    def test_a_list_of_nobody_is_refused(self, page: Importing, text: str) -> None:
        assert refused(page.send(text.encode())) == (400, "sheet_empty")

    def test_a_list_that_is_too_long_is_refused(self, page: Importing) -> None:
        text = "\n".join(f"p{n}@example.test" for n in range(imports.MOST_LINES + 1))
        assert refused(page.paste(text)) == (400, "sheet_too_long")

    @pytest.mark.parametrize("status", ["draft", "closed"])
    def test_only_an_open_campaign_takes_a_list(
        self, cast: Cast, page: Importing, status: str
    ) -> None:
        with tenant_scope(cast.organization.id):
            VideoCampaign.objects.update(status=status)
        assert refused(page.paste("a@example.test")) == (409, "campaign_not_open")


class TestPreview:
    def test_each_line_says_what_is_wrong_with_it(self, page: Importing) -> None:
        page.send(
            f"{HEADING};Téléphone\n"
            "Aïcha;Bennani;aicha@example.test;\n"
            "Omar;;omar@example.test;\n"
            ";;nobody;\n"
            "Ali;Alaoui;ali@example.test;call me\n".encode()
        )
        run_waiting_jobs()
        state = page.state()
        assert (state["lines"], state["good"], state["wrong"]) == (4, 1, 3)
        errors = {line["number"]: line["errors"] for line in page.lines(state="wrong")}
        assert set(errors) == {3, 4, 5}
        assert errors[3]["last_name"][0]["code"] == "blank"
        assert errors[4]["email"][0]["code"] == "invalid"
        assert errors[5]["phone"][0]["code"] == "invalid"

    def test_who_is_named_twice_or_invited_already_is_left_out(
        self, cast: Cast, page: Importing, campaign: VideoCampaign
    ) -> None:
        with tenant_scope(cast.organization.id):
            known = CandidateFactory.create(email="Known@example.test")
        session_in(cast.organization, campaign=campaign, candidate=known)
        page.paste("A;B;a@example.test\nA;B;A@EXAMPLE.test\nK;N;known@example.test")
        run_waiting_jobs()
        left_out = [(line["number"], line["errors"]["email"][0]) for line in page.lines()[1:]]
        assert [(number, error["code"]) for number, error in left_out] == [
            (2, "repeated"),
            (3, "already_invited"),
        ]
        assert "1" in left_out[0][1]["detail"]
        state = page.state()
        assert (state["good"], state["skipped"], state["wrong"]) == (1, 2, 0)

    def test_an_override_of_direction_is_taken_out_and_an_emoji_stays(
        self, page: Importing
    ) -> None:
        page.paste("Sal\u202ema \U0001f469\u200d\U0001f680;\u2067أحمد;s@example.test")
        assert page.people() == [("Salma \U0001f469\u200d\U0001f680", "أحمد", "s@example.test")]

    def test_a_list_and_its_lines_cost_the_same_however_long(
        self, page: Importing, django_assert_max_num_queries: Callable[..., Any]
    ) -> None:
        costs = []
        for n in (2, 60):
            page.paste("\n".join(f"A;B;p{n}{i}@example.test" for i in range(n)))
            run_waiting_jobs()
            with django_assert_max_num_queries(5) as listed:
                page.client.get("/api/invitation-imports/")
            with django_assert_max_num_queries(5) as lines:
                assert len(page.lines(page_size=100)) == n
            costs.append((len(listed), len(lines)))
        assert costs[0] == costs[1]

    def test_a_list_belongs_to_its_organisation_and_not_to_reviewers(
        self, cast: Cast, page: Importing
    ) -> None:
        page.paste("A;B;a@example.test")
        path = f"/api/invitation-imports/{page.id}/lines/"
        assert cast.client("stranger").get(path).status_code == 404
        assert cast.client("reviewer").get(path).status_code == 403
        assert cast.client("stranger").get("/api/invitation-imports/").json()["results"] == []


class TestInviting:
    def test_the_good_lines_get_a_session_and_a_letter_each(
        self, cast: Cast, page: Importing
    ) -> None:
        page.paste("A;B;a@example.test\nno;body;here\nC;D;c@example.test")
        state = page.invite()
        assert (state["state"], state["invited"], state["wrong"]) == ("done", 2, 1)
        assert [line["state"] for line in page.lines()] == ["invited", "wrong", "invited"]
        with tenant_scope(cast.organization.id):
            assert InterviewSession.objects.count() == Message.objects.count() == 2

    def test_10_000_lines_with_repeats_are_invited_once_each(
        self, cast: Cast, page: Importing, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # The letters have tests of their own.
        monkeypatch.setattr("jobgate.interviews.services.invitations.send", lambda *_: None)
        people = [f"P;Number {n};p{n % 9_000}@example.test" for n in range(imports.MOST_LINES)]
        page.send("\n".join(people).encode())
        run_waiting_jobs()
        state = page.state()
        assert (state["lines"], state["good"], state["skipped"]) == (10_000, 9_000, 1_000)
        state = page.invite()
        assert (state["state"], state["invited"], state["done"]) == ("done", 9_000, 9_000)
        with tenant_scope(cast.organization.id):
            assert InterviewSession.objects.count() == Candidate.objects.count() == 9_000

    def test_somebody_invited_in_between_is_skipped_then(
        self, cast: Cast, page: Importing, campaign: VideoCampaign
    ) -> None:
        page.paste("A;B;a@example.test\nC;D;c@example.test")
        run_waiting_jobs()
        person = {"first_name": "A", "last_name": "B", "email": "A@example.test"}
        page.client.post(
            f"/api/campaigns/{campaign.id}/invite_candidates/", {"candidates": [person]}
        )
        state = page.invite()
        assert (state["invited"], state["skipped"], state["wrong"]) == (1, 1, 0)
        assert page.lines()[0]["errors"]["email"][0]["code"] == "already_invited"

    def test_a_job_that_runs_twice_invites_nobody_twice(self, cast: Cast, page: Importing) -> None:
        page.paste("A;B;a@example.test")
        page.invite()
        with tenant_scope(cast.organization.id):
            batch = InvitationImport.objects.get()
            imports.invite_some(batch.id)
            imports.read_lines(batch.id)
            assert InterviewSession.objects.count() == 1
        assert page.state()["state"] == "done"

    def test_two_confirmations_are_one(self, page: Importing) -> None:
        page.paste("A;B;a@example.test")
        run_waiting_jobs()
        assert page.do("start").status_code == 200
        assert refused(page.do("start")) == (409, "import_not_ready")

    def test_without_a_good_line_there_is_nothing_to_confirm(self, page: Importing) -> None:
        page.paste("nobody")
        run_waiting_jobs()
        assert refused(page.do("start")) == (409, "nobody_to_invite")

    def test_cancelling_keeps_who_was_invited_and_invites_no_other(
        self, cast: Cast, page: Importing, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(imports, "AT_ONCE", 2)
        page.paste("\n".join(f"A;B;p{n}@example.test" for n in range(5)))
        run_waiting_jobs()
        page.do("start")
        with tenant_scope(cast.organization.id):
            imports.invite_some(InvitationImport.objects.get().id)
        assert (page.state()["done"], page.state()["total"]) == (2, 5)
        assert page.do("cancel").json()["state"] == "cancelled"
        run_waiting_jobs()
        assert page.state()["invited"] == 2
        with tenant_scope(cast.organization.id):
            assert InterviewSession.objects.count() == 2
        assert refused(page.do("cancel")) == (409, "import_over")

    def test_a_campaign_that_closes_meanwhile_ends_it(self, cast: Cast, page: Importing) -> None:
        page.paste("A;B;a@example.test")
        run_waiting_jobs()
        page.do("start")
        with tenant_scope(cast.organization.id):
            VideoCampaign.objects.update(status="closed")
        run_waiting_jobs()
        state = page.state()
        assert (state["state"], state["reason"]) == ("failed", "campaign_not_open")

    def test_lines_are_forgotten_after_a_month(self, cast: Cast, page: Importing) -> None:
        page.paste("A;B;a@example.test")
        page.invite()
        forget_import_lines.run()
        assert len(page.lines()) == 1
        with tenant_scope(cast.organization.id):
            InvitationImport.objects.update(updated_at=clock.now() - timedelta(days=31))
        forget_import_lines.run()
        with tenant_scope(cast.organization.id):
            assert not ImportLine.objects.exists()
        assert page.state()["invited"] == 1
