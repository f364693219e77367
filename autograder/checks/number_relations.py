"""Relations between the arrays that a student's calls returned and the right ones, each with a sentence and a hint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np

from autograder.model.values import alike

Array = np.ndarray[Any, Any]
FEWEST = 3
"""Fewest wrong numbers, or right and wrong answers, that a relation must hold for to be no coincidence."""
SINGLE = 1e-5
"""Relative error that computing in single precision may leave."""
SINGLE_FAR_OUT = 1e-2
"""Error that it may leave where numbers of 10,000 cancel. Only numbers that use all bits of float32 show it then."""
SHORT = 2.0**-12
"""Multiples of it have few bits, so that they do not show in which precision they were computed."""
FEW_DIGITS = 1e-4
MOST_DECIMALS = 8
FEWEST_AT_A_BOUND = 2


@dataclass(frozen=True)
class Part:
    """One returned array with the one that is right; ``n`` is the number of examples in the call, or 0."""

    theirs: Array
    ours: Array
    n: int

    @cached_property
    def is_right(self) -> bool:
        """Whether the numbers agree."""
        return alike(self.theirs, self.ours)

    @property
    def same_shape(self) -> bool:
        """Whether the shapes are equal."""
        return bool(self.theirs.shape == self.ours.shape)

    @cached_property
    def wrong(self) -> Array:
        """Which entries are wrong."""
        theirs, ours = self.theirs.astype(float), self.ours.astype(float)
        near = np.isclose(theirs, ours, rtol=1e-9, atol=1e-9, equal_nan=True)
        return np.asarray(~near)


def _each(holds: Callable[[Part], bool], parts: Sequence[Part]) -> bool:
    """Whether it holds for each part that is wrong, and for enough numbers."""
    bad = [p for p in parts if not p.is_right]
    return sum(p.theirs.size for p in bad) >= FEWEST and all(map(holds, bad))


def _same_numbers(p: Part) -> bool:
    return not p.same_shape and p.theirs.size == p.ours.size and alike(p.theirs.ravel(), p.ours.ravel())


def _transposed(p: Part) -> bool:
    return p.theirs.ndim == 2 and alike(p.theirs.T, p.ours)


def _parts_of_a_sum(p: Part) -> bool:
    return p.ours.ndim == 0 and p.theirs.ndim >= 1 and alike(np.sum(p.theirs), p.ours)


def _sum_of_parts(p: Part) -> bool:
    return p.theirs.ndim == 0 and p.ours.ndim >= 1 and alike(p.theirs, np.sum(p.ours))


def _one_hot(p: Part) -> bool:
    """Whether theirs has one 1 in each row, in the place that the right number says."""
    if p.ours.dtype.kind != "i" or p.ours.ndim != 1 or p.theirs.ndim != 2 or len(p.theirs) != len(p.ours):
        return False
    places = np.arange(p.theirs.shape[1])
    return alike(p.theirs.astype(float), np.equal.outer(p.ours, places).astype(float))


def _each_changed_by(change: Callable[[Array], Array], parts: Sequence[Part]) -> bool:
    """Whether each wrong part is the right one changed, and enough of the right numbers are finite."""
    finite = sum(int(np.isfinite(p.ours).sum()) for p in parts if not p.is_right and p.ours.dtype.kind == "f")
    return finite >= FEWEST and _each(partial(_changed_by, change), parts)


def _changed_by(change: Callable[[Array], Array], p: Part) -> bool:
    with np.errstate(all="ignore"):
        return p.same_shape and p.ours.dtype.kind == "f" and alike(p.theirs, change(p.ours))


def _mean(p: Part) -> bool:
    return p.n > 1 and p.same_shape and alike(p.theirs * p.n, p.ours)


def _all_numbers(parts: Sequence[Part]) -> tuple[Array, Array]:
    """Theirs and ours, each in one array."""
    theirs = np.concatenate([p.theirs.ravel() for p in parts])
    ours = np.concatenate([p.ours.ravel() for p in parts])
    return theirs.astype(float), ours.astype(float)


def _by_a_constant(combine: Callable[[Array, Array], Array], parts: Sequence[Part]) -> bool:
    """Whether ``combine(theirs, ours)`` is the same number at every entry that differs, and enough entries do."""
    if not all(p.same_shape for p in parts):
        return False
    theirs, ours = _all_numbers(parts)
    equal = np.isclose(theirs, ours, rtol=1e-12, atol=0) | (np.isnan(theirs) & np.isnan(ours))
    if np.sum(~equal) < FEWEST or not np.all(np.isfinite(theirs[~equal]) & np.isfinite(ours[~equal])):
        return False
    with np.errstate(all="ignore"):
        constants = combine(theirs[~equal], ours[~equal])
        neutral = combine(theirs[equal], ours[equal])
    different = len(np.unique(np.round(ours[~equal], 9))) >= FEWEST
    untouched = not np.any(np.isfinite(neutral))
    return different and untouched and bool(np.all(np.isclose(constants, constants[0], rtol=1e-7, atol=1e-9)))


def _ratio(theirs: Array, ours: Array) -> Array:
    return np.asarray(theirs / ours)


def _single(parts: Sequence[Part]) -> bool:
    with np.errstate(all="ignore"):
        if not _each(lambda p: alike(p.theirs, p.theirs.astype(np.float32)), parts):
            return False
        bad = [p for p in parts if not p.is_right and p.same_shape]
        long = sum(np.count_nonzero(p.wrong & np.not_equal(p.theirs % SHORT, 0)) for p in bad)
        return _each(partial(_close, SINGLE_FAR_OUT if long >= FEWEST else SINGLE), parts)


def _few_digits(p: Part) -> bool:
    """Whether the error is small beside the largest of the right numbers."""
    if not p.same_shape or p.ours.dtype.kind != "f":
        return False
    largest = np.max(np.abs(p.ours), initial=0.0, where=np.isfinite(p.ours))
    return np.allclose(p.theirs, p.ours, rtol=0, atol=FEW_DIGITS * largest, equal_nan=True)


def _close(tolerance: float, p: Part) -> bool:
    return p.same_shape and np.allclose(p.theirs, p.ours, rtol=tolerance, atol=tolerance, equal_nan=True)


def _rounded(parts: Sequence[Part]) -> bool:
    return any(_each(partial(_is_rounded, k), parts) for k in range(1, MOST_DECIMALS + 1))


def _is_rounded(decimals: int, p: Part) -> bool:
    return p.same_shape and np.allclose(p.theirs, np.round(p.ours, decimals), rtol=1e-13, atol=1e-13)


def _whole(parts: Sequence[Part]) -> bool:
    return any(_each(partial(_changed_by, change), parts) for change in (np.trunc, np.floor, np.round))


def _wrong_only(theirs: Callable[[Array], Array], ours: Callable[[Array], Array], parts: Sequence[Part]) -> bool:
    """Whether every wrong entry is of one kind where the right one is of another, and enough entries are right."""
    right, count = 0, 0
    for p in parts:
        if not p.same_shape:
            return False
        wrong = p.wrong
        if not np.all(theirs(p.theirs[wrong]) & ours(p.ours[wrong])):
            return False
        count += int(wrong.sum())
        right += int(np.sum(~wrong & np.isfinite(p.ours)))
    return count > 0 and right >= FEWEST


def _not_finite(values: Array) -> Array:
    return np.asarray(~np.isfinite(values))


def _clipped(parts: Sequence[Part]) -> bool:
    """Whether wrong numbers are all the smallest or the largest of theirs, and the right ones lie beyond."""
    if not all(p.same_shape and p.ours.dtype.kind == "f" for p in parts):
        return False
    theirs, ours = _all_numbers(parts)
    wrong = np.concatenate([p.wrong.ravel() for p in parts])
    if not np.all(np.isfinite(theirs)) or np.sum(~wrong) < FEWEST or np.sum(wrong) < FEWEST:
        return False
    low, high = theirs.min(), theirs.max()
    below, above = wrong & (theirs == low) & (ours < low), wrong & (theirs == high) & (ours > high)
    enough = all(side.sum() == 0 or side.sum() >= FEWEST_AT_A_BOUND for side in (below, above))
    return enough and bool(np.all(wrong == (below | above)))


def all_right(parts: Sequence[Part]) -> bool:
    """Whether every number agrees."""
    return all(p.is_right for p in parts)


RELATIONS: tuple[tuple[str, Callable[[Sequence[Part]], bool], str, str], ...] = (
    (
        "rows_and_columns_exchanged",
        partial(_each, _transposed),
        "Your numbers are right, but rows and columns are swapped.",
        "Which axis does the question name first? Print the shape of your result.",
    ),
    (
        "right_numbers_in_another_shape",
        partial(_each, _same_numbers),
        "Your numbers are right, but their shape is not the one that is asked for.",
        "Print the shape of your result. Where do reshape, ravel, keepdims or a slice add or remove an axis?",
    ),
    (
        "one_hot_labels",
        partial(_each, _one_hot),
        "You return a row of 0s and a 1 for each example; its label, a number, is asked for.",
        "What does the index of the 1 in a row tell you?",
    ),
    (
        "not_added_up",
        partial(_each, _parts_of_a_sum),
        "You return the terms of the sum; their sum, one number, is asked for.",
        "Your numbers add up to the right result. Which step is left?",
    ),
    (
        "added_up",
        partial(_each, _sum_of_parts),
        "You return one number, the sum of those that are asked for.",
        "Over which axis do you add up? The others should be left.",
    ),
    (
        "single_precision",
        _single,
        "You compute in single precision (float32), which keeps seven digits; double precision is asked for.",
        "Which line turns float64 into float32? Look for dtype and astype.",
    ),
    (
        "rounded_results",
        _rounded,
        "You round your result; the numbers themselves are asked for.",
        "Rounding is for printing. Which line rounds?",
    ),
    (
        "fractions_cut_off",
        _whole,
        "Your results are whole numbers: their fractions are lost.",
        "Do you round or compare? What is the dtype of the array that you write into? Among integers 0.7 becomes 0.",
    ),
    (
        "opposite_sign",
        partial(_each_changed_by, np.negative),
        "Your result has the opposite sign.",
        "Is your function something to maximise or a loss? Work out the sign for one small case by hand.",
    ),
    (
        "mean_instead_of_the_sum",
        partial(_each, _mean),
        "You divide by the number of examples; a sum is asked for, not a mean.",
        "Duplicate every example: should the result double, or stay as it is?",
    ),
    (
        "exponential_of_the_result",
        partial(_each_changed_by, np.exp),
        "You return the exponential of what is asked for.",
        "Is a probability asked for, or its logarithm?",
    ),
    (
        "logarithm_of_the_result",
        partial(_each_changed_by, np.log),
        "You return the logarithm of what is asked for.",
        "Is a probability asked for, or its logarithm?",
    ),
    (
        "constant_factor",
        partial(_by_a_constant, _ratio),
        "Your results are the right ones times a constant factor, the same in every case.",
        "Divide your result by the expected one. Which factor of the formula (1/2, 2, log 2, 2π) is it?",
    ),
    (
        "constant_shift",
        partial(_by_a_constant, np.subtract),
        "Your results are the right ones plus a constant, the same in every case.",
        "Subtract the expected result from yours. Which constant is too many, or missing?",
    ),
    (
        "overflows_or_underflows",
        partial(_wrong_only, _not_finite, np.isfinite),
        "Your results are right except where they are nan or infinite: an intermediate value overflows, or becomes 0.",
        "Which exponential, product or determinant overflows, or is 0 where you take its logarithm or divide by it?",
    ),
    (
        "infinity_replaced",
        partial(_wrong_only, np.isfinite, np.isinf),
        "Your results are right except where they should be infinite: yours are finite there.",
        "log 0 is -inf, and that is the answer. Which epsilon, clip, nan_to_num or condition of yours avoids it?",
    ),
    (
        "nan_instead_of_infinity",
        partial(_wrong_only, np.isnan, np.isinf),
        "Your results are right except where they should be infinite: they are nan there.",
        "inf - inf, inf / inf and 0 · inf are nan. Which of them occurs on the way to your result?",
    ),
    (
        "results_clipped",
        _clipped,
        "Your results are right up to a bound, and stop there: something clips them.",
        "What is the smallest and the largest number that you return? Look for clip, min and max.",
    ),
    (
        "right_to_a_few_digits",
        partial(_each, _few_digits),
        "Your results are right to a few digits only.",
        "Where do digits get lost: in a difference for a derivative, a search that ends early, a small number added?",
    ),
)
