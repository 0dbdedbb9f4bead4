"""Check the back end's catalogues against its sources; with `--update`, bring them up to date.

A text that is marked in Python or in a template must be in every catalogue, translated, not
fuzzy, and with the same placeholders. Run with the environment's Python, which has Babel.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import template as django_templates

LANGUAGES = ("fr", "en", "ar")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATES = (".html", ".txt")


def sources(package: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield each source with marked texts, templates turned into what the extractor reads."""
    for file in sorted(package.rglob("*")):
        if {"tests", "migrations", "locale"} & set(file.relative_to(package).parts):
            continue
        if file.suffix == ".py":
            yield file, file.read_bytes()
        elif file.suffix in TEMPLATES and "templates" in file.parts:
            text = file.read_text(encoding="utf-8")
            yield file, django_templates.templatize(text, origin=str(file)).encode()


def marked(package: Path) -> Catalog:
    """Return a catalogue of every text that is marked for translation."""
    found = Catalog()
    for file, content in sources(package):
        texts = extract("python", io.BytesIO(content), KEYWORDS, ("Translators:",))
        for line, message, comments, context in texts:
            place = (str(file.relative_to(package.parent)), line)
            found.add(message, None, [place], auto_comments=comments, context=context)
    return found


def translated_plainly(message: Message) -> bool:
    """Tell whether every form of the message has a translation."""
    forms = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    return bool(forms) and all(forms)


def complaints(language: str, catalogue: Catalog, wanted: Catalog) -> list[str]:
    """Return what is missing or wrong in one catalogue."""
    found = []
    for message in wanted:
        if not message.id:
            continue
        there = catalogue.get(message.id, message.context)
        if there is None:
            found.append(f"{language}: missing: {message.id!r}")
        elif there.fuzzy:
            found.append(f"{language}: fuzzy: {message.id!r}")
        elif not translated_plainly(there):
            found.append(f"{language}: not translated: {message.id!r}")
        else:
            found += [f"{language}: {message.id!r}: {error}" for error in there.check(catalogue)]
    return found


def catalogue_file(package: Path, language: str) -> Path:
    """Return where the catalogue of a language is."""
    return package / "locale" / language / "LC_MESSAGES" / "django.po"


def read(file: Path, language: str) -> Catalog:
    """Return a catalogue, empty when there is none yet."""
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as source:
        return read_po(source, locale=language)


def update(package: Path, wanted: Catalog) -> None:
    """Put what is missing in every catalogue, untranslated, and drop what is no longer used."""
    for language in LANGUAGES:
        file = catalogue_file(package, language)
        catalogue = read(file, language)
        catalogue.update(wanted, no_fuzzy_matching=True)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as sink:
            # Sorted and without places: a moved line changes no catalogue.
            write_po(sink, catalogue, 100, no_location=True, sort_output=True, ignore_obsolete=True)


def main(arguments: list[str]) -> int:
    """Check or update the catalogues below a folder."""
    settings.configure(USE_I18N=True)
    package = Path(arguments[-1]) / "jobgate"
    wanted = marked(package)
    if "--update" in arguments:
        update(package, wanted)
    found = [
        complaint
        for language in LANGUAGES
        for complaint in complaints(
            language, read(catalogue_file(package, language), language), wanted
        )
    ]
    for complaint in found:
        print(complaint)  # noqa: T201 -- the check's own output
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
