"""Canvas' quizzes: the zip of "download all files" of the questions that ask for a file.

A file is ``<last>_<first><user id>_question_<question id>_<attachment id>_<file>``; only the latest attempt is there.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence

from autograder.courses.canvas import is_word
from autograder.courses.gradebook import Gradebook
from autograder.courses.system import Export, ExportedSubmission, unnamed
from autograder.model.people import Student, SubmissionMetadata

_FILE = re.compile(
    r"(?P<sender>[^/]*?[0-9])_question_(?P<question>[0-9]+)_(?P<attachment>[0-9]{1,20})_(?P<file>.+)", re.DOTALL
)


class CanvasQuiz:
    """The export of a quiz."""

    name = "Canvas quiz"
    naming = "<name><user id>_question_<question id>_<attachment id>_<file>"
    gradebook: type[Gradebook] | None = None

    def recognises(self, top: Sequence[str]) -> bool:
        """Whether most names are Canvas' own."""
        return sum(_match(n) is not None for n in top if not n.endswith("/")) * 2 > len(top)

    def submissions(self, export: Export) -> list[ExportedSubmission]:
        """All files of each sender together."""
        senders: dict[str, list[re.Match[str]]] = defaultdict(list)
        for match in filter(None, map(_match, export.names)):
            senders[unicodedata.normalize("NFC", match["sender"])].append(match)
        # A name may end in digits: the numbers of one Canvas have a usual length.
        lengths = Counter(len(_split(sender, 0)[1]) for sender in senders)
        usual = min(lengths, key=lambda n: (-lengths[n], n)) if lengths else 0
        found = [_submission(sender, usual, files) for sender, files in senders.items()]
        return [*found, *unnamed(export.names, {m.string for files in senders.values() for m in files})]


def _match(name: str) -> re.Match[str] | None:
    match = _FILE.fullmatch(name)
    return match if match and is_word(match["sender"].replace("-", "_")) else None


def _split(sender: str, usual: int) -> tuple[str, str]:
    """A sender's name and number: as many of the digits at the end as is usual, 0 for all."""
    digits = len(sender) - len(sender.rstrip("0123456789"))
    number = min(usual or digits, digits)
    return sender[: len(sender) - number].rstrip("_"), sender[len(sender) - number :]


def _submission(sender: str, usual: int, matches: Sequence[re.Match[str]]) -> ExportedSubmission:
    name, user = _split(sender, usual)
    asked = {m["question"] for m in matches}
    files: dict[str, str] = {}
    for match in sorted(matches, key=lambda m: int(m["attachment"])):
        file = match["file"]
        if file in files and len(asked) > 1:
            file = f"question_{match['question']}/{file}"
        files[file] = match.string
    student = Student((user,), name.replace("_", " "), system="Canvas", number=user)
    return ExportedSubmission(sender, SubmissionMetadata((student,)), files)
