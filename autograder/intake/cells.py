"""The cells of a notebook file."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from autograder.model.errors import IntakeError


class Cell(NamedTuple):
    """A cell that is not empty.

    Attributes:
        number: of a code cell, counted from 1 among the code cells; 0 for other cells.
        source: its text.

    """

    number: int
    source: str


def read_cells(data: bytes, origin: str) -> list[Cell]:
    """The cells of the notebook in ``data``, in order.

    Raises:
        IntakeError: ``data`` is no notebook, or one in another language.

    """
    try:
        table = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise IntakeError(f"{origin}: expected a notebook in UTF-8; {error.reason} at byte {error.start}") from None
    except ValueError as error:
        raise IntakeError(f"{origin}: expected a notebook, which is JSON; found something else ({error})") from None
    except RecursionError:
        raise IntakeError(f"{origin}: expected a notebook; found JSON nested too deeply") from None
    raw = _raw_cells(table)
    if raw is None:
        raise IntakeError(f"{origin}: expected a notebook; found JSON without cells")
    language = _other_language(table)
    if language:
        raise IntakeError(f"{origin}: expected a notebook in Python; found one in {language[:20]}")
    cells: list[Cell] = []
    number = 0
    for cell in raw:
        if not isinstance(cell, dict):
            continue
        is_code = cell.get("cell_type") == "code"
        number += is_code
        source = cell.get("source", cell.get("input", ""))
        if isinstance(source, list):
            source = "".join(part for part in source if isinstance(part, str))
        if isinstance(source, str) and source.strip():
            cells.append(Cell(number if is_code else 0, source.replace("\r\n", "\n").replace("\r", "\n")))
    return cells


def _raw_cells(table: Any) -> list[Any] | None:
    if not isinstance(table, dict):
        return None
    cells = table.get("cells")
    sheets = table.get("worksheets")
    if cells is None and isinstance(sheets, list):  # notebooks before version 4
        parts = [s.get("cells") for s in sheets if isinstance(s, dict)]
        cells = [c for part in parts if isinstance(part, list) for c in part]
    return cells if isinstance(cells, list) else None


def _other_language(table: dict[str, Any]) -> str:
    """The language that a notebook says to be in; empty where it says none, or Python anywhere."""
    metadata = table.get("metadata")
    stated: list[str] = []
    for part, key in (("kernelspec", "language"), ("language_info", "name")):
        inside = metadata.get(part) if isinstance(metadata, dict) else None
        language = inside.get(key) if isinstance(inside, dict) else None
        if isinstance(language, str) and language:
            stated.append(language.lower())
    return "" if any("python" in language for language in stated) else next(iter(stated), "")
