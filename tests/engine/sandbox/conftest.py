"""A sandbox for all tests of this folder, and short ways to run code in it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator

import pytest

from autograder.model.limits import Limits
from autograder.model.submission import Submission
from autograder.sandbox.sandbox import Sandbox, Session

FAST = Limits(call_seconds=0.3, import_seconds=2.0, submission_seconds=20.0, wall_factor=2.0, memory=96 << 20)

Open = Callable[..., Session]


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def run(sandbox: Sandbox) -> Iterator[Open]:
    """Open a session on a source text; closed after the test."""
    opened = []

    def open_(
        source: str, limits: Limits = FAST, helpers: dict[str, str] | None = None, within: Sandbox = sandbox
    ) -> Session:
        submission = Submission("student", textwrap.dedent(source), helpers=helpers or {})
        session = within.open(submission, "answer", limits)
        opened.append(session)
        return session

    yield open_
    for session in opened:
        session.close()
