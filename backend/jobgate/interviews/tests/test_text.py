"""What people type, made safe."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from jobgate.interviews.text import clean_line, clean_text, validate_linkedin, validate_phone

BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def is_harmless(text: str) -> bool:
    return not any(
        unicodedata.category(character) in {"Cc", "Cs"}
        or unicodedata.bidirectional(character) in BIDI
        for character in text
    )


@given(st.text(st.characters(codec=None)))
def test_a_cleaned_line_is_one_harmless_line_and_stays_so(text: str) -> None:
    line = clean_line(text)
    assert is_harmless(line)
    assert line == line.strip()
    assert clean_line(line) == line
    line.encode()


@given(st.text(st.characters(codec=None)))
def test_cleaned_text_keeps_lines_and_nothing_harmful(text: str) -> None:
    cleaned = clean_text(text)
    assert all(is_harmless(line.replace("\t", "")) for line in cleaned.split("\n"))
    assert clean_text(cleaned) == cleaned


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Jean-Luc \t O'Neil\n", "Jean-Luc O'Neil"),
        ("Zoe\u0308", "Zoë"),
        ("أحمد\u200c المرابط", "أحمد\u200c المرابط"),
        ("\U0001f469\u200d\U0001f4bb", "\U0001f469\u200d\U0001f4bb"),
        ("user\u202egnp.exe", "usergnp.exe"),
        ("a\x00b\x1bc\x85d", "abc d"),
    ],
)
def test_names_of_people_stay_as_they_are(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept


@pytest.mark.parametrize("phone", ["+212 600-000 000", "0600000000", "+33 (0)1 23 45 67 89"])
def test_phone_numbers_as_people_write_them(phone: str) -> None:
    validate_phone(phone)


@pytest.mark.parametrize("phone", ["1", "+", "06-00-00 ext 5", "=1+1", "x" * 10, "1" * 40])
def test_what_is_no_phone_number(phone: str) -> None:
    with pytest.raises(ValidationError):
        validate_phone(phone)


@pytest.mark.parametrize(
    "url",
    [
        "https://linkedin.com/in/a",
        "https://www.linkedin.com/in/a%20b/",
        "https://FR.LinkedIn.com/in/a",
    ],
)
def test_addresses_on_linkedin(url: str) -> None:
    validate_linkedin(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://www.linkedin.com/in/a",
        "https://notlinkedin.com/in/a",
        "https://linkedin.com@evil.test/",
        "https://evil.test/linkedin.com",
        "//linkedin.com/in/a",
        "https://[linkedin.com/in/a",
    ],
)
def test_addresses_elsewhere(url: str) -> None:
    with pytest.raises(ValidationError):
        validate_linkedin(url)
