"""Every recipe builds what it says, the same each time, with sides that differ and short decimals."""

from functools import lru_cache

import numpy as np
import pytest
from hypothesis import strategies as st

from autograder.checks import (
    SEEDS,
    Recipe,
    arrays,
    choice,
    classification_data,
    decimals,
    gaussian_classes,
    labelled_data,
    labels,
    linear_data,
    number,
    recipe,
    seeds,
    whole,
)
from autograder.checks.cases import build_case, digest, draw_cases
from autograder.model.errors import AuthoringError

OPTIONS = [np.inf, "a", np.array([0.1])]
RECIPES = {
    "arrays": arrays(),
    "arrays of 2 or 3 dimensions": arrays(dimensions=(2, 3)),
    "wide arrays": arrays(scale=100.0),
    "one of three": choice(OPTIONS),
    "number": number(-2, 3),
    "numbers about zero": number(-0.2, 0.2),
    "number in tenths": number(-2, 3, places=1),
    "number in units": number(-2, 3, places=0),
    "whole": whole(2, 5),
    "seeds": seeds(),
    "linear": linear_data(),
    "linear, small": linear_data(rows=3, features=4),
    "classification": classification_data(),
    "labels": labels(),
    "labels of every class": labels(every_class=True),
    "labelled": labelled_data(),
    "labelled twice": labelled_data(per_class=2),
    "labelled three times": labelled_data(per_class=3),
    "gaussian": gaussian_classes(),
    "gaussian, more": gaussian_classes(classes=5, rows=7, features=5),
}


@lru_cache
def cases(name):
    """Draws of one recipe, drawn once for all tests."""
    return draw_cases(name, {"it": RECIPES[name]}, 100)


def drawn(name):
    """The values that they stand for."""
    return [build_case({"it": RECIPES[name]}, case)["it"] for case in cases(name)]


def floats(value):
    if isinstance(value, (tuple, list)):
        return [f for item in value for f in floats(item)]
    array = np.asarray(value)
    return array.ravel().tolist() if array.dtype.kind == "f" else []


@pytest.mark.parametrize("name", RECIPES)
def test_the_same_draws_build_the_same_values(name):
    assert digest({"it": value} for value in drawn(name)) == digest({"it": value} for value in drawn(name))


@pytest.mark.parametrize("name", RECIPES)
def test_a_value_owes_nothing_to_the_global_generator(name, monkeypatch):
    assert cases(name)
    for used in ("normal", "uniform", "randint", "permutation", "seed", "rand", "randn", "choice", "shuffle"):
        monkeypatch.delattr(np.random, used)
    assert drawn(name)


@pytest.mark.parametrize("name", RECIPES)
def test_every_edge_is_among_the_cases_however_few(name):
    made = RECIPES[name]
    cases = [c["it"] for c in draw_cases(name, {"it": made}, 1)]
    assert all(dict(edge) in cases for edge in made.edges)


@pytest.mark.parametrize("name", RECIPES)
def test_cases_vary(name):
    different = {digest([{"it": value}]) for value in drawn(name)}
    assert len(different) >= {
        "one of three": 3,
        "numbers about zero": 40,
        "whole": 4,
        "number in units": 6,
        "number in tenths": 35,
    }.get(name, 45)


@pytest.mark.parametrize("name", sorted(set(RECIPES) - {"one of three", "gaussian", "gaussian, more"}))
def test_numbers_are_short_decimals_and_never_minus_zero(name):
    found = [f for value in drawn(name) for f in floats(value)]
    assert all(f == round(f, 2) for f in found)
    assert not any(f == 0 and np.signbit(f) for f in found)


def test_arrays_have_the_dimensions_asked_for_and_sides_that_differ():
    shapes = {value.shape for value in drawn("arrays")}
    assert {len(shape) for shape in shapes} == {0, 1, 2}
    assert all(len(set(shape)) == len(shape) for shape in shapes)
    assert {max(shape, default=0) for shape in shapes} >= {0, 1, 5, 6}
    assert {value.ndim for value in drawn("arrays of 2 or 3 dimensions")} == {2, 3}


def test_arrays_are_as_wide_as_their_scale():
    wide = np.concatenate([value.ravel() for value in drawn("wide arrays")])
    assert 80 < wide.std() < 120


def test_choice_holds_each_option_as_it_is():
    found = drawn("one of three")
    assert len(found) == 3
    assert all(any(option is value for value in found) for option in OPTIONS)


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [("numbers about zero", -0.2, 0.2), ("number in tenths", -2, 3), ("number in units", -2, 3), ("whole", 2, 5)],
)
def test_numbers_stay_within_their_bounds_and_spread_over_them(name, low, high):
    found = drawn(name)
    assert low <= min(found) < low + 0.1 * (high - low)
    assert high - 0.1 * (high - low) < max(found) <= high


def test_whole_numbers_are_ints():
    assert {type(value) for value in drawn("whole")} == {int}


def test_seeds_start_a_generator():
    for seed in drawn("seeds"):
        np.random.default_rng(seed)
        np.random.RandomState(seed)


@pytest.mark.parametrize("name", ["linear", "linear, small"])
def test_linear_data_fit_together_and_n_is_not_d(name):
    for X, theta in drawn(name):
        n, d = X.shape
        assert theta.shape == (d,)
        assert n != d or (n, d) == (1, 1)
    assert {X.shape for X, _ in drawn(name)} >= {(1, 1), (2, 1), (1, 3)}


def test_classification_data_fit_together_and_n_is_not_d():
    found = drawn("classification")
    for X, y, theta in found:
        n, d = X.shape
        assert (y.shape, theta.shape, y.dtype) == ((n,), (d,), np.int64)
        assert set(y.tolist()) <= {0, 1}
        assert n != d or (n, d) == (1, 1)
    assert {tuple(y.tolist()) for X, y, _ in found if X.shape == (1, 1)} == {(0,), (1,)}


def test_labels_are_labels():
    found = drawn("labels")
    for y, k in found:
        assert y.dtype == np.int64
        assert 0 <= y.min() <= y.max() < k
    assert any(len(set(y.tolist())) < k for y, k in found), "a class without examples is a case"
    assert any(np.any(np.diff(y) < 0) for y, _ in found), "labels come in no order"


def test_every_class_occurs_where_that_is_asked():
    for y, k in drawn("labels of every class"):
        assert set(y.tolist()) == set(range(k))


@pytest.mark.parametrize(("name", "per_class"), [("labelled", 1), ("labelled twice", 2), ("labelled three times", 3)])
def test_labelled_data_have_each_class_often_enough_and_d_is_neither_n_nor_k(name, per_class):
    found = drawn(name)
    for X, y, k in found:
        n, d = X.shape
        assert y.shape == (n,)
        assert y.dtype == np.int64
        assert np.bincount(y, minlength=k).min() >= per_class
        assert len(np.bincount(y)) == k
        assert d not in {n, k} or n == d == k == 1
    assert any(np.any(np.diff(y) < 0) for _, y, _ in found), "labels come in no order"


@pytest.mark.parametrize("name", ["gaussian", "gaussian, more"])
def test_gaussian_classes_fit_together_and_d_is_neither_n_nor_k(name):
    for X, priors, means, variances in drawn(name):
        n, d = X.shape
        k = len(priors)
        assert means.shape == variances.shape == (k, d)
        assert d != k
        assert n != d or n == 1
        assert priors.min() > 0
        assert abs(priors.sum() - 1) < 1e-15
        assert variances.min() > 0


def test_gaussian_classes_are_given_in_short_decimals_but_for_the_priors():
    for X, _, means, variances in drawn("gaussian"):
        for part in (X, means, variances):
            assert np.array_equal(part, np.round(part, 2))


def test_decimals_are_short_and_have_no_minus_zero():
    assert decimals([-0.001, 1.005, 2.345678]).tolist() == [0.0, 1.0, 2.35]
    assert not np.signbit(decimals(-0.001))
    assert decimals(1.26, 1) == 1.3


def test_a_recipe_takes_its_edges_first_and_may_take_more():
    @recipe({"n": 7}, n=st.integers(0, 3))
    def lengths(n):
        return np.zeros(n)

    assert isinstance(lengths, Recipe)
    assert lengths.edges == ({"n": 7},)
    more = lengths.also({"n": 9}, {"n": 8})
    assert [e["n"] for e in more.edges] == [7, 9, 8]
    assert lengths.edges == ({"n": 7},)
    assert {case["it"]["n"] for case in draw_cases("lengths", {"it": more}, 30)} == {0, 1, 2, 3, 7, 8, 9}


@pytest.mark.parametrize("edge", [{}, {"m": 1}, {"n": 1, "m": 2}])
def test_an_edge_for_other_draws_is_an_authoring_error(edge):
    with pytest.raises(AuthoringError, match=r"expected an edge of n, seed; found"):
        recipe({"n": 1, "seed": 2}, edge, n=st.integers(0, 1), seed=SEEDS)(lambda n, seed=0: n)
