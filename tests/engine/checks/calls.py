"""A student's calls as a property logs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from autograder.checks.functions import Function, as_caller
from autograder.model.calls import Answer
from autograder.model.contract import Signature
from autograder.model.errors import Mismatch, StudentFault


def logged(student: Callable[..., Any], inputs: Iterable[Any], signature: Signature) -> list[Answer]:
    """The calls of a student's function on ``inputs``; a tuple is several arguments."""
    log: list[Answer] = []
    f = Function(signature, as_caller(student), log, hidden=False)
    for args in inputs:
        try:
            f(*(args if isinstance(args, tuple) else (args,)))
        except (Mismatch, StudentFault):
            continue
    return log
