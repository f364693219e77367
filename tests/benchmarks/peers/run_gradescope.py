"""The plain tests under gradescope-utils: a unittest with a weight for each question, and Gradescope's results.json."""

import unittest
from pathlib import Path

import naive_bayes
import plain
from gradescope_utils.autograder_utils.decorators import weight
from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner


def _test(question, points):
    @weight(points)
    def test(self):
        for seed in range(plain.SEEDS):
            plain.check(question, getattr(naive_bayes, question), seed)

    return test


Tests = type("Tests", (unittest.TestCase,), {f"test_{q}": _test(q, p) for q, p in plain.POINTS.items()})

if __name__ == "__main__":
    with Path("results.json").open("w", encoding="utf-8") as file:
        JSONTestRunner(visibility="visible", stream=file).run(unittest.defaultTestLoader.loadTestsFromTestCase(Tests))
