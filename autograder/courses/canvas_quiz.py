"""Canvas' quizzes: the zip of "download all files" of the questions that ask for a file.

A file is ``<last>_<first><user id>_question_<question id>_<attachment id>_<file>``, of the latest attempt alone. The
name has lost letters that are not ASCII. It may end in digits, too, of which nothing parts the number.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
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
        # A number follows a letter, or a name that ends in digits or has lost its letters.
        clear = [len(_digits(sender)) for sender in senders if re.search(r"[^\W\d_][0-9]+$", sender)]
        lengths = set(clear or (len(_digits(sender)) for sender in senders))
        found = [_submission(sender, lengths, files) for sender, files in senders.items()]
        return [*found, *unnamed(export.names, {m.string for files in senders.values() for m in files})]


def _match(name: str) -> re.Match[str] | None:
    match = _FILE.fullmatch(name)
    return match if match and is_word(match["sender"].replace("-", "_")) else None


def _digits(sender: str) -> str:
    """The digits at the end."""
    return sender[len(sender.rstrip("0123456789")) :]


def _split(sender: str, longest: int) -> tuple[str, str]:
    """A sender's name and number: all digits at the end, or the last ones where there are many more than elsewhere."""
    digits = _digits(sender)
    number = digits if len(digits) <= longest + 1 else digits[-longest:]
    return sender.removesuffix(number).rstrip("_"), number


def _submission(sender: str, lengths: set[int], matches: Sequence[re.Match[str]]) -> ExportedSubmission:
    """A sender's submission, where the numbers of others have these lengths."""
    name, user = _split(sender, max(lengths))
    asked = {m["question"] for m in matches}
    files: dict[str, str] = {}
    for match in sorted(matches, key=lambda m: int(m["attachment"])):
        file = match["file"]
        if file in files and len(asked) > 1:
            file = f"question_{match['question']}/{file}"
        files[file] = match.string
    # A number of another length may have begun as the end of a name: it counts where the name agrees.
    system = "Canvas" if lengths == {len(user)} else ""
    student = Student((user,), name.replace("_", " "), system=system, number=user)
    return ExportedSubmission(sender, SubmissionMetadata((student,)), files)
