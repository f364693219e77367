"""The assignment in which students write the properties: what is deficient in one is caught, and for the right reason."""

import inspect

import numpy as np
import pytest

from autograder.checks import misconceptions
from autograder.checks.implementations import implementations_in
from autograder.checks.modules import load_module
from autograder.model.result import QuestionResult, Verdict
from autograder.source.draws import fix_draws
from tests.course.grading.classes import THOROUGH, assignment, right_answers

MASTER = assignment("properties")
WRONG = [
    m
    for several in misconceptions.load(MASTER.folder / "misconceptions", vars(MASTER.reference)).values()
    for m in several
]
REFUSES = "rejects a right implementation"
"""Marks the property sets that are not valid: the question earns nothing."""
REASONS = {
    "check_log_odds": {
        "exact_equality": REFUSES,
        "too_strict_far_out": REFUSES,
        "always_raises": REFUSES,
        "returns_a_bool": REFUSES,
        "never_negative": {"catches_mistakes_below_0", "catches_mistakes_elsewhere"},
        "round_trip_only": {"catches_an_overflow", "catches_two_mistakes_that_cancel", "catches_wrong_limits"},
    },
    "check_gradient": {
        "no_prior_drawn": {
            "catches_a_missing_prior",
            "catches_a_prior_missing_in_both",
            "catches_a_wrong_prior_in_both",
        },
        "step_too_small": REFUSES,
        "step_too_large": REFUSES,
        "wrong_identity": REFUSES,
        "flaky": REFUSES,
        "one_example": {"catches_a_mean", "catches_forgotten_examples", "catches_means_in_both"},
        "differences_only": {
            "catches_a_prior_missing_in_both",
            "catches_a_wrong_prior_in_both",
            "catches_means_in_both",
        },
    },
    "check_estimates": {
        "own_wrong_answer": REFUSES,
        "too_strict_far_out": REFUSES,
        "empty_class_swallowed": {"catches_an_empty_class", "catches_other_empty_classes"},
    },
    "check_posterior": {
        "finite_logarithms": REFUSES,
        "exactly_1": REFUSES,
        "wrong_identity": REFUSES,
        "never_far_out": {"catches_nan_far_out", "catches_a_guess_far_out"},
        "equal_priors": {"catches_ignored_priors", "catches_the_impossible"},
        "nan_passes": {"catches_nan_far_out", "catches_the_impossible"},
    },
    "check_sampler": {
        "one_standard_error": REFUSES,
        "two_standard_errors": REFUSES,
        "own_numbers": REFUSES,
        "unit_variances": {"catches_a_wrong_spread"},
        "moments_only": {
            "catches_shared_noise",
            "catches_a_fixed_seed",
            "catches_dependent_examples",
            "catches_other_uses_of_rng",
        },
    },
    "check_elbo": {
        "wrong_posterior": REFUSES,
        "strictly_below_everywhere": REFUSES,
        "posterior_only": {"catches_a_bound_that_ignores_q"},
    },
}


@pytest.fixture(scope="module", autouse=True)
def _draws():
    fix_draws()


def judged(question, function):
    (found,) = (q for q in MASTER.questions if q.name == question)
    return QuestionResult(question, tuple(j.result for j in found.judge({question: function})))


def test_there_are_enough_of_every_kind():
    assert len(WRONG) >= 40
    assert {q.name for q in MASTER.questions} == {m.question for m in WRONG}


@pytest.mark.parametrize("wrong", WRONG, ids=lambda m: f"{m.question}-{m.name}")
def test_a_deficient_property_is_caught_for_the_right_reason(wrong):
    result = judged(wrong.question, wrong.function)
    failed = {p.name for p in result.properties if p.verdict is Verdict.FAILED}
    refused = {p.name for p in result.properties if p.required} & failed
    reason = REASONS[wrong.question].get(wrong.name)
    assert failed
    if reason == REFUSES:
        assert refused
        assert result.score == 0
    else:
        assert not refused
        assert reason in (None, failed)


@pytest.mark.parametrize("path", right_answers("properties"), ids=lambda p: p.stem)
def test_right_properties_in_other_styles_earn_everything(path):
    right = load_module(path, f"right_{path.stem}")
    assert {q.name: judged(q.name, getattr(right, q.name)).score for q in MASTER.questions} == {
        q.name: q.points for q in MASTER.contract.questions
    }


@pytest.mark.parametrize("question", [q.name for q in MASTER.questions])
def test_every_group_is_caught_by_the_reference_alone_and_missed_by_a_property_that_never_raises(question):
    assert judged(question, getattr(MASTER.reference, question)).score == MASTER.contract.signature(question).points
    silent = judged(question, lambda *_: None)
    assert silent.score == 0
    assert {p.name for p in silent.properties if p.verdict is Verdict.FAILED} == {
        p.name for p in silent.properties if not p.required
    }


@pytest.mark.parametrize("question", [q.name for q in MASTER.questions])
def test_implementations_take_the_same_arguments(question):
    """Or a right one refuses what others take; and a wrong one can be recognised by its arguments."""
    (found,) = (q for q in MASTER.questions if q.name == question)
    every = [several for p in found.properties for several in implementations_in(p)]
    for position in zip(*every, strict=True):
        functions = [i.function.pyfunc if isinstance(i.function, np.vectorize) else i.function for i in position]
        assert len({str(inspect.signature(f)) for f in functions}) == 1


@pytest.mark.parametrize("question", [q.name for q in MASTER.questions])
def test_a_property_that_always_raises_earns_nothing(question):
    def always(*_):
        raise AssertionError

    assert judged(question, always).score == 0


@pytest.mark.parametrize("question", [q.name for q in MASTER.questions])
def test_a_property_that_misses_one_group_loses_its_points_and_no_others(question):
    reference = getattr(MASTER.reference, question)
    (found,) = (q for q in MASTER.questions if q.name == question)
    groups = {p: {several[0].says for several in implementations_in(p)} for p in found.properties if not p.required}
    for p, missed in list(groups.items())[:: 1 if THOROUGH else 4]:

        def blind(*implementations, missed=missed):
            if implementations[0].says not in missed:
                reference(*implementations)

        result = judged(question, blind)
        assert [r.name for r in result.properties if r.verdict is Verdict.FAILED] == [p.id]
        assert result.score == result.points - p.points
