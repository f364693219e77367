"""A short way to call a student's function in a session."""

from __future__ import annotations

from autograder.model.calls import Answer, Call
from autograder.sandbox.session import Session


def ask(
    session: Session, function: str, args: tuple = (), kwargs: dict | None = None, *, seconds=None, **more
) -> Answer:
    """The answer; a fault is raised."""
    answer = session.call(Call(function, args, kwargs or {}, **more), seconds=seconds)
    if answer.fault:
        raise answer.fault
    return answer
