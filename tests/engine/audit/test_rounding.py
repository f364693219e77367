"""Verdicts that rounding decides are found, and those that a definition decides are not."""

import numpy as np
import pytest

from autograder.audit import rounding
from autograder.audit.candidates import Candidate
from autograder.audit.margins import margins
from autograder.checks.expectations import expect, observer
from autograder.model.calls import Call

KEY = ("f", "holds")
A = np.array([[0.3, 0.7], [1.1, 0.9]])


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("return float(np.linalg.slogdet(np.outer(z[0], z[0]))[1])", True),
        ("return z * 2", False),
        ("return np.argmax(z - z, axis=1)", False),
        ("return 1 / 0", False),
        ("return z // 0.1", True),
    ],
)
def test_an_answer_that_an_ulp_changes_is_found(body, found):
    candidate = Candidate("a", f"import numpy as np\n\n\ndef f(z):\n    {body}\n", ("f",))
    got = rounding.decided_by_rounding([candidate], {KEY: [Call("f", (A,))]})
    assert got == {"a": frozenset({KEY} if found else ())}


def test_an_answer_that_never_ends_decides_nothing_and_stops_no_other(monkeypatch):
    monkeypatch.setattr(rounding, "SECONDS", 1)
    endless = Candidate("a", "def f(z):\n    while True:\n        pass\n", ("f",))
    right = Candidate("b", "def f(z):\n    return z\n", ("f",))
    got = rounding.decided_by_rounding([endless, right], {KEY: [Call("f", (A,))]})
    assert got == {"a": frozenset({KEY}), "b": frozenset()}


@pytest.mark.parametrize(
    ("difference", "tolerance", "near"), [(5e-10, 1e-9, True), (1e-3, 1e-9, False), (0.03, 0.02, False)]
)
def test_a_margin_is_near_where_rounding_could_turn_the_verdict(difference, tolerance, near):
    with margins() as measured:
        try:
            expect(1 + difference, 1.0, atol=tolerance, rtol=0)
        except Exception:  # noqa: BLE001
            assert difference > tolerance
    assert bool(measured.near) is near
    assert observer.get() is None
