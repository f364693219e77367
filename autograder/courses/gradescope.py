"""What Gradescope gives for "export submissions": a folder for each, and a table of who handed it in and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import yaml

from autograder.courses.canvas import Part
from autograder.model.errors import UsageError
from autograder.model.people import Student, SubmissionMetadata

METADATA = "submission_metadata.yml"
LARGEST = 512 << 20
"""Bytes of the table: it repeats every result and every earlier attempt."""


def metadata_name(names: Sequence[str]) -> str | None:
    """The table's name among those of an export, at its top or one folder below; None where there is none."""
    found = [n for n in names if n.count("/") <= 1 and n.rpartition("/")[2] == METADATA]
    return found[0] if len(found) == 1 else None


def parts(names: Sequence[str], table: str, text: bytes, origin: str) -> list[Part]:
    """The submissions of an export.

    Args:
        names: of its files.
        table: the name of its ``submission_metadata.yml``.
        text: the contents of that.
        origin: what to call it in messages.

    Raises:
        UsageError: the table cannot be read.

    """
    try:
        entries = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  (both are safe loaders)
    except (yaml.YAMLError, ValueError) as error:
        raise UsageError(f"{origin}: cannot be read as YAML: {str(error).splitlines()[0]}") from error
    if not isinstance(entries, dict) or not all(isinstance(e, dict) for e in entries.values()):
        raise UsageError(f"{origin}: expected a table with an entry for each submission; found something else")
    below = table[: -len(METADATA)]
    folders: dict[str, dict[str, str]] = defaultdict(dict)
    for name in names:
        if name.startswith(below) and name != table:
            folder, _, inside = name[len(below) :].partition("/")
            folders[folder][inside or folder] = name
    return [
        Part(str(folder), _metadata(entries.get(folder, {}), origin), folders.get(str(folder), {}))
        for folder in [*entries, *(f for f in folders if f not in entries)]
    ]


def _metadata(entry: Mapping[Any, Any], origin: str) -> SubmissionMetadata:
    # Ruby's symbols: each key keeps its colon.
    submitters = entry.get(":submitters") or []
    if not isinstance(submitters, list) or not all(isinstance(s, dict) for s in submitters):
        raise UsageError(f"{origin}: expected a list of people as :submitters; found {str(submitters)[:80]}")
    students = tuple(
        Student(
            tuple(str(s[key]) for key in (":sid", ":email") if s.get(key) not in (None, "")), str(s.get(":name") or "")
        )
        for s in submitters
    )
    return SubmissionMetadata(students, at=_time(entry.get(":created_at")))


def _time(value: object) -> datetime | None:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.removesuffix(" UTC"))
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    # Where no offset is written it is UTC.
    return value if value.tzinfo else value.replace(tzinfo=UTC)
