"""Which lines of a cell begin a statement, also where the cell is no Python because of its magics."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""#.*|'''|\"\"\"|'(?:[^'\\]|\\.)*(?:'|\\?$)|"(?:[^"\\]|\\.)*(?:"|\\?$)|[([{]|[)\]}]""",
)
_BEGINS = re.compile(r"\s*(?:def|class|import|return|raise|with|while|try|pass|break|continue|global|del)\b")
"""Lines that no bracket can hold."""
_IN_STRING = {quote: re.compile(rf"\\.|{quote}") for quote in ("'", '"', "'''", '"""')}


class OpenStatement:
    """What of a statement is still open after the lines that were added: a bracket, a string, a line that goes on."""

    def __init__(self) -> None:
        self._depth = 0
        self._quote = ""
        self._goes_on = False

    def __bool__(self) -> bool:
        """Whether anything is open."""
        return self._depth > 0 or bool(self._quote) or self._goes_on

    def is_continued_by(self, line: str) -> bool:
        """Whether the next line continues the statement."""
        if self._quote or not _BEGINS.match(line):
            return bool(self)
        # A bracket before it is never closed, by mistake.
        self._depth, self._goes_on = 0, False
        return False

    def add(self, line: str) -> None:
        """Read the next line."""
        at = 0
        if self._quote:
            end = next((m for m in _IN_STRING[self._quote].finditer(line) if m[0] == self._quote), None)
            if end is None:
                if len(self._quote) == 1 and not line.endswith("\\"):
                    self._quote = ""
                return
            self._quote, at = "", end.end()
        comment = False
        while token := _TOKEN.search(line, at):
            text, at = token[0], token.end()
            comment = text[0] == "#"
            if text in {"'''", '"""'}:
                end = next((m for m in _IN_STRING[text].finditer(line, at) if m[0] == text), None)
                if end is None:
                    self._quote = text
                    return
                at = end.end()
            elif text[0] in "'\"":
                if text.endswith("\\"):
                    self._quote = text[0]
                    return
            elif text in "([{":
                self._depth += 1
            elif text in ")]}":
                self._depth = max(self._depth - 1, 0)
        self._goes_on = line.endswith("\\") and not comment
