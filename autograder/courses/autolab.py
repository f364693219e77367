"""Autolab: the download of an assessment's submissions, files named ``<e-mail address>_<version>_<file>``.

Autolab puts the address before the last but one of the parts between ``_``: where the file's name, the same for all,
holds one ``_`` it is ``<version>_<e-mail address>_<file>``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from autograder.courses.gradebook import Gradebook
from autograder.courses.system import Export, ExportedSubmission, unnamed
from autograder.model.people import Student, SubmissionMetadata

_MAIL = r"(?P<mail>[^@/\s]+@[^@_/\s]+)"
_VERSION = "(?P<version>[0-9]{1,9})"
_FORMS = [
    re.compile(rf"{start}_(?P<file>[^/]+)", re.DOTALL) for start in (f"{_MAIL}_{_VERSION}", f"{_VERSION}_{_MAIL}")
]


def _form(names: Sequence[str]) -> re.Pattern[str]:
    """The form that most names have."""
    return max(_FORMS, key=lambda form: sum(form.fullmatch(n) is not None for n in names))


class Autolab:
    """The export of an assessment."""

    name = "Autolab"
    naming = "<e-mail address>_<version>_<file>"
    gradebook: type[Gradebook] | None = None

    def recognises(self, top: Sequence[str]) -> bool:
        """Whether most names are Autolab's own."""
        form = _form(top)
        return sum(form.fullmatch(n) is not None for n in top) * 2 > len(top)

    def submissions(self, export: Export) -> list[ExportedSubmission]:
        """The latest version of each sender."""
        versions: dict[str, dict[int, re.Match[str]]] = defaultdict(dict)
        known = set()
        for match in filter(None, map(_form(export.top).fullmatch, export.names)):
            versions[match["mail"]][int(match["version"])] = match
            known.add(match.string)
        found = []
        for mail, several in versions.items():
            latest = several[max(several)]
            notes = ("of several versions the latest counts",) if len(several) > 1 else ()
            metadata = SubmissionMetadata((Student((mail, mail.partition("@")[0])),))
            found.append(ExportedSubmission(mail, metadata, {latest["file"]: latest.string}, notes))
        return [*found, *unnamed(export.names, known)]
