"""Known mistakes are named on the student's machine, without their code."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.checks import mistakes, question
from autograder.checks.judging import judge
from autograder.cli.check import check
from autograder.cli.common import StudentFolder
from autograder.model.errors import AuthoringError
from autograder.release import bundles


@pytest.fixture
def folder(released_master, tmp_path):
    """A student's folder as it is released."""
    for name, data in bundles.for_students(released_master).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return tmp_path / "toy"


@pytest.fixture
def name(folder):
    """What the mistakes that an answer to ``double`` is found to make say, and their hints."""

    def found(answer):
        q = question.load(folder / "tests/double.py")
        return [
            (d.says, d.hint)
            for d in mistakes.diagnose_by_fingerprint(q, [judge(p, {"double": answer}) for p in q.properties])
        ]

    return found


def test_a_known_mistake_is_named_however_it_is_written(name):
    squares = [("You square z.", "Twice is not squared.")]
    assert name(lambda z: np.asarray(z) * z) == squares
    assert name(lambda z: [[float(v) ** 2 for v in row] for row in z] if np.ndim(z) == 2 else z**2) == squares


@pytest.mark.parametrize(
    "answer",
    [
        lambda z: 2 * z,
        lambda z: 3 * z,
        lambda z: z**2 + 1e-6,
        lambda z: np.where(np.size(z) > 2, z, z**2),
        lambda z: z.no_such,
    ],
    ids=["right", "another mistake", "nearly the same", "the same in some cases", "raises"],
)
def test_another_answer_is_not(name, answer):
    assert name(answer) == []


def test_nothing_is_named_where_not_all_checks_were_judged(folder):
    q = question.load(folder / "tests/weigh.py")
    assert mistakes.diagnose_by_fingerprint(q, []) == ()


def test_check_names_it(folder):
    (folder / "toy.py").write_text("def double(z):\n    return z * z\n", encoding="utf-8")
    double, _ = check(StudentFolder(folder, "toy")).questions
    assert [d.says for d in double.diagnoses] == ["You square z."]


def test_students_cannot_read_the_mistakes_by_looking(folder):
    text = (folder / "tests" / mistakes.FILE).read_text(encoding="utf-8")
    assert "square" not in text
    assert "forgets_negatives" not in text


def test_instructors_may_keep_them_back(master):
    contract = master / "tests/contract.toml"
    contract.write_text(contract.read_text(encoding="utf-8") + '\n[feedback]\nnamed = "after"\n', encoding="utf-8")
    assert f"toy/tests/{mistakes.FILE}" not in bundles.for_students(master)
    contract.write_text(contract.read_text(encoding="utf-8").replace("after", "never"), encoding="utf-8")
    with pytest.raises(AuthoringError, match=r"before.*after"):
        bundles.for_students(master)
