"""What IPython strips from a cell before it reads it: the indentation of its first line, and prompts."""

from __future__ import annotations

import re
from collections.abc import Sequence

_INDENTATION = re.compile(r"[ \t]+")
_PROMPTS = (
    (re.compile(r">>>( |$)"), re.compile(r"(>>>|\.\.\.)( |$)")),
    (re.compile(r"In \[\d+\]: "), re.compile(r"(In \[\d+\]: |\s*\.{3,}: ?)")),
)
"""Of Python and of IPython: the first one, and any."""


def without_prompts(lines: Sequence[str]) -> list[str]:
    """The lines of a cell as IPython reads them; there are as many."""
    plain = list(lines)
    first = next((i for i, line in enumerate(plain) if line.strip()), 0)
    if indentation := _INDENTATION.match(plain[first]):
        plain = [line.removeprefix(indentation[0]) for line in plain]
    for begins, prompt in _PROMPTS:
        if begins.match(plain[first]) or any(prompt.match(line) for line in plain[first + 1 : first + 2]):
            plain = [prompt.sub("", line, count=1) if prompt.match(line) else line for line in plain]
    return plain
