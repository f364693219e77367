"""The assignment in which students write the properties: what is deficient in one is caught, and for the right reason."""

import inspect
import sys
from functools import cache

import numpy as np
import pytest
from hypothesis import settings

from autograder.checks.implementations import implementations_in
from autograder.checks.modules import load_module
from autograder.model.result import QuestionResult, Verdict
from autograder.source.draws import PROFILE, fix_draws
from tests.course.grading.classes import assignment, right_answers

MASTER = assignment("properties")
WRONG = [m for several in MASTER.misconceptions.values() for m in several]
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


@cache
def reference_of(question):
    """The reference, which is called once with each implementation: what it draws is always the same."""
    reference, known = getattr(MASTER.reference, question), {}

    def check(*implementations):
        key = tuple(id(i.function) for i in implementations)
        if key not in known:
            try:
                reference(*implementations)
            except AssertionError as error:
                known[key] = str(error)
            else:
                known[key] = None
        if known[key] is not None:
            raise AssertionError(known[key])

    return check


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
    assert judged(question, reference_of(question)).score == MASTER.contract.signature(question).points
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


X, Y, THETA = (
    np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 1.0], [0.5, 0.25]]),
    np.array([0, 1, 1, 0]),
    np.array([0.5, -1.0]),
)
PRIORS, MEANS, VARIANCES = np.array([0.4, 0.6]), np.array([[0.0, 1.0], [2.0, 3.0]]), np.array([[1.0, 0.5], [2.0, 1.0]])
W, MEAN, MEANS_OF_Q, COVARIANCE = np.array([[1.0], [2.0]]), np.array([0.5, 0.0]), np.ones((4, 1)), np.array([[0.5]])
CALLS = {
    "check_log_odds": [(np.array([1.0, -2.0]),), (np.array([0.2, 0.7]),)],
    "check_gradient": [(X, Y, THETA, 1.0)] * 2,
    "check_estimates": [(X, Y, 2, 0.1)],
    "check_posterior": [(X, PRIORS, MEANS, VARIANCES)] * 2,
    "check_sampler": [(5, PRIORS, MEANS, VARIANCES, np.random.default_rng(0))],
    "check_elbo": [(X, MEANS_OF_Q, COVARIANCE, W, MEAN, 1.0), (X, W, MEAN, 1.0)],
}


def odd(value):
    """Other values in its place, most of which no implementation can take."""
    yield from (None, "text", 3, np.random.RandomState(0))
    if isinstance(value, np.random.Generator):
        return
    array = np.asarray(value)
    yield from (array.astype(kind) for kind in (bool, int, np.float16, np.float32, np.uint8, np.int8, complex, object))
    yield from (array.tolist(), array * 0, -array, array * np.nan, array + np.inf, array * 1e200, array * 1e-200)
    yield from (array.flat[0], array[None], array[..., None], array + 0.5, array.ravel(), array.T)
    if array.ndim:
        yield from (array[:-1], array[:1], array[:0], array[0], np.concatenate([array, array]), array[..., :-1])


def outcome(implementation, args):
    getattr(implementation.function, "begin", lambda: None)()
    try:
        value = implementation(*args)
    except Exception as error:  # noqa: BLE001  (any of them tells implementations apart)
        return type(error).__name__
    several = value if isinstance(value, tuple) else (value,)
    return [(type(v).__name__, np.asarray(v).dtype.name, np.shape(v)) for v in several]


@pytest.mark.parametrize("question", CALLS)
def test_no_mistake_shows_in_how_implementations_fail_or_in_the_types_of_values(question):
    """A property is to find what is wrong with an answer. That a class without examples raises ValueError is one.

    Nor are hidden right ones stricter than those that students see: a list that Hypothesis draws may be empty.
    """
    (found,) = (q for q in MASTER.questions if q.name == question)
    every = {True: [], False: []}
    for p in found.properties:
        every[p.required and not p.hidden].extend(implementations_in(p))
    for position, args in enumerate(CALLS[question]):
        for at, value in enumerate(args):
            for other in odd(value):
                given = (*args[:at], other, *args[at + 1 :])
                public = [outcome(several[position], given) for several in every[True]]
                if public[0] == "ValueError" and question == "check_estimates":
                    continue
                rest = {several[0].says: outcome(several[position], given) for several in every[False]}
                assert {says: o for says, o in rest.items() if o not in public} == {}, (at, other)


@pytest.mark.parametrize("question", [q.name for q in MASTER.questions])
def test_a_property_that_always_raises_earns_nothing(question):
    def always(*_):
        raise AssertionError

    assert judged(question, always).score == 0


@pytest.mark.parametrize("question", [q.name for q in MASTER.questions])
def test_a_property_that_misses_one_group_loses_its_points_and_no_others(question):
    reference = reference_of(question)
    (found,) = (q for q in MASTER.questions if q.name == question)
    groups = {p: {several[0].says for several in implementations_in(p)} for p in found.properties if not p.required}
    for p, missed in groups.items():

        def blind(*implementations, missed=missed):
            if implementations[0].says not in missed:
                reference(*implementations)

        result = judged(question, blind)
        assert [r.name for r in result.properties if r.verdict is Verdict.FAILED] == [p.id]
        assert result.score == result.points - p.points


def test_the_lines_of_the_handout_that_try_a_property_run(monkeypatch, capsys):
    """Hypothesis raises an ExceptionGroup where it finds two failures, which is no AssertionError."""
    _, _, code = (
        (MASTER.folder / "README.md").read_text(encoding="utf-8").partition("```python\nfrom autograder.checks")
    )
    monkeypatch.syspath_prepend(MASTER.folder)
    monkeypatch.setitem(sys.modules, "properties", MASTER.reference)
    settings.load_profile("default")
    with np.errstate(all="ignore"):
        exec("from autograder.checks" + code.partition("```")[0], {})
    settings.load_profile(PROFILE)
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 5
    assert all(line.startswith("catches one that ") for line in said)
