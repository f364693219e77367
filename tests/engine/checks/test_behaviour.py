"""Mistakes that show in how answers hang together, not in single ones."""

import numpy as np

from autograder.checks.behaviour import not_from_rng, rng_is_not_used
from autograder.checks.functions import Function, as_caller
from autograder.model.contract import Returns, Signature

DRAWS = Signature("f", 2, {"n": None, "rng": None}, (Returns("real", ("3",)),))


def logged(student, seeds=(1, 1, 2)):
    log = []
    f = Function(DRAWS, as_caller(student), log, hidden=False)
    for seed in seeds:
        f(3, np.random.default_rng(seed))
    return log


def test_two_answers_to_one_call_do_not_come_from_rng():
    other = np.random.default_rng(0)
    assert not_from_rng(logged(lambda n, rng: other.normal(size=n)))
    assert not not_from_rng(logged(lambda n, rng: rng.normal(size=n)))
    assert not not_from_rng(logged(lambda n, rng: other.normal(size=n), seeds=(1, 2, 3)))


def test_calls_with_two_functions_are_not_one_call():
    takes = Signature("f", 2, {"function": None, "rng": None}, (Returns("real", ()),))
    log = []
    f = Function(takes, as_caller(lambda function, rng: function(rng.normal())), log, hidden=False)
    for factor in (1, 2):
        f(lambda x, factor=factor: factor * x, np.random.default_rng(1))
    assert log[0].value != log[1].value
    assert not not_from_rng(log)


def test_rng_is_used_where_a_call_advances_it():
    other = np.random.default_rng(0)
    assert rng_is_not_used(logged(lambda n, rng: other.normal(size=n)))
    assert rng_is_not_used(logged(lambda n, rng: np.zeros(n)))
    assert not rng_is_not_used(logged(lambda n, rng: rng.normal(size=n)))
    assert not rng_is_not_used([])
