"""A result in the form of Gradescope's ``results.json``, and back.

Format: https://gradescope-autograders.readthedocs.io/en/latest/specs/
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder import __version__
from autograder.model.result import (
    Counterexample,
    Diagnosis,
    PropertyResult,
    QuestionResult,
    ShownCall,
    SubmissionResult,
    Verdict,
)
from autograder.model.status import Kind, Status
from autograder.report.files import as_table
from autograder.wording.markdown import as_markdown, escaped, head
from autograder.wording.statements import stand_in_note


def to_results(result: SubmissionResult, *, private: bool = True) -> dict[str, Any]:
    """The whole result as a results.json table.

    Args:
        result: of one submission.
        private: whether ``extra_data`` may hold what only the instructor may see (the inputs of hidden
            properties); False where students could read the file.

    """
    return {
        "score": _number(result.score),
        "execution_time": round(result.seconds, 3),
        "output": head(result),
        "output_format": "md",
        "test_output_format": "md",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [
            _test(f"{i}.{j}", question, found)
            for i, question in enumerate(result.questions, 1)
            for j, found in enumerate(question.properties, 1)
        ],
        "extra_data": {"autograder": __version__, "result": _plain(result, private=private)},
    }


def _test(number: str, question: QuestionResult, found: PropertyResult) -> dict[str, Any]:
    output = escaped(stand_in_note(question)) if found.earned else as_markdown(question, found)
    return {
        "score": _number(found.score),
        "max_score": _number(found.points),
        "status": "passed" if found.earned else "failed",
        "name": f"{question.name}: {found.title}",
        "number": number,
        "output": output,
        "visibility": "visible",
    }


def _number(points: float) -> float:
    return int(points) if float(points).is_integer() else round(points, 6)


def _plain(result: SubmissionResult, *, private: bool) -> dict[str, Any]:
    table: dict[str, Any] = as_table(result)
    # The time is stored once, outside: two gradings of one submission differ in times only.
    table.pop("seconds")
    table |= {"status": result.status.kind.value, "detail": result.status.detail}
    for question in table["questions"]:
        question.pop("seconds")
        for found in question["properties"]:
            if found["hidden"] and not private:
                found["counterexample"] = None
    return table


def from_results(table: Mapping[str, Any]) -> SubmissionResult:
    """The result that :func:`to_results` wrote.

    Raises:
        KeyError: the table was written by something else.

    """
    plain = dict(table["extra_data"]["result"])
    questions = tuple(_question(q) for q in plain.pop("questions"))
    notes = tuple(plain.pop("notes"))
    status = Status(Kind(plain.pop("status")), plain.pop("detail"))
    return SubmissionResult(**plain, status=status, questions=questions, notes=notes, seconds=table["execution_time"])


def _question(plain: Mapping[str, Any]) -> QuestionResult:
    return QuestionResult(
        name=plain["name"],
        properties=tuple(_property(p) for p in plain["properties"]),
        diagnoses=tuple(map(_diagnosis, plain["diagnoses"])),
        given=tuple(plain["given"]),
    )


def _diagnosis(plain: Mapping[str, Any]) -> Diagnosis:
    return Diagnosis(**{**plain, "checks": tuple(plain["checks"])})


def _property(plain: Mapping[str, Any]) -> PropertyResult:
    example = plain["counterexample"]
    if example:
        calls = tuple(ShownCall(**c) for c in example["calls"])
        example = Counterexample(**{**example, "calls": calls})
    return PropertyResult(**{**plain, "verdict": Verdict(plain["verdict"]), "counterexample": example})
