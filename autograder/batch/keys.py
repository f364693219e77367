"""The key of a result: what it was graded from, as digests."""

from __future__ import annotations

import hashlib

from autograder.model.submission import AnySubmission


def key_of(checks: str, submission: AnySubmission) -> str:
    """Digests of the checks and of a submission, ``checks:submission``: the same key, the same result."""
    parts = (hashlib.sha256(part.encode("utf-8", "surrogatepass")).hexdigest() for part in (checks, repr(submission)))
    return ":".join(part[:32] for part in parts)
