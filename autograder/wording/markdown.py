"""Feedback as Markdown (CommonMark), the form in which Gradescope shows it."""

from __future__ import annotations

import re

from autograder.model.result import PropertyResult, QuestionResult, SubmissionResult
from autograder.wording.statements import CODE, Said, headlines, line_text, told

_SPECIAL = re.compile(r"([\\`*_\[\]#|~$])")


def escaped(text: str) -> str:
    """Text that reads as it is: no part of it is markup, and no part is HTML."""
    harmless = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", harmless)


def fenced(text: str) -> str:
    """Text as a block of code, whatever runs of backticks it holds."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text.rstrip()}\n{fence}"


def head(result: SubmissionResult) -> str:
    """A submission as a whole."""
    blocks = [escaped(line) for line in headlines(result)]
    if result.message:
        blocks.insert(1, fenced(result.message))
    if result.output:
        blocks += ["Your code printed:", fenced(result.output)]
    return "\n\n".join(blocks)


def explained(question: QuestionResult, result: PropertyResult) -> str:
    """What is said of a property that did not pass, with the misconception behind the question's wrong answers."""
    blocks = []
    code: list[str] = []
    for line in told(question, result):
        if line.label in CODE:
            code.append(line_text(line))
            continue
        if code:
            blocks.append(fenced("\n".join(code)))
            code = []
        blocks.append(_block(line))
    if code:
        blocks.append(fenced("\n".join(code)))
    return "\n\n".join(blocks)


def _block(line: Said) -> str:
    text = escaped(line.text)
    match line.label:
        case "mistake":
            return f"**{text}**"
        case "advice":
            return text
        case "hint":
            return f"**Hint:** {text}"
    return f"*{text}*"
