"""What Hypothesis draws in a worker, and what a student's set or generator gives there, is the same in every run."""

from __future__ import annotations

from autograder.model.calls import Call
from autograder.model.limits import Limits
from autograder.model.submission import Submission
from autograder.sandbox.budget import Budget
from autograder.sandbox.sandbox import Sandbox

DRAWS = """
import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

@st.composite
def matrices(draw):
    n = draw(st.integers(1, 4))
    return [[draw(st.floats(-9, 9)) for _ in range(n)] for _ in range(n)]

def draws():
    seen = []

    @given(st.tuples(st.floats(), st.integers(), st.lists(st.text(max_size=3)), st.permutations(range(5)), matrices()))
    def one(values):
        seen.append(repr(values) + repr((random.random(), np.random.random())))

    @settings(max_examples=7, derandomize=False)
    @given(st.sets(st.text(min_size=1, max_size=2)), st.randoms(use_true_random=True))
    def another(texts, rng):
        seen.append(repr(texts) + repr(rng.random()))

    @settings(derandomize=True)
    @given(st.floats())
    def third(value):
        seen.append(repr(value))

    one()
    another()
    third()
    return "\\n".join(seen), len(seen)
"""


def drawn(sandbox, source):
    limits = Limits()
    with sandbox.open(Submission("ada", source), "toy", limits, Budget(limits)) as session:
        answer = session.call(Call("draws"))
    assert answer.fault is None, answer.fault
    text, count = answer.value
    assert count == 25 + 7 + 25, text
    return text


def test_draws_are_the_same_in_every_worker_process_and_environment(monkeypatch):
    texts = set()
    for seed in ("random", "1", "4242"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        with Sandbox() as sandbox:
            texts |= {drawn(sandbox, DRAWS), drawn(sandbox, DRAWS + "\n# a comment\n")}
    assert len(texts) == 1
