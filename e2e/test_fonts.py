"""A page fetches the letters that it shows, and no others."""

from support import axe
from support.browsers import Visitors
from support.recruiter import Recruiter
from support.scene import Cast
from support.stage import sign_in


def test_a_french_form_that_offers_arabic_fetches_no_arabic_letters(
    visitors: Visitors, cast: Cast
) -> None:
    recruiter = Recruiter(visitors.come("recruiter"))
    sign_in(recruiter.page, cast.logins["recruiter"], cast.password)
    recruiter.page.goto("/campaigns/new")
    recruiter.page.get_by_role("heading", level=1).wait_for()
    recruiter.page.wait_for_function(axe.SETTLED)
    fonts = [url for _, _, url in recruiter.visitor.watch.statuses if url.endswith(".woff2")]
    assert fonts
    assert not [url for url in fonts if "arabic" in url]
