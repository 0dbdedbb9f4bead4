"""What a browser says of itself, as far as a recruiter needs it to understand a fault."""

from dataclasses import asdict, dataclass

from ua_parser import parse

# A longer header is no browser's.
LONGEST_HEADER = 512


@dataclass(frozen=True)
class Device:
    """A browser and what it runs on; empty where it does not say."""

    browser: str = ""
    version: str = ""
    system: str = ""
    kind: str = ""

    def as_json(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value}


def read(user_agent: str) -> Device:
    """Return the device that a User-Agent header tells of."""
    text = user_agent[:LONGEST_HEADER]
    found = parse(text)
    if found.user_agent is None:
        return Device()
    return Device(
        browser=found.user_agent.family[:40],
        version=(found.user_agent.major or "")[:8],
        system=(found.os.family if found.os else "")[:40],
        kind=_kind(text),
    )


def _kind(text: str) -> str:
    if "iPad" in text or ("Android" in text and "Mobile" not in text):
        return "tablet"
    return "mobile" if "Mobi" in text else "desktop"
