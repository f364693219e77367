"""Read tables of any program, language and separator: rosters, gradebooks, overrides."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.model.errors import UsageError
from autograder.model.people import composed

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_MOST_ABOVE = 10
"""Lines that may precede the header."""
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WESTERN = re.compile(
    rb"(?:[^\x80-\xff]"
    rb"|[\xa0\xa7\xab\xb0\xb4\xb7\xbb\xc0-\xd6\xd8-\xf6\xf8-\xff](?![\x80-\xff]{2})"
    rb"|(?<=[A-Za-z])\x92(?=[A-Z])|(?<![A-Za-z\x80-\xff])[\x8a\x8c\x8e](?=[a-z]))*+"
)
"""Text in Windows' Western European: letters with accents, seldom side by side, the apostrophe of O'Grady, and Š, Œ and
Ž as initials; no other encoding looks so."""
_SEPARATOR_LINE = re.compile(r'(?P<quote>"?)sep=(?P<separator>\\t|.)(?P=quote)\r?\n?', re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"[-+]?\d+(?:\.\d{3})*,\d{1,2}")
_TEXT_FORMULA = re.compile(r'="([^"]*)"')
"""What keeps a spreadsheet from reading a cell as a number or formula: Canvas writes names that begin with = so."""
_GROUPS_BY_SPACE = re.compile(r"(?<=\d)[\s\u00a0\u2009\u202f'\u2019](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header; cells hold no control characters, no space around them and composed letters (NFC).

    Attributes:
        path: where it comes from.
        header: the names of its columns.
        rows: as many cells each as there are columns.
        raw: the same rows, with every character that the file has.
        lines: the line number of each row in the file.
        decimal_comma: whether its numbers have a comma before their decimals.

    """

    path: Path
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    raw: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    decimal_comma: bool

    def number(self, cell: str) -> float | None:
        """The number in a cell, as this table writes numbers; None where it is something else.

        ``1,234.5``, ``1.234,5``, ``1 234,5`` and ``1'234.5`` are one number.
        """
        text = _GROUPS_BY_SPACE.sub("", cell.strip()).removesuffix("%").strip()
        marks = re.findall(r"[.,]", text)
        if len(set(marks)) == 1 and len(marks) > 1:  # 1,234,567
            decimal = "." if marks[0] == "," else ","
        elif marks and (len(marks) > 1 or not re.search(r"[.,]\d{3}$", text)):
            decimal = marks[-1]
        else:  # "1,234" may be either
            decimal = "," if self.decimal_comma else "."
        text = text.replace("." if decimal == "," else ",", "").replace(",", ".")
        return float(text) if re.fullmatch(r"[-+]?(?:\d+\.?\d*|\.\d+)", text, re.ASCII) else None


def read_table(path: Path, is_header: Callable[[Sequence[str]], bool] = lambda _: False) -> Table:
    """The table in a text file: UTF-8, UTF-16, or Western European as Excel for Windows writes it.

    Cells are separated by commas, semicolons, tabs or bars. Excel's line ``sep=;`` may precede the header, and so may
    other lines, such as the name of a course. A header that is repeated among the rows, as where tables were joined,
    does not count, nor do columns at the end with neither name nor content.

    Args:
        path: of the file.
        is_header: whether these cells are a header; where no line near the top is, the first of several cells counts.

    Raises:
        UsageError: it cannot be read, is empty, or has a row with more cells than the header, or with open quotes.

    """
    text = _text(path)
    start = 1
    separator = ""
    if match := _SEPARATOR_LINE.match(text):
        separator, text, start = match["separator"].replace(r"\t", "\t"), text[match.end() :], 2
    if separator not in text or not separator:
        separator = _separator(text)
    parsed = [(line, row) for line, row in _parsed(path, text, separator, start) if any(map(_cell, row))]
    lines, raw = [line for line, _ in parsed], [tuple(row) for _, row in parsed]
    rows = [tuple(map(_cell, row)) for row in raw]
    if not rows:
        raise UsageError(f"{path}: expected a CSV table; found an empty file")
    several = [at for at, row in enumerate(rows) if sum(map(bool, row)) > 1]
    first = next((at for at in several[:_MOST_ABOVE] if is_header(rows[at])), several[0] if several else 0)
    header = rows[first]
    others = [at for at in range(first + 1, len(rows)) if rows[at] != header]
    for at in others:
        if any(rows[at][len(header) :]):
            found = max(number for number, cell in enumerate(rows[at], 1) if cell)
            raise UsageError(
                f"{path}, line {lines[at]}: expected {len(header)} cells; found {found}: put a text with "
                f"{_SEPARATORS.get(separator, separator)} between quotes"
            )
    width = max(n for at in (first, *others) for n, cell in enumerate(rows[at], 1) if cell)
    full, raw_rows = (
        tuple((*table[at], *[""] * (width - len(table[at])))[:width] for at in others) for table in (rows, raw)
    )
    comma = separator != "," and any(_DECIMAL_COMMA.fullmatch(cell) for row in full for cell in row)
    comma = comma or (separator == "," and _commas_are_decimal(full))
    return Table(path, header[:width], full, raw_rows, tuple(lines[at] for at in others), comma)


def _parsed(path: Path, text: str, separator: str, start: int) -> list[tuple[int, list[str]]]:
    """Each row, and the number of the line where it begins, the first one ``start``."""

    def rows(*, strict: bool) -> Iterator[tuple[int, list[str]]]:
        lines = io.StringIO(text, newline="")
        reader = csv.reader(lines, delimiter=separator, skipinitialspace=True, strict=strict)
        begin = start
        try:
            for row in reader:
                yield begin, row
                begin = start + reader.line_num
        except csv.Error as error:
            what = f"expected a row of a CSV table; {error}: look at its quotes"
            raise UsageError(f"{path}, line {begin}: {what}") from error

    try:
        return list(rows(strict=True))
    except UsageError:
        # Spaces or letters after a quotation mark do no harm where it ends on its line.
        lenient = list(rows(strict=False))
        if any("\n" in cell or "\r" in cell for _, row in lenient for cell in row):
            raise
        return lenient


def is_shortened(cell: str) -> bool:
    """Whether a cell is a long number as spreadsheet programs shorten it: ``1.00E+13`` may be many students' id."""
    return re.fullmatch(r"\d+(?:[.,]\d+)?e\+\d+", cell, re.IGNORECASE) is not None


def shortened(cell: str) -> str:
    """What to say of such an id."""
    return f"expected an id; found {cell.upper()!r}, as a spreadsheet program shortens a long number: export it again"


def _cell(text: str) -> str:
    cell = composed(text)
    return match[1] if (match := _TEXT_FORMULA.fullmatch(cell)) else cell


def _commas_are_decimal(rows: Sequence[Sequence[str]]) -> bool:
    """Whether some number has one or two digits after its comma, and none has a point for decimals."""
    cells = [cell for row in rows for cell in row]
    return any(_DECIMAL_COMMA.fullmatch(c) for c in cells) and not any(re.fullmatch(r"\d+\.\d{1,2}", c) for c in cells)


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    if data.startswith((b"PK\3\4", b"\xd0\xcf\x11\xe0")):
        raise UsageError(f"{path}: expected a CSV table; found a workbook: save it as CSV UTF-8")
    if not data.startswith(_WIDE) and data[:1000].count(0) * 3 > len(data[:1000]):
        data = (codecs.BOM_UTF16_LE if data[1:2] == b"\0" else codecs.BOM_UTF16_BE) + data
    try:
        return data.decode("utf-16" if data.startswith(_WIDE) else "utf-8-sig")
    except UnicodeDecodeError as error:
        if _WESTERN.fullmatch(data):
            return data.decode("cp1252")
        byte = error.object[error.start : error.start + 1].hex()
        raise UsageError(f"{path}: expected UTF-8 text; found the byte 0x{byte}: save it as UTF-8") from None


def _separator(text: str) -> str:
    """The separator that makes equally many columns of most lines near the top, and most columns of them."""

    def lines_and_columns(separator: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
        try:
            columns = Counter(len(row) for row in itertools.islice(reader, _MOST_ABOVE) if len(row) > 1)
        except csv.Error:
            return 0, 0
        return max(((lines, number) for number, lines in columns.items()), default=(0, 0))

    return max(_SEPARATORS, key=lines_and_columns)
