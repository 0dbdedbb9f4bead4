"""Which column is what: by its heading in French, English or Arabic, else by what is in it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jobgate.interviews.sheets.text import Row

_HEADINGS = {
    "first_name": "first name|firstname|first|given name|prenom|prenoms|الاسم الشخصي|الاسم الاول",
    "last_name": "last name|lastname|last|surname|family name|nom|nom de famille"
    "|الاسم العائلي|اسم العائلة|اللقب|النسب",
    "name": "name|full name|fullname|candidate|nom complet|nom et prenom|prenom et nom|candidat"
    "|الاسم|الاسم الكامل",
    "email": "email|e mail|mail|email address|e mail address|adresse email|adresse e mail"
    "|adresse mail|courriel|adresse electronique|البريد|البريد الالكتروني|الايميل",
    "phone": "phone|telephone|tel|mobile|phone number|numero de telephone|portable|gsm"
    "|الهاتف|رقم الهاتف|الجوال",
    "linkedin_url": "linkedin|linkedin url|linkedin profile|profil linkedin|linkedin link"
    "|لينكد ان|لينكدان",
    "language": "language|lang|langue|اللغة",
}
_FIELD_OF = {word: field for field, words in _HEADINGS.items() for word in words.split("|")}
_LANGUAGES = {
    "fr": "fr|francais|french|الفرنسية",
    "en": "en|anglais|english|الانجليزية",
    "ar": "ar|arabe|arabic|العربية",
}
_LANGUAGE_OF = {word: code for code, words in _LANGUAGES.items() for word in words.split("|")}
_EMAIL = re.compile(r"[^\s<>;,\"'()]+@[^\s<>;,\"'()]+")


@dataclass(frozen=True)
class Line:
    """What was read of one person, by the names of the API."""

    number: int
    person: dict[str, str]


def people(rows: Iterable[Row]) -> Iterator[Line]:
    """Give each row as a person; the first one may be a heading."""
    heading: list[str | None] | None = None
    for index, (number, cells) in enumerate(rows):
        if index == 0 and (heading := _heading(cells)):
            continue
        read = _by_heading(heading, cells) if heading else _by_content(cells)
        yield Line(number, _tidy(read))


def _plain(text: str) -> str:
    """Return a heading as it is looked up: without accents, marks and capitals."""
    # Arabic writers put a hamza on alif or leave it out.
    parts = unicodedata.normalize("NFKD", text.strip().lower())
    letters = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^\w]|_", " ", letters).split())


def _heading(cells: list[str]) -> list[str | None] | None:
    """Return the field of each column, None where the row is no heading."""
    if any("@" in cell for cell in cells):
        return None
    fields = [_FIELD_OF.get(_plain(cell)) for cell in cells]
    return fields if any(fields) else None


def _by_heading(heading: list[str | None], cells: list[str]) -> dict[str, str]:
    person: dict[str, str] = {}
    for field, cell in zip(heading, cells, strict=False):
        if field and cell.strip():
            person.setdefault(field, cell.strip())
    return person


def _by_content(cells: list[str]) -> dict[str, str]:
    """Tell an address by its @ and a profile by its host; names are what is left."""
    person: dict[str, str] = {}
    names: list[str] = []
    for cell in filter(None, (cell.strip() for cell in cells)):
        if found := _EMAIL.search(cell):
            person.setdefault("email", found[0])
            names += filter(None, [cell.replace(found[0], "").strip(' <>"()')])
        elif "linkedin.com" in cell.lower():
            person["linkedin_url"] = cell
        elif re.fullmatch(r"\+?[0-9 ().\-/]{6,}", cell):
            person["phone"] = cell
        else:
            names.append(cell)
    return person | _named(names)


def _named(names: list[str]) -> dict[str, str]:
    if len(names) == 1:
        return {"name": names[0]}
    return {"first_name": names[0], "last_name": " ".join(names[1:])} if names else {}


def _tidy(person: dict[str, str]) -> dict[str, str]:
    """Return the person with a whole name parted, the bare address, the language's code."""
    read = dict(person)
    first, _, last = read.pop("name", "").partition(" ")
    read.setdefault("first_name", first)
    read.setdefault("last_name", last.strip())
    if found := _EMAIL.search(read.get("email", "")):
        read["email"] = found[0]
    if "language" in read:
        read["language"] = _LANGUAGE_OF.get(_plain(read["language"]), read["language"])
    return {field: value[:1000] for field, value in read.items()}
