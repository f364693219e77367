"""Gradescope: "export submissions", a folder for each and a table of who handed it in and when."""

from __future__ import annotations

import base64
import binascii
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

import yaml

from autograder.courses.gradebook import Gradebook
from autograder.courses.system import Export, ExportedSubmission
from autograder.model.errors import UsageError
from autograder.model.people import Student, SubmissionMetadata

METADATA = "submission_metadata.yml"
LARGEST = 512 << 20
"""Bytes of the table: it repeats every result and every earlier attempt."""
_FOLDER = re.compile(r"submission_\d+/")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class Gradescope:
    """The export of an assignment."""

    name = "Gradescope"
    naming = f"{METADATA} beside folders submission_<id>"
    gradebook: type[Gradebook] | None = None

    def recognises(self, top: Sequence[str]) -> bool:
        """Whether the table is beside folders of submissions, mostly, and no code."""
        others = [n for n in top if n != METADATA]
        ours = sum(_FOLDER.fullmatch(n) is not None for n in others)
        code = any(n.lower().endswith((".py", ".ipynb")) for n in others)
        return METADATA in top and ours * 2 > len(others) and not code

    def submissions(self, export: Export) -> list[ExportedSubmission]:
        """What the table lists, and folders that it does not list."""
        origin = f"{export.origin}: {METADATA}"
        entries = _table(export.read(METADATA, LARGEST), origin)
        folders: dict[str, dict[str, str]] = defaultdict(dict)
        for name in export.names:
            if name != METADATA:
                folder, _, inside = name.partition("/")
                folders[folder][inside or folder] = name
        return [
            ExportedSubmission(folder, _metadata(entries.get(folder, {}), origin), folders.get(folder, {}))
            for folder in dict.fromkeys([*entries, *folders])
        ]


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads tags of Ruby that YAML does not know: what is tagged counts, the tag does not. Numbers stay text: 007."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in several if tag.rpartition(":")[2] in {"null", "timestamp"}]
        for first, several in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _untagged(loader: Any, tag: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    if tag != "binary":
        return node.value
    try:
        return base64.b64decode(node.value).decode("utf-8", "replace")
    except binascii.Error:
        return ""


_Loader.add_multi_constructor("!", _untagged)
_Loader.add_constructor("tag:yaml.org,2002:binary", lambda loader, node: _untagged(loader, "binary", node))


def _table(data: bytes, origin: str) -> dict[str, dict[Any, Any]]:
    try:
        entries = yaml.load(_CONTROL.sub("", data.decode("utf-8", "replace")), _Loader)  # noqa: S506  (a safe loader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UsageError(f"{origin}: cannot be read as YAML: {str(error).splitlines()[0]}") from error
    if not isinstance(entries, dict) or not all(isinstance(e, dict) for e in entries.values()):
        raise UsageError(f"{origin}: expected a table with an entry for each submission; found something else")
    return {str(folder): entry for folder, entry in entries.items()}


def _metadata(entry: Mapping[Any, Any], origin: str) -> SubmissionMetadata:
    # Ruby's symbols: each key keeps its colon.
    submitters = entry.get(":submitters") or []
    if not isinstance(submitters, list) or not all(isinstance(s, dict) for s in submitters):
        raise UsageError(f"{origin}: expected a list of people as :submitters; found {str(submitters)[:80]!r}")
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
