"""Atomic file writes, and values as JSON."""

from __future__ import annotations

import json
import os
from dataclasses import fields, is_dataclass
from functools import cache
from json.encoder import encode_basestring_ascii
from pathlib import Path
from typing import Any

_LEAVES = frozenset({str, bool, int, float, type(None)})
_LEVELS = 6
"""As deep as a property's result lies in a results.json."""


def as_json(value: Any, levels: int = _LEVELS, indent: str = "") -> str:
    """JSON to look through: an item a line in the outer levels, no more lines in the inner ones.

    ``json.dumps`` with ``indent`` leaves C for every number, which takes longer than the rest of writing a result.
    """
    if type(value) is str:
        return encode_basestring_ascii(value)
    if levels == 0 or not value or not isinstance(value, (dict, list)):
        return json.dumps(value)
    inner = indent + " "
    if isinstance(value, dict):
        items = [
            f"{inner}{encode_basestring_ascii(key)}: {as_json(item, levels - 1, inner)}" for key, item in value.items()
        ]
        return "{\n" + ",\n".join(items) + f"\n{indent}}}"
    return "[\n" + ",\n".join(inner + as_json(item, levels - 1, inner) for item in value) + f"\n{indent}]"


def as_table(value: Any) -> Any:
    """Dataclasses as dicts, all the way down; ``asdict`` copies every leaf too, which takes three times as long."""
    kind = type(value)
    if kind in _LEAVES:
        return value
    if kind is tuple or kind is list:
        return [as_table(item) for item in value]
    return {name: as_table(getattr(value, name)) for name in names} if (names := _fields_of(kind)) else value  # type: ignore[arg-type]


@cache
def _fields_of(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all, even where the power fails. A text is written as UTF-8."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    data = content if isinstance(content, bytes) else content.encode("utf-8")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
