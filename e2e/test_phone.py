"""A candidate's phone: what is needed in mid-answer is in sight, however the phone is held."""

import pytest
from playwright.sync_api import Locator, expect

from support.api import Client
from support.browsers import Visitors
from support.candidate import Candidate

UPRIGHT = {"width": 390, "height": 844}
SIDEWAYS = {"width": 844, "height": 390}
IN_SIGHT = """(element) => {
  const { top, bottom, left, right } = element.getBoundingClientRect();
  const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return top >= 0 && bottom <= innerHeight && element.contains(over);
}"""


@pytest.fixture
def candidate(visitors: Visitors, recruiter: Client) -> Candidate:
    candidate = Candidate(visitors.come("candidate", width=390))
    candidate.arrive(recruiter.invite(recruiter.campaign()).link)
    return candidate


def in_sight(element: Locator) -> bool:
    """Return whether the whole of it is in the window, and under nothing else."""
    return bool(element.evaluate(IN_SIGHT))


@pytest.mark.parametrize("size", [UPRIGHT, SIDEWAYS], ids=["upright", "sideways"])
def test_clock_button_and_trouble_are_in_sight_in_mid_answer(
    candidate: Candidate, size: dict[str, int]
) -> None:
    page = candidate.page
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    candidate.begin()
    assert in_sight(page.get_by_role("timer"))
    assert in_sight(candidate.button("preparation.begin"))

    candidate.start_answer()
    assert in_sight(page.get_by_role("timer"))
    assert in_sight(candidate.button("answer.stop"))

    candidate.visitor.context.set_offline(True)
    told = page.get_by_text(candidate.t("answer.goesOn"))
    expect(told).to_be_visible()
    assert in_sight(told)
    assert in_sight(candidate.button("answer.stop"))
    candidate.visitor.context.set_offline(False)
    candidate.speak(2)
    candidate.stop()


def test_a_practice_answer_is_seen_and_goes_nowhere(
    candidate: Candidate, recruiter: Client
) -> None:
    candidate.consent()
    candidate.test_devices()
    candidate.practise(2)
    candidate.ready()
    assert not candidate.submissions
    candidate.answer(2)
    candidate.answer(1)
    candidate.confirm()
    assert len(candidate.submissions) == 2
