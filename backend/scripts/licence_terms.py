"""Tell what a licence expression asks for: whether it is free of the GPL and the AGPL."""

import re

TOKEN = re.compile(r"\(|\)|[^\s()]+")
EXPRESSION = re.compile(
    r"\(*[A-Za-z0-9.+-]+(?:\)* (?:OR|AND|WITH) \(*[A-Za-z0-9.+-]+)*\)*",
)
# One word, but not one licence.
VAGUE = {"BSD", "GPL", "LGPL", "UNKNOWN", "UNLICENSED"}
STRONG = re.compile(r"^A?GPL-")
# Exceptions that allow what the GPL alone would not.
LINKING_EXCEPTIONS = {"GCC-exception-3.1", "Classpath-exception-2.0"}
# Names that packages use, and what SPDX calls the same thing.
SAME = {
    "Apache 2.0": "Apache-2.0",
    "Apache License": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD 3-Clause OR Apache-2.0": "BSD-3-Clause OR Apache-2.0",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0",
}


def normal(name: str) -> str:
    """Return the SPDX name of a licence."""
    return SAME.get(name.strip(), name.strip())


def is_expression(text: str) -> bool:
    """Tell whether this reads as an SPDX expression rather than as prose."""
    return bool(EXPRESSION.fullmatch(text)) and text not in VAGUE


def free_of_gpl(expression: str) -> bool:
    """Tell whether the terms can be met without the GPL or the AGPL: one OR branch is enough."""
    return _Reader(TOKEN.findall(expression)).either()


class _Reader:
    """Reads an expression from left to right; AND binds closer than OR."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens

    def takes(self, word: str) -> bool:
        if self.tokens[:1] != [word]:
            return False
        self.tokens.pop(0)
        return True

    def either(self) -> bool:
        free = self.all_of()
        while self.takes("OR"):
            free = self.all_of() or free
        return free

    def all_of(self) -> bool:
        free = self.one()
        while self.takes("AND"):
            free = self.one() and free
        return free

    def one(self) -> bool:
        if self.takes("("):
            free = self.either()
            self.takes(")")
            return free
        licence = self.tokens.pop(0)
        excepted = self.takes("WITH") and self.tokens.pop(0) in LINKING_EXCEPTIONS
        return excepted or not STRONG.match(licence)
