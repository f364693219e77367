"""Estimators that others wrote, who never saw our checks, handed in as answers: each gets what its mathematics deserves."""

import ast
import functools
import importlib.util
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.audit.candidates import Candidate, grade_all

ROOT = Path(__file__).resolve().parents[3]
ADAPTERS = Path(__file__).parent / "adapters"


@dataclass(frozen=True)
class Stranger:
    """An adapter, the assignment that it answers, the package it needs, and exactly the properties it deserves to fail."""

    name: str
    assignment: str
    package: str
    fails: frozenset[str] = frozenset()


STRANGERS = [
    Stranger("sklearn_naive_bayes", "naive_bayes", "sklearn"),
    Stranger("scipy_normal", "naive_bayes", "scipy"),
    Stranger("scipy_multivariate_normal", "latent_variables", "scipy"),
    Stranger("scipy_logistic", "logistic_regression", "scipy"),
    # The probability is rounded to 0 or 1 before the logarithm is taken.
    Stranger(
        "scipy_bernoulli",
        "logistic_regression",
        "scipy",
        frozenset({"log_likelihood.is_accurate_far_from_the_line", "log_likelihood.equals_the_definition"}),
    ),
    # It answers 0 where both classes are equally probable.
    Stranger(
        "sklearn_logistic_regression",
        "logistic_regression",
        "sklearn",
        frozenset({"predict.a_tie_is_class_1", "predict.the_line_separates_the_labels"}),
    ),
    # An intercept that is not penalised makes another model.
    Stranger(
        "sklearn_with_intercept",
        "logistic_regression",
        "sklearn",
        frozenset(
            {
                "fit.the_gradient_vanishes",
                "fit.converges_on_many_examples",
                "fit.converges_under_weak_and_strong_priors",
                "fit.finds_the_map_estimate",
            }
        ),
    ),
    # The cost rounds as scipy_bernoulli does; the fit has an intercept and stops early.
    Stranger(
        "mlxtend_logistic_regression",
        "logistic_regression",
        "mlxtend",
        frozenset(
            {
                "log_likelihood.is_accurate_far_from_the_line",
                "log_likelihood.equals_the_definition",
                "fit.the_gradient_vanishes",
                "fit.converges_on_many_examples",
                "fit.exchanging_the_labels_negates_theta",
                "fit.twice_the_data_balance_twice_the_prior",
                "fit.converges_under_weak_and_strong_priors",
                "fit.finds_the_map_estimate",
            }
        ),
    ),
    # Version 0.1.2 adds the gradient of the penalty where it subtracts that of the likelihood: without a prior it is right.
    Stranger(
        "numpy_ml_logistic_regression",
        "logistic_regression",
        "numpy_ml",
        frozenset(
            {
                "gradient.predicts_how_the_log_posterior_changes",
                "gradient.the_prior_pulls_towards_zero",
                "gradient.equals_the_definition",
            }
        ),
    ),
    # It multiplies densities, which become 0 far away and in many dimensions: 0 / 0.
    Stranger(
        "mixed_naive_bayes",
        "naive_bayes",
        "mixed_naive_bayes",
        frozenset({"posterior.features_that_tell_nothing_cancel", "posterior.far_from_every_class_the_nearest_wins"}),
    ),
]


def test_every_adapter_is_judged():
    assert {s.name for s in STRANGERS} == {p.stem for p in ADAPTERS.glob("*.py")}


def installed(stranger):
    return importlib.util.find_spec(stranger.package) is not None


def candidate(stranger):
    adapter = (ADAPTERS / f"{stranger.name}.py").read_text(encoding="utf-8")
    reference = ROOT / "solutions" / stranger.assignment / f"{stranger.assignment}.py"
    functions = [n.name for n in ast.parse(adapter).body if isinstance(n, ast.FunctionDef)]
    answered = tuple(name for name in functions if not name.startswith("_"))
    return Candidate(stranger.name, f"{reference.read_text(encoding='utf-8')}\n\n{adapter}", answered)


@pytest.fixture(scope="module")
def judged_of():
    """All who answer an assignment are judged together, once."""

    @functools.cache
    def judged(assignment):
        answers = [candidate(s) for s in STRANGERS if s.assignment == assignment and installed(s)]
        return {found.id: found for found in grade_all(ROOT / "solutions" / assignment, answers)}

    return judged


@pytest.mark.parametrize("stranger", STRANGERS, ids=lambda s: s.name)
def test_the_verdict_is_what_the_mathematics_deserves(stranger, judged_of):
    if not installed(stranger):
        pytest.skip(f"{stranger.package} is not installed; pip install it to judge it")
    judged = judged_of(stranger.assignment)[stranger.name]
    assert judged.status == "graded"
    assert {".".join(key) for key in judged.failed} == stranger.fails
    assert judged.lost == {name.partition(".")[0] for name in stranger.fails}
