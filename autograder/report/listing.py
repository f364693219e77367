"""A student's code as numbered lines, bounded in size, with the functions of some questions marked."""

from __future__ import annotations

import ast
from collections.abc import Collection
from dataclasses import dataclass

from autograder.source.parsing import first_line, parse

MOST_LINES = 1500
LONGEST_LINE = 400


@dataclass(frozen=True, slots=True)
class Span:
    """Consecutive lines, each with its number; ``question`` is the one that they answer, if it is marked."""

    text: str
    question: str = ""


def listing(source: str, questions: Collection[str]) -> list[Span]:
    """The lines of ``source`` in spans; the functions of ``questions`` are spans of their own."""
    lines = source.splitlines()
    marked: dict[int, str] = {}
    for node in parse(source).statements:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name in questions:
            marked |= dict.fromkeys(range(first_line(node), (node.end_lineno or node.lineno) + 1), node.name)
    found: list[Span] = []
    width = len(str(min(len(lines), MOST_LINES)))
    for number, line in enumerate(lines[:MOST_LINES], 1):
        shown = line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]} ..."
        text, question = f"{number:{width}}  {shown}\n", marked.get(number, "")
        if found and found[-1].question == question:
            found[-1] = Span(found[-1].text + text, question)
        else:
            found.append(Span(text, question))
    if len(lines) > MOST_LINES:
        found.append(Span(f"... {len(lines) - MOST_LINES} more lines\n"))
    return found
