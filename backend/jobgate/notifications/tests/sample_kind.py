"""A kind of message that only tests send."""

from collections.abc import Mapping

from jobgate.core.tenancy import current_organization_id
from jobgate.notifications.services import register_kind

COMPANY = 'Café & <b>"Fils"</b>'


def context(ids: Mapping[str, str]) -> dict[str, str]:
    assert current_organization_id()
    return {"company": COMPANY, "link": f"http://127.0.0.1:8000/interview#{ids['session']}"}


register_kind("sample", context)
