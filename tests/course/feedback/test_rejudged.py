"""A question that failed only through an earlier wrong function has no mistake of its own to name."""

import pytest

from autograder.grade import Assignment, Grader
from autograder.grade.rejudge import still_shown
from autograder.model.result import Diagnosis, PropertyResult, Verdict
from autograder.model.submission import Submission
from autograder.sandbox.sandbox import Sandbox
from tests.course.grading.classes import ROOT

MISTAKE = """\
import numpy as np

from autograder.checks import misconception


@misconception(says="You weigh by half the squares.", hint="Weigh by theta itself.")
def half_the_squares(X, theta):
    return X @ theta**2 / 2
"""
DOUBLES_WRONGLY = "import numpy as np\n\n\ndef double(z):\n    return np.asarray(z) ** 2\n\n\n"
THROUGH_DOUBLE = "def weigh(X, theta):\n    return X @ double(theta) / 2\n"
BY_ITSELF = "def weigh(X, theta):\n    return X @ theta**2 / 2\n"


@pytest.fixture
def graded(toy):
    """Grade a source for the toy assignment, whose ``weigh`` has a known mistake; its two questions."""
    (toy / "misconceptions" / "weigh.py").write_text(MISTAKE, encoding="utf-8")

    def graded(source, *, rejudge=True):
        contract = toy / "tests" / "contract.toml"
        text = contract.read_text(encoding="utf-8")
        contract.write_text(f"rejudge = {str(rejudge).lower()}\n{text}", encoding="utf-8")
        with Sandbox() as sandbox:
            result = Grader(Assignment(toy), sandbox).grade(Submission("ada", source))
        assert result.status.words == "graded", result.message
        return result.questions

    return graded


def test_a_question_that_judging_again_made_full_has_no_diagnosis(graded):
    double, weigh = graded(DOUBLES_WRONGLY + THROUGH_DOUBLE)
    assert double.score < double.points
    assert [d.name for d in double.diagnoses] == ["squares"]
    assert (weigh.score, weigh.given, weigh.diagnoses) == (weigh.points, ("double",), ())


def test_without_judging_again_the_mistake_is_named_where_it_shows(graded):
    _, weigh = graded(DOUBLES_WRONGLY + THROUGH_DOUBLE, rejudge=False)
    assert weigh.score < weigh.points
    assert (weigh.given, [d.name for d in weigh.diagnoses]) == ((), ["half_the_squares"])


def test_a_mistake_of_its_own_keeps_its_name(graded):
    _, weigh = graded(DOUBLES_WRONGLY + BY_ITSELF)
    assert weigh.score < weigh.points
    assert (weigh.given, [d.name for d in weigh.diagnoses]) == ((), ["half_the_squares"])


def test_of_a_mistake_named_by_some_checks_those_that_still_fail_stay():
    def found(name, *, passed):
        return PropertyResult(name, name, 1, False, Verdict.PASSED if passed else Verdict.FAILED)

    whole, some = Diagnosis("m", "You.", "Do not."), Diagnosis("m", "You.", "Do not.", ("a", "b"))
    one_left = [found("a", passed=True), found("b", passed=False), found("c", passed=False)]
    assert still_shown(some, one_left).checks == ("b",)
    assert still_shown(whole, one_left) == whole
    assert still_shown(some, [found("a", passed=True), found("b", passed=True), found("c", passed=False)]) is None
    assert still_shown(whole, [found("a", passed=True)]) is None


NO_CONSTANT = """


def log_joint(X, Z, W, mean, noise_variance):
    residuals = X - mean - Z @ W.T
    constant = len(mean) * np.log(2 * np.pi * noise_variance)
    return -0.5 * ((Z**2).sum(axis=1) + (residuals**2).sum(axis=1) / noise_variance + constant)


def importance_log_marginal(X, q_means, q_covariance, W, mean, noise_variance, n_samples, rng):
    root = np.linalg.cholesky(q_covariance)
    draws = rng.normal(size=(len(X) * n_samples, len(root)))
    Z = np.repeat(q_means, n_samples, axis=0) + draws @ root.T
    log_q = -0.5 * ((draws**2).sum(axis=1) + len(root) * np.log(2 * np.pi)) - np.log(np.diag(root)).sum()
    logs = (log_joint(np.repeat(X, n_samples, axis=0), Z, W, mean, noise_variance) - log_q).reshape(len(X), n_samples)
    return _log_mean(logs.T)
"""


def test_a_right_function_stands_in_for_whole_arrays_of_draws():
    """All draws of all examples in one call are the largest that a check leads to: six thousand rows of thirty numbers."""
    master = Assignment(ROOT / "solutions" / "latent_variables")
    source = (master.folder / "latent_variables.py").read_text(encoding="utf-8") + NO_CONSTANT
    with Sandbox() as sandbox:
        questions = {q.name: q for q in Grader(master, sandbox).grade(Submission("ada", source)).questions}
    lost = {name for name, q in questions.items() if q.score < q.points}
    assert lost == {"log_joint"}
    assert questions["importance_log_marginal"].given == ("log_joint",)
