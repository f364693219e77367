"""Wrong answers that no known mistake gives are described by what they have to do with the right ones, in all answers."""

import numpy as np
import pytest

from autograder.checks.functions import Function, as_caller
from autograder.checks.outcomes import Outcomes
from autograder.checks.relations import find_relation
from autograder.model.contract import Returns, Signature
from tests.engine.checks.calls import logged

LIKE_Z = Signature("f", 1, {"z": None}, (Returns("real", like=("z",)),))
ROWS = Signature("f", 1, {"X": ("n", "d")}, (Returns("real", ("n",)),))
TOTAL = Signature("f", 1, {"X": ("n", "d")}, (Returns("real"),))
TABLE = Signature("f", 1, {"X": ("n", "K")}, (Returns("real", ("n", "K")),))
LABELS = Signature("f", 1, {"X": ("n", "K")}, (Returns("integer", ("n",)),))
PAIR = Signature("f", 1, {"X": ("n", "d")}, (Returns("real", ("d",)), Returns("real", ("d",))), several=True)
DRAWN = Signature("f", 1, {"n": "n", "rng": None}, (Returns("real", ("n",)),))

ZS = [np.array([0.37, -1.21]), np.array([[2.5, -0.4]]), np.array(0.83), np.array([900.0, 1.0]), np.array([0.0])]
XS = [np.random.RandomState(i).normal(size=(2 + i % 3, 1 + (i + 1) % 4)) for i in range(8)]


def found(signature, right, student, inputs, outcomes=None):
    relation = find_relation(signature, right, logged(student, inputs, signature), outcomes or Outcomes(signature))
    return relation and relation.name


def soft(z):
    return z / (1 + np.abs(z))


def odds(z):
    with np.errstate(all="ignore"):
        return np.log(np.abs(z)) - np.log(np.abs(1 - z))


def in_place(z):
    z[...] = soft(z)
    return z.copy()


@pytest.mark.parametrize(
    ("name", "right", "student"),
    [
        (None, soft, soft),
        (None, soft, lambda z: soft(z) + 0.1 * z),
        ("single_precision", soft, lambda z: soft(z.astype(np.float32))),
        pytest.param(
            "single_precision", soft, lambda z: soft((z + 1e4).astype(np.float32) - np.float32(1e4)), id="far_out"
        ),
        ("rounded_results", soft, lambda z: np.round(soft(z), 3)),
        ("right_to_a_few_digits", np.cos, lambda z: (np.sin(z + 1e-6) - np.sin(z)) / 1e-6),
        ("fractions_cut_off", lambda z: 3 * z, lambda z: (3 * z).astype(int)),
        ("opposite_sign", soft, lambda z: -soft(z)),
        ("exponential_of_the_result", soft, lambda z: np.exp(soft(z))),
        ("logarithm_of_the_result", lambda z: np.exp(soft(z)), soft),
        ("constant_factor", soft, lambda z: soft(z) / np.log(2)),
        ("constant_shift", soft, lambda z: soft(z) - 0.918938533),
        ("overflows_or_underflows", np.tanh, lambda z: (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))),
        ("infinity_replaced", odds, lambda z: np.nan_to_num(odds(z))),
        ("nan_instead_of_infinity", odds, lambda z: np.where(np.isinf(odds(z)), np.nan, odds(z))),
        ("right_numbers_in_another_shape", soft, lambda z: soft(z).reshape(-1, 1)),
    ],
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_elementwise(name, right, student):
    assert found(LIKE_Z, right, student, ZS) == name


def test_results_that_stop_at_a_bound_are_clipped():
    many = [np.linspace(-3, 3, 13), np.array([0.2, 2.7]), np.array(-2.5)]
    assert found(LIKE_Z, np.sinh, lambda z: np.clip(np.sinh(z), -2, 2), many) == "results_clipped"
    assert found(LIKE_Z, np.sinh, lambda z: np.where(np.sinh(z) > 2, 0.5, np.sinh(z)), many) is None


def test_an_argument_that_is_written_into():
    log = []
    for z in ZS:
        Function(LIKE_Z, as_caller(in_place), log, hidden=False).with_arguments_after(z)
    assert find_relation(LIKE_Z, soft, log, Outcomes(LIKE_Z)).name == "changes_an_argument"


def test_an_infinity_that_becomes_0_is_no_exponential():
    def student(z):
        return np.nan_to_num(odds(z), neginf=0.0)

    assert found(LIKE_Z, odds, student, [*ZS, *map(np.array, (0.0, 0.0, 0.2, 0.7))]) == "infinity_replaced"


def test_labels_as_one_hot_rows():
    tables = [X for X in XS if X.shape[1] > 1]
    assert found(LABELS, lambda X: X.argmax(axis=1), lambda X: np.eye(5)[X.argmax(axis=1)], tables) == "one_hot_labels"


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("values_in_another_order", lambda X: (X.std(axis=0), X.mean(axis=0))),
        ("values_in_one_array", lambda X: np.concatenate([X.mean(axis=0), X.std(axis=0)])),
        ("first_value_alone", lambda X: X.mean(axis=0)),
        ("second_value_alone", lambda X: X.std(axis=0)),
        (None, lambda X: X.max(axis=0)),
        pytest.param(None, lambda X: (X.std(axis=0), X.mean(axis=0)) * 20, id="too many to go through all orders"),
    ],
)
def test_right_values_in_a_wrong_tuple(name, student):
    assert found(PAIR, lambda X: (X.mean(axis=0), X.std(axis=0)), student, XS) == name


def test_one_number_per_example_where_their_sum_is_asked_for():
    assert found(TOTAL, np.sum, lambda X: X.sum(axis=1), XS) == "not_added_up"
    assert found(TOTAL, np.sum, lambda X: X.sum() / len(X), XS) == "mean_instead_of_the_sum"


def test_a_sum_where_one_number_per_example_is_asked_for():
    assert found(ROWS, lambda X: X.sum(axis=1), np.sum, XS) == "added_up"
    assert found(ROWS, lambda X: X.sum(axis=1), lambda X: X.sum() + 1, XS) is None


def test_a_table_the_wrong_way_round():
    assert found(TABLE, np.exp, lambda X: np.exp(X).T, XS) == "rows_and_columns_exchanged"


def test_labels_that_begin_at_1():
    assert found(LABELS, lambda X: X.argmax(axis=1), lambda X: X.argmax(axis=1) + 1, XS) == "constant_shift"


def test_in_a_pair_one_of_the_two_may_be_right():
    def right(X):
        return X.mean(axis=0), X.var(axis=0)

    assert found(PAIR, right, lambda X: (X.mean(axis=0), X.var(axis=0) * 4), XS) == "constant_factor"
    assert found(PAIR, right, lambda X: (X.mean(axis=0) * 2, X.var(axis=0) * 4), XS) is None
    assert found(PAIR, right, lambda X: (X.mean(axis=0), -X.var(axis=0)), XS) == "opposite_sign"
    assert found(PAIR, right, lambda X: X.sum(axis=0), XS) is None


@pytest.mark.parametrize(
    ("name", "signature", "student"),
    [
        ("wrong_for_more_than_two_classes", TABLE, lambda X: np.exp(X) if X.shape[1] < 3 else np.exp(X) ** 2 + X),
        ("wrong_unless_two_classes", TABLE, lambda X: np.exp(X) if X.shape[1] == 2 else [X[5]]),
        ("wrong_for_several_examples", TABLE, lambda X: np.exp(X) + X[0] - X[-1]),
    ],
)
def test_right_for_some_sizes_only(name, signature, student):
    sizes = [(1, 1), (1, 2), (1, 3), (2, 2), (3, 2), (2, 3), (3, 4), (4, 1), (1, 4)]
    inputs = [np.random.RandomState(i).normal(size=s) for i, s in enumerate(sizes)]
    assert found(signature, np.exp, student, inputs) == name


def test_two_examples_are_a_coincidence():
    assert found(LIKE_Z, soft, lambda z: -soft(z), [np.array([0.4, 2.0])]) is None


def test_random_results_are_not_compared():
    def draw(n, rng):
        return rng.normal(size=n)

    def own(n, rng):
        return np.random.default_rng(n).normal(size=n)

    kept = np.random.default_rng(7)

    def elsewhere(n, rng):
        return kept.normal(size=n) + rng.normal()

    def calls():
        return [(n, np.random.default_rng(n)) for n in (3, 4, 5, 3)]

    assert found(DRAWN, draw, lambda n, rng: -draw(n, rng), calls()) is None
    assert found(DRAWN, draw, own, calls()) == "rng_not_advanced"
    assert found(DRAWN, draw, elsewhere, calls()) == "another_generator"

    def own_seed(n, rng):
        rng.random()
        return np.random.default_rng(n).normal(size=n)

    def exact(n, rng):
        rng.random()
        return np.arange(n)

    several = [(n, np.random.default_rng(i)) for n in (3, 4) for i in range(3)]
    assert found(DRAWN, draw, own_seed, several) == "same_for_any_state"
    several = [(n, np.random.default_rng(i)) for n in (3, 4) for i in range(3)]
    assert found(DRAWN, draw, exact, several) == "same_for_any_state"


@pytest.mark.parametrize(("name", "error"), [("another_error", KeyError), (None, ValueError)])
def test_an_error_of_another_type(name, error):
    def right(z):
        if np.size(z) > 1:
            raise ValueError
        return soft(z)

    def student(z):
        if np.size(z) > 1:
            raise error
        return soft(z)

    assert found(LIKE_Z, right, student, ZS) == name
    assert found(LIKE_Z, right, soft, ZS) == "no_error"


def test_values_in_their_order_are_in_no_other():
    def pair(z):
        return z + 1, 2 * z

    def student(z):
        z[:] = z[::-1].copy()
        return z[::-1] + 1, 2 * z[::-1]

    signature = Signature(
        "f", 1, {"z": None}, (Returns("real", like=("z",)), Returns("real", like=("z",))), several=True
    )
    log = []
    for z in (np.array([1.0, 2.0]), np.array([3.0, 5.0, 4.0]), np.array([0.5, 2.5])):
        Function(signature, as_caller(student), log, hidden=False).with_arguments_after(z)
    assert find_relation(signature, pair, log, Outcomes(signature)).name == "changes_an_argument"
