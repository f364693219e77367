"""Describe how wrong answers are related to the right ones, where no known mistake gives them.

Half of them, without their fractions, in another shape, right but for what overflows, right for two classes and wrong
for more: what is said holds in every answer to the question. So it is true of a mistake that nobody foresaw.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import permutations
from typing import Any

import numpy as np

from autograder.checks.behaviour import not_from_rng, rng_is_not_used, same_arguments
from autograder.checks.judging import silenced
from autograder.checks.number_relations import FEWEST, RELATIONS, Part, all_right
from autograder.checks.outcomes import Outcome, Outcomes, is_answer, is_large
from autograder.checks.returns import bind, real_array
from autograder.model.calls import Answer
from autograder.model.contract import Signature
from autograder.model.result import Diagnosis
from autograder.model.values import alike

MOST_CLASSES = 2


@silenced()
def find_relation(
    signature: Signature, right: Callable[..., Any], answers: Sequence[Answer], outcomes: Outcomes
) -> Diagnosis | None:
    """How all of a student's answers are related to the right ones, or None.

    Args:
        signature: of the question.
        right: the reference.
        answers: every answer to the question's checks.
        outcomes: of functions on its calls.

    """
    ours = [a for a in answers if a.call.function == signature.name]
    if any(not is_answer(a) or is_large(a.call) for a in ours):
        return None
    if any(map(_is_random_or_calls, ours)):
        if found := next((Diagnosis(name, says, hint) for name, shows, says, hint in _BEHAVIOURS if shows(ours)), None):
            return found
        return _SAME_FOR_ANY_STATE if _ignores_the_state(ours, right, outcomes) else None
    pairs = [(a, outcomes.of(right, a.call)) for a in ours]
    wrong = [not outcome.gives(a) for a, outcome in pairs]
    if not any(wrong):
        return None
    if all(outcome.exception for (_, outcome), w in zip(pairs, wrong, strict=True) if w):
        silent = [a.fault is None for (a, _), w in zip(pairs, wrong, strict=True) if w]
        return _SILENT if all(silent) else None if any(silent) else _ANOTHER
    failed = [a.fault is not None or bool(outcome.exception) for a, outcome in pairs]
    if signature.several and (
        found := _of_tuples([p for p, f, w in zip(pairs, failed, wrong, strict=True) if w and not f])
    ):
        return found
    if not any(f and w for f, w in zip(failed, wrong, strict=True)):
        parts = _parts(signature, [pair for pair, f in zip(pairs, failed, strict=True) if not f])
        if parts and all_right(parts):
            return CHANGES_AN_ARGUMENT
        for name, holds, says, hint in RELATIONS if parts else ():
            if holds(parts):
                return Diagnosis(name, says, hint)
    return _only_for(signature, pairs, wrong)


def _is_random_or_calls(answer: Answer) -> bool:
    return any(hasattr(v, "bit_generator") or callable(v) for v in (*answer.call.args, *answer.call.kwargs.values()))


def _ignores_the_state(answers: Sequence[Answer], right: Callable[..., Any], outcomes: Outcomes) -> bool:
    """Whether the state of generators changes no answer of the student's, but does change the right ones."""
    groups: list[list[Answer]] = []
    for answer in answers:
        if answer.fault is not None or any(callable(v) for v in (*answer.call.args, *answer.call.kwargs.values())):
            return False
        group = next((g for g in groups if same_arguments(g[0].call, answer.call, but_for_generators=True)), None)
        if group is None:
            groups.append([answer])
        else:
            group.append(answer)
    if not all(alike(a.value, group[0].value) for group in groups for a in group[1:]):
        return False
    different = 0
    for group in groups:
        ours = [outcomes.of(right, a.call) for a in group[:FEWEST]]
        different += sum(not alike(o.value, ours[0].value) for o in ours[1:])
    return different >= FEWEST


def _parts(signature: Signature, pairs: Sequence[tuple[Answer, Outcome]]) -> list[Part]:
    """Every returned array beside the right one, but for those of a tuple that are always right.

    None at all where some cannot be compared.
    """
    found: list[list[Part]] = [[] for _ in signature.returns]
    for answer, outcome in pairs:
        theirs = answer.value if signature.several else (answer.value,)
        ours = outcome.value if signature.several else (outcome.value,)
        if not isinstance(theirs, (tuple, list)) or len(theirs) != len(ours):
            return []
        n = _sizes(signature, answer).get("n", 0)
        for mine, other, parts in zip(theirs, ours, found, strict=True):
            one, right = real_array(mine), real_array(other)
            if one is None or right is None:
                return []
            parts.append(Part(one, right, n))
    wrong = [parts for parts in found if not all_right(parts)]
    return [p for parts in wrong or found for p in parts]


def _of_tuples(pairs: Sequence[tuple[Answer, Outcome]]) -> Diagnosis | None:
    """What is wrong with the tuples, if the numbers in them are right."""
    if len(pairs) < FEWEST:
        return None
    for name, holds, says, hint in _TUPLES:
        if all(holds(answer.value, outcome.value) for answer, outcome in pairs):
            return Diagnosis(name, says, hint)
    return None


def _equal(theirs: Any, ours: Any) -> bool:
    one = real_array(theirs)
    return one is not None and alike(one.astype(float), np.asarray(ours, dtype=float))


def _in_another_order(theirs: Any, ours: Sequence[Any]) -> bool:
    if not isinstance(theirs, (tuple, list)) or len(theirs) != len(ours):
        return False  # theirs may be long
    if all(map(_equal, theirs, ours)):
        return False
    return any(all(map(_equal, order, ours)) for order in permutations(theirs))


def _in_one_array(theirs: Any, ours: Sequence[Any]) -> bool:
    return _equal(theirs, np.concatenate([np.ravel(value) for value in ours]))


def _one_alone(i: int, theirs: Any, ours: Sequence[Any]) -> bool:
    return i < len(ours) and _equal(theirs, ours[i])


_TUPLES: tuple[tuple[str, Callable[[Any, Sequence[Any]], bool], str, str], ...] = (
    (
        "values_in_another_order",
        _in_another_order,
        "Your values are right, but they are returned in another order than the question names them.",
        "Which value does the question name first?",
    ),
    (
        "values_in_one_array",
        _in_one_array,
        "Your numbers are right, but you join them into one array; a tuple is asked for.",
        "return a, b returns a tuple of two.",
    ),
    (
        "first_value_alone",
        partial(_one_alone, 0),
        "You return the first value only; a tuple is asked for.",
        "Which other value does the question name?",
    ),
    (
        "second_value_alone",
        partial(_one_alone, 1),
        "You return the second value only; a tuple is asked for.",
        "Which other value does the question name?",
    ),
)
CHANGES_AN_ARGUMENT = Diagnosis(
    "changes_an_argument",
    "Your results are right, but an argument is changed: you write into the caller's array.",
    "Operators such as `+=`, assignment to items, `.sort()` and `out=` work in place. Which of your lines does?",
)
_SILENT = Diagnosis(
    "no_error",
    "Your results are right, but where an error is asked for you raise none.",
    "For which inputs is there no answer? Check for them before anything else, and raise.",
)
_ANOTHER = Diagnosis(
    "another_error",
    "Your results are right, but where an error is asked for you raise one of another type.",
    "Which exception does the question name? Check for the input that has no answer, and raise that one yourself.",
)
_SAME_FOR_ANY_STATE = Diagnosis(
    "same_for_any_state",
    "Your function gives the same result whatever the state of rng is: what you draw from it changes nothing.",
    "Do you make a generator from a seed of your own, or compute something that needs no draws? Draw from rng itself.",
)
_BEHAVIOURS: tuple[tuple[str, Callable[[Sequence[Answer]], bool], str, str], ...] = (
    (
        "another_generator",
        not_from_rng,
        "The same state of rng gives different results: you draw elsewhere, too, or keep something between calls.",
        "Search for np.random: every draw should be a method of rng. Does a variable outside the function change?",
    ),
    (
        "rng_not_advanced",
        rng_is_not_used,
        "You do not draw from rng itself: your function leaves it as it was, and the next call returns the same again.",
        "Do you copy rng, or make a generator of your own from a seed? Call methods of rng.",
    ),
)
# --- right for some inputs, wrong for all others ---


def _only_for(signature: Signature, pairs: Sequence[tuple[Answer, Outcome]], wrong: Sequence[bool]) -> Diagnosis | None:
    """What sets the calls with wrong answers apart from those with right ones, in sizes of the input."""
    if sum(wrong) < FEWEST or sum(not w for w in wrong) < FEWEST:
        return None
    sizes = [_sizes(signature, answer) for answer, _ in pairs]
    for name, condition, says, hint in _CONDITIONS:
        found = [condition(s) for s in sizes]
        if None not in found and found == list(wrong):
            return Diagnosis(name, says, hint)
    return None


def _sizes(signature: Signature, answer: Answer) -> dict[str, int]:
    """n, d, K and other letters of the contract, as the call's arguments bind them, and the axes of an argument."""
    found: dict[str, int] = {"axes": max((np.ndim(a) for a in _arrays(answer)), default=0)}
    for name, value in bind(signature, answer.call.args, answer.call.kwargs).items():
        letters = signature.arguments.get(name)
        if isinstance(letters, str) and isinstance(value, (int, np.integer)):
            found.setdefault(letters, int(value))
        elif isinstance(letters, tuple) and len(np.shape(value)) == len(letters):
            found.update({k: s for k, s in zip(letters, np.shape(value), strict=True) if k not in found})
    return found


def _arrays(answer: Answer) -> list[np.ndarray[Any, Any]]:
    arguments = (*answer.call.args, *answer.call.kwargs.values())
    return [array for array in map(real_array, arguments) if array is not None]


def _is(letter: str, holds: Callable[[int], bool], sizes: dict[str, int]) -> bool | None:
    return holds(sizes[letter]) if letter in sizes else None


_CONDITIONS: tuple[tuple[str, Callable[[dict[str, int]], bool | None], str, str], ...] = (
    (
        "wrong_for_more_than_two_classes",
        partial(_is, "K", lambda k: k > MOST_CLASSES),
        "Your answers are right for two classes, and wrong whenever there are more.",
        "Which line assumes that the labels are 0 and 1?",
    ),
    (
        "wrong_unless_two_classes",
        partial(_is, "K", lambda k: k != MOST_CLASSES),
        "Your answers are right for two classes, and wrong for any other number of them.",
        "Which line assumes that the labels are 0 and 1?",
    ),
    (
        "wrong_for_several_features",
        partial(_is, "d", lambda d: d > 1),
        "Your answers are right for one feature, and wrong whenever there are more.",
        "Which line adds up or multiplies over features, and over which axis?",
    ),
    (
        "wrong_for_several_latent_variables",
        partial(_is, "q", lambda q: q > 1),
        "Your answers are right for one latent variable, and wrong whenever there are more.",
        "Which of your matrix products stays the same for q = 1 when a factor is transposed, and changes for q = 2?",
    ),
    (
        "wrong_for_several_examples",
        partial(_is, "n", lambda n: n > 1),
        "Your answers are right for a single example, and wrong whenever there are more.",
        "Do examples influence each other in your code? Over which axis do you add up, or take a maximum?",
    ),
    (
        "wrong_for_a_single_example",
        partial(_is, "n", lambda n: n == 1),
        "Your answers are wrong for a single example, and right for more.",
        "What do squeeze, ddof or a loop from 1 do with one row?",
    ),
    (
        "wrong_unless_a_single_number",
        partial(_is, "axes", lambda axes: axes > 0),
        "Your function works for a single number, and fails for an array.",
        "`if` and the functions of math take one number. What does the same for every element of an array?",
    ),
    (
        "wrong_for_a_single_number",
        partial(_is, "axes", lambda axes: axes == 0),
        "Your function works for arrays, and fails for a single number.",
        "A number has no length, and cannot be looped over or indexed. Does your code do any of these?",
    ),
    (
        "wrong_unless_one_axis",
        partial(_is, "axes", lambda axes: axes != 1),
        "Your function works for arrays of one axis, and fails for a single number and for a table.",
        "What does a loop over a table go through: its numbers, or its rows?",
    ),
)
