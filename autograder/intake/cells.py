"""The code cells of a notebook file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from autograder.model.errors import IntakeError


def code_cells(data: bytes, origin: str) -> Iterator[tuple[int, str]]:
    """Number and source of each code cell that is not empty, counted from 1.

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
    cells = _cells(table)
    if cells is None:
        raise IntakeError(f"{origin}: expected a notebook; found JSON without cells")
    language = _language(table)
    if language not in {"", "python", "ipython"}:
        raise IntakeError(f"{origin}: expected a notebook in Python; found one in {language[:20]}")
    number = 0
    for cell in cells:
        if not isinstance(cell, dict) or cell.get("cell_type") != "code":
            continue
        number += 1
        source = cell.get("source", cell.get("input", ""))
        if isinstance(source, list):
            source = "".join(part for part in source if isinstance(part, str))
        if isinstance(source, str) and source.strip():
            yield number, source.replace("\r\n", "\n").replace("\r", "\n")


def _cells(table: Any) -> list[Any] | None:
    if not isinstance(table, dict):
        return None
    cells = table.get("cells")
    sheets = table.get("worksheets")
    if cells is None and isinstance(sheets, list):  # notebooks before version 4
        parts = [s.get("cells") for s in sheets if isinstance(s, dict)]
        cells = [c for part in parts if isinstance(part, list) for c in part]
    return cells if isinstance(cells, list) else None


def _language(table: dict[str, Any]) -> str:
    metadata = table.get("metadata")
    kernel = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    language = kernel.get("language", "") if isinstance(kernel, dict) else ""
    return language.lower() if isinstance(language, str) else ""
