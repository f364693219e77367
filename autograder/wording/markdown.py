"""Feedback as Markdown (CommonMark) for Gradescope."""

from __future__ import annotations

import re

from autograder.model.result import PropertyResult, QuestionResult, SubmissionResult
from autograder.wording.statements import CODE, Statement, headlines, statements_in_question
from autograder.wording.text import line_text, printed

_SPECIAL = re.compile(r"([\\`*_\[\]#|~$])")


def escaped(text: str) -> str:
    """Escape ``text`` so that no part of it is markup or HTML."""
    harmless = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", harmless)


def fenced(text: str) -> str:
    """A fenced code block of ``text``, which may contain backticks."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text.rstrip()}\n{fence}"


def head(result: SubmissionResult) -> str:
    """A submission as a whole."""
    blocks = [escaped(line) for line in headlines(result)]
    if result.message:
        blocks.insert(1, fenced(result.message))
    if result.output:
        blocks += ["Your code printed:", fenced(printed(result.output))]
    return "\n\n".join(blocks)


def as_markdown(question: QuestionResult, result: PropertyResult) -> str:
    """Feedback on one property beside the others of its question."""
    blocks = []
    code: list[str] = []
    for line in statements_in_question(question, result):
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


def _block(line: Statement) -> str:
    text = escaped(line.text)
    match line.label:
        case "mistake":
            return f"**{text}**"
        case "advice":
            return text
        case "hint":
            return f"**Hint:** {text}"
    return f"*{text}*"
