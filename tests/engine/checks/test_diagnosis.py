"""A misconception is named when it explains everything the student's function gave, and only then."""

import copy
import warnings

import numpy as np
import pytest

from autograder.checks import misconceptions
from autograder.checks.diagnosis import MOST_REPEATS, diagnose, diagnose_by_check
from autograder.checks.functions import Function, as_caller
from autograder.checks.judging import Judgement
from autograder.model.calls import Answer, Call
from autograder.model.contract import Returns, Signature
from autograder.model.errors import Fault, StudentFault
from autograder.model.result import PropertyResult, Verdict
from tests.engine.checks import calls as student_calls

LIKE_Z = Signature("f", 1, {"z": None}, (Returns("real", like=("z",)),))
ZS = [np.array([1.0, 2.0]), np.array([-1.0, 0.5]), np.array(3.0), np.array([[2.0, -3.0, 0.0]])]
HEADER = "import numpy as np\nfrom autograder.checks import misconception\n\n"


def right(z):
    return 2 * z


@pytest.fixture
def known(tmp_path):
    """Misconceptions of a question ``f``, whose reference is ``right``, from the text of their file."""

    def load(text, reference=right):
        (tmp_path / "f.py").write_text(HEADER + text, encoding="utf-8")
        return misconceptions.load(tmp_path, {"f": reference})["f"]

    return load


def wrong(name, body, *, args="z"):
    return f'@misconception(says="You {name}.", hint="Do not.")\ndef {name}({args}):\n    {body}\n\n'


def logged(student, inputs=tuple(ZS), signature=LIKE_Z):
    return student_calls.logged(student, inputs, signature)


def diagnosed(misconceptions, student, failing=None, signature=LIKE_Z, inputs=tuple(ZS)):
    log = logged(student, inputs, signature)
    found = diagnose(signature, misconceptions, log, log if failing is None else [log[i] for i in failing])
    return found and found.name


SQUARES = wrong("square", "return z ** 2")
HALVES = wrong("halve", "return z / 2")
POSITIVE = wrong("forget_negatives", "return np.where(z > 0, 2 * z, z)")


def test_the_mistake_behind_the_answers_is_named_with_its_hint(known):
    calls = logged(lambda z: z * z)
    found = diagnose(LIKE_Z, known(HALVES + SQUARES + POSITIVE), calls, calls)
    assert (found.name, found.says, found.hint) == ("square", "You square.", "Do not.")


def test_an_answer_that_none_explains_has_no_name(known):
    assert diagnosed(known(HALVES + SQUARES), lambda z: z**3) is None
    assert diagnosed((), lambda z: z**3) is None


@pytest.mark.parametrize("exception", range(len(ZS)))
def test_it_must_explain_every_call_right_ones_included(known, exception):
    def almost(z):
        return 2 * z if z is not None and np.array_equal(z, ZS[exception]) else z / 2

    assert diagnosed(known(HALVES), lambda z: z / 2) == "halve"
    assert diagnosed(known(HALVES), almost) is None


def test_one_last_digit_too_many_is_not_explained(known):
    assert diagnosed(known(SQUARES), lambda z: z**2 + 1e-7) is None
    assert diagnosed(known(SQUARES), lambda z: z**2 * (1 + 1e-13)) == "square"


def test_a_mistake_that_shows_on_some_inputs_only_is_named_by_them(known):
    assert (
        diagnosed(known(SQUARES + POSITIVE), lambda z: np.where(z > 0, 2 * z, z), failing=[1, 3]) == "forget_negatives"
    )


def test_nothing_is_named_where_nothing_of_the_question_failed(known):
    assert diagnosed(known(SQUARES), lambda z: z**2, failing=[]) is None


def test_a_right_function_is_not_blamed_for_another_functions_fault(known):
    """On these inputs the misconception gives the right answers, too."""
    positive = (np.array([1.0]), np.array([2.0]))
    other = Answer(Call("g", (1.0,)), 5.0)
    for student, name in [(right, None), (lambda z: z**2, "square")]:
        calls = [other, *logged(student, positive)]
        found = diagnose(LIKE_Z, known(POSITIVE + SQUARES), calls, calls)
        assert (found and found.name) == name


def test_a_mistake_that_no_answer_shows_is_named_where_no_other_function_took_part(known):
    """Drawing from a copy of the generator gives right answers, but the same ones again."""
    signature = Signature("f", 1, {"rng": None}, (Returns("real"),))
    copies = known(
        wrong("copy", "import copy; return copy.deepcopy(rng).random()", args="rng"), reference=lambda rng: rng.random()
    )
    rng = np.random.default_rng(0)
    assert diagnosed(copies, lambda rng: copy.deepcopy(rng).random(), signature=signature, inputs=(rng, rng)) == "copy"


def test_calls_of_other_functions_play_no_role(known):
    other = Answer(Call("g", (1.0,)), 5.0)
    ours = logged(lambda z: z**2)
    found = diagnose(LIKE_Z, known(SQUARES), [other, *ours], [other, *ours])
    assert found.name == "square"
    assert diagnose(LIKE_Z, known(SQUARES), [other, *ours], [other]) is None


def test_of_two_that_cannot_be_told_apart_the_first_is_named(known):
    assert diagnosed(known(HALVES + HALVES.replace("halve", "divide")), lambda z: z / 2) == "halve"


def test_a_misconception_that_writes_to_its_input_spoils_no_other(known):
    spoils = wrong("spoil", "z *= 5\n    return z")
    calls = logged(lambda z: z**2)
    assert diagnose(LIKE_Z, known(spoils + SQUARES), calls, calls).name == "square"
    assert [c.call.args[0] is z for c, z in zip(calls, ZS, strict=True)] == [True] * len(ZS)
    assert diagnosed(known(spoils), lambda z: 5 * z) == "spoil"


def test_a_read_only_input_is_writable_for_it(known):
    z = np.array([1.0, 2.0])
    z.flags.writeable = False
    assert diagnosed(known(wrong("spoil", "z *= 5\n    return z")), lambda z: 5 * z, inputs=(z,)) == "spoil"
    assert not z.flags.writeable


@pytest.mark.parametrize("z", [np.array([1.0, 2.0]), [np.array([1.0]), np.array([2.0, 3.0])]], ids=["array", "list"])
def test_changing_an_argument_may_be_the_mistake_itself(known, z):
    signature = Signature("f", 1, {"z": None}, (Returns("real"),))
    spoils = known(wrong("spoil", "z[0] *= 5\n    return 1.0"), reference=lambda z: 1.0)

    def in_place(z):
        z[0] *= 5
        return 1.0

    for student, name in [
        (in_place, "spoil"),
        (lambda z: 1.0, None),
        (lambda z: z.__setitem__(0, z[0] * 6) or 1.0, None),
    ]:
        log = []
        Function(signature, as_caller(student), log, hidden=False).with_arguments_after(z)
        found = diagnose(signature, spoils, log, log)
        assert (found and found.name) == name


# --- a mistake in some checks, two mistakes in one question ---


def check(student, inputs, name="p", failing=None):
    """A check that asked ``student`` for ``inputs``, and failed in the cases ``failing``: all of them by default."""
    calls = logged(student, inputs)
    result = PropertyResult(name, name, 1, False, Verdict.FAILED)
    return Judgement(result, calls, calls if failing is None else [calls[i] for i in failing])


def passed(student, inputs, name="passed"):
    return check(student, inputs, name, failing=[])


def named_by_check(misconceptions, *checks):
    return [(d.name, d.checks) for d in diagnose_by_check(LIKE_Z, misconceptions, checks)]


def squares_and(more):
    """Squares arrays, and does something else to single numbers."""
    return lambda z: z**2 if np.ndim(z) else more(z)


ARRAYS = [np.array([float(i), 3.0]) for i in range(1, 6)]
NUMBERS = [np.array(float(i)) for i in range(3, 8)]


def failing_checks(student, *inputs):
    return [check(student, [z], f"{np.ndim(z)}-{i}") for i, z in enumerate(inputs)]


def test_a_mistake_that_explains_three_failing_checks_is_named_by_them(known):
    """In a check that passes the student does something else."""
    student = squares_and(lambda z: 2.0 * z + 1e-7)
    passes = passed(student, [NUMBERS[0]])
    three = failing_checks(student, *ARRAYS[:3])
    assert named_by_check(known(HALVES + SQUARES), *three, passes) == [("square", ("1-0", "1-1", "1-2"))]
    assert named_by_check(known(HALVES + SQUARES), *three[:2], passes) == []
    assert named_by_check((), *three, passes) == []


def test_a_failing_check_that_is_wrong_in_another_way_contradicts(known):
    student = squares_and(lambda z: z + 40)
    assert named_by_check(known(HALVES + SQUARES), *failing_checks(student, *ARRAYS, NUMBERS[0])) == []
    raises = squares_and(lambda z: 1 / 0)
    assert named_by_check(known(HALVES + SQUARES), *failing_checks(raises, *ARRAYS, NUMBERS[0])) == []


def test_a_failing_check_through_another_function_does_not_contradict(known):
    student = squares_and(lambda z: 2.0 * z)
    inherited = failing_checks(student, *NUMBERS)
    found = named_by_check(known(SQUARES), *failing_checks(student, *ARRAYS[:3]), *inherited)
    assert found == [("square", ("1-0", "1-1", "1-2"))]


def test_a_mistake_behind_all_answers_is_named_for_the_whole_question(known):
    assert named_by_check(known(SQUARES), *(check(np.square, [z]) for z in ZS)) == [("square", ())]


def test_two_mistakes_that_together_explain_all_failing_checks_are_both_named(known):
    student = squares_and(lambda z: z / 2)
    both = [("halve", ("0-2", "0-3")), ("square", ("1-0", "1-1"))]
    checks = failing_checks(student, *ARRAYS[:2], *NUMBERS[:2])
    assert named_by_check(known(HALVES + SQUARES), *checks) == both
    mixed = check(student, [ARRAYS[0], NUMBERS[0]], "mixed")
    assert named_by_check(known(HALVES + SQUARES), *checks, mixed) == both
    other = check(lambda z: z + 40, [ARRAYS[0]], "other")
    assert named_by_check(known(HALVES + SQUARES), *checks, other) == []
    assert named_by_check(known(HALVES + SQUARES), *failing_checks(student, *ARRAYS, NUMBERS[0])) == []


def test_checks_that_fail_with_right_answers_name_nothing(known):
    """They fail through another function; on these inputs the misconception is right, too."""
    inherited = [check(right, [z], str(z)) for z in (np.array([1.0]), np.array([2.0]), np.array([3.0]))]
    assert named_by_check(known(POSITIVE), *inherited, passed(lambda z: 2 * z + 1e-7, [NUMBERS[0]])) == []


def test_the_same_exception_in_many_checks_names_nothing(known):
    def raises(z):
        return 1 / 0 if np.ndim(z) else 2.0 * z

    checks = failing_checks(raises, *ARRAYS)
    assert named_by_check(known(wrong("crash", "1 / 0")), *checks, passed(raises, [NUMBERS[0]])) == []


# --- recognised by behaviour ---

NOISY = (
    "def _noisy(answers):\n    return all(0 < abs(a.value - 2 * a.call.args[0]).max() < 1e-3 for a in answers)\n\n"
    + wrong("add_noise", "return 2 * z + 1e-5").replace('not.")', 'not.", behaviour=_noisy)')
)


def test_a_mistake_whose_answers_differ_is_recognised_by_its_behaviour(known):
    assert diagnosed(known(SQUARES + NOISY), lambda z: 2 * z + 1e-4) == "add_noise"
    assert diagnosed(known(SQUARES + NOISY), lambda z: 2 * z + 1e-2) is None
    assert diagnosed(known(SQUARES + NOISY), lambda z: None) is None


def test_the_same_answers_come_before_the_behaviour(known):
    same = wrong("add_a_little", "return 2 * z + 1e-4")
    assert diagnosed(known(NOISY + same), lambda z: 2 * z + 1e-4) == "add_a_little"


def test_behaviour_blames_no_function_for_anothers_fault(known):
    """Its answers are right up to rounding; a call of another function is among the failing ones."""
    ours, other = logged(lambda z: 2 * z + 1e-14), Answer(Call("g", (1.0,)), 5.0)
    assert diagnose(LIKE_Z, known(NOISY), [other, *ours], [other, *ours]) is None


def test_one_mistake_with_any_constant_of_its_family_is_that_mistake(known):
    adds = wrong("add", "return z + tiny", args="z, tiny=1e-3").replace('not.")', 'not.", tiny=(1e-4, 1e-5))')
    for tiny in (1e-3, 1e-4, 1e-5):
        assert diagnosed(known(adds), lambda z, tiny=tiny: z + tiny) == "add"
    assert diagnosed(known(adds), lambda z: z + 1e-6) is None
    assert diagnosed(known(adds), lambda z: z + (1e-4 if np.ndim(z) else 1e-5)) is None


# --- wrong shapes, missing answers, exceptions ---


def test_the_same_wrong_shape_is_the_same_mistake(known):
    column = known(wrong("make_a_column", "return np.reshape(2 * z, (-1, 1))"))
    assert diagnosed(column, lambda z: np.reshape(2 * z, (-1, 1))) == "make_a_column"
    assert diagnosed(column, lambda z: np.reshape(2 * z, (1, -1))) is None
    assert diagnosed(column, lambda z: np.reshape(3 * z, (-1, 1))) is None


def test_a_missing_return_is_a_mistake_of_its_own(known):
    silent = known(wrong("print", "2 * z"))
    assert diagnosed(silent, lambda z: None) == "print"
    assert diagnosed(silent, lambda z: np.nan * z) is None
    assert diagnosed(known(wrong("divide", "return z * np.nan")), lambda z: None, inputs=(np.array(3.0),)) is None


@pytest.mark.parametrize(
    ("error", "name"), [(ZeroDivisionError(), "crash"), (ValueError(), None), (ArithmeticError(), None)]
)
def test_the_same_exception_is_the_same_mistake(known, error, name):
    def raises(z):
        raise error

    assert diagnosed(known(wrong("crash", "1 / 0")), raises) == name


def test_an_exception_and_an_answer_are_never_the_same(known):
    def raises(z):
        return 1 / 0

    assert diagnosed(known(SQUARES), raises) is None
    assert diagnosed(known(wrong("crash", "1 / 0")), lambda z: z) is None


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.RAISED])
def test_nothing_explains_an_answer_that_never_came(known, fault):
    call = Answer(Call("f", (ZS[0],)), fault=StudentFault(fault))
    assert diagnose(LIKE_Z, known(SQUARES + wrong("crash", "1 / 0")), [call], [call]) is None


def test_infinities_and_nan_are_compared_like_numbers(known):
    def overflows(z):
        with np.errstate(all="ignore"):
            return np.exp(z) / np.exp(z)

    naive = known(wrong("overflow", "return np.exp(z) / np.exp(z)"))
    inputs = (np.array([0.0, 710.0]), np.array(-800.0))
    assert diagnosed(naive, overflows, inputs=inputs) == "overflow"
    assert diagnosed(naive, np.ones_like, inputs=inputs) is None


# --- other kinds of answers ---


def test_tuples_are_compared_item_by_item(known):
    both = Signature("f", 1, {"X": ("n", "d")}, (Returns("real", ("d",)), Returns("real", ())), several=True)
    swaps = known(
        wrong("swap", "return X.max(axis=0), X.sum()", args="X"), reference=lambda X: (X.min(axis=0), X.sum())
    )
    inputs = (np.arange(6.0).reshape(3, 2), np.ones((2, 3)))
    assert diagnosed(swaps, lambda X: [X.max(axis=0), X.sum()], signature=both, inputs=inputs) == "swap"
    assert diagnosed(swaps, lambda X: (X.max(axis=0), X.sum() + 1), signature=both, inputs=inputs) is None
    assert diagnosed(swaps, lambda X: X.max(axis=0), signature=both, inputs=inputs) is None


def test_a_generator_is_given_as_it_was_before_the_student_drew(known):
    draws = Signature("f", 1, {"n": "n", "rng": None}, (Returns("real", ("n",)),))
    uniform = known(
        wrong("draw_uniformly", "return rng.random(n)", args="n, rng"), reference=lambda n, rng: rng.normal(size=n)
    )
    rng = np.random.default_rng(5)
    inputs = ((4, rng), (2, rng))
    assert diagnosed(uniform, lambda n, rng: rng.random(n), signature=draws, inputs=inputs) == "draw_uniformly"
    assert diagnosed(uniform, lambda n, rng: rng.exponential(size=n), signature=draws, inputs=inputs) is None


def test_of_many_draws_from_one_generator_few_are_compared(known):
    signature = Signature("f", 1, {"n": None, "rng": None}, (Returns("real"),))
    rng = np.random.default_rng(3)
    inputs = [(2.0, rng)] * 300 + [(3.0, rng)] * 300
    text = "runs = []\n\n" + wrong("draw", "runs.append(n); return n * rng.random()", args="n, rng")
    (draws,) = known(text, lambda n, rng: rng.random())
    log = logged(lambda n, rng: n * rng.random(), inputs, signature)
    assert len(log) == 600
    assert diagnose(signature, [draws], log, log).name == "draw"
    runs = draws.variants[0].__globals__["runs"]
    assert {runs.count(2.0), runs.count(3.0)} == {MOST_REPEATS}


def test_arguments_by_name_are_given_by_name(known):
    log = []
    f = Function(
        Signature("f", 1, {"z": None, "floor": None}, (Returns("real"),)),
        as_caller(lambda z, floor=0: z - floor),
        log,
        hidden=False,
    )
    f(3.0, floor=1.0)
    known_wrong = known(
        wrong("subtract", "return z - floor", args="z, floor=0"), reference=lambda z, floor=0: z + floor
    )
    assert diagnose(f.signature, known_wrong, log, log).name == "subtract"


# --- values that no misconception gives ---


@pytest.mark.parametrize(
    "value", [2**1025, [2**1025, 1], 1 + 2j, np.array([1j]), [2**1025, 1j], "x", b"x", {"a": 1}], ids=range(8)
)
def test_any_value_gets_a_verdict_and_no_warning(known, value):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert diagnosed(known(SQUARES), lambda _: value) is None


def test_a_misconception_does_not_run_on_large_numbers(known):
    call = Answer(Call("f", (np.array([10**9]),)), 1.0)
    assert diagnose(LIKE_Z, known(SQUARES), [call], [call]) is None


CANCELS = wrong("cancels", "return np.where(np.abs(z - 0.5) < 0.1, np.sin(1e18 * z), 3 * z)")
"""Rounding decides what it gives at 0.5."""


def cancels_elsewhere(z):
    return np.where(np.abs(z - 0.5) < 0.1, np.sin(1e18 * (z * (1 + 1e-15))), 3 * z)


def test_what_rounding_decides_does_not_contradict(known):
    """The same source gives another answer on another machine, say for the determinant of a singular matrix."""
    assert diagnosed(known(CANCELS), cancels_elsewhere) == "cancels"
    assert diagnosed(known(CANCELS), lambda z: np.where(np.abs(z - 0.5) < 0.1, 7.0, 4 * z)) is None


def test_what_rounding_decides_explains_nothing(known):
    assert diagnosed(known(CANCELS), lambda z: np.where(np.abs(z - 0.5) < 0.1, 7.0, 2 * z)) is None


# --- what is done to the arguments ---


def judged_unchanged(student, *inputs, signature=LIKE_Z):
    """A check that passes on values, and the one on arguments, which fails."""
    log = []
    for z in inputs:
        Function(signature, as_caller(student), log, hidden=False).with_arguments_after(z)
    failed = PropertyResult("arguments", "arguments", 1, False, Verdict.FAILED)
    return Judgement(failed, log, log)


def test_a_change_that_is_small_is_no_rounding(known):
    def student(z):
        result = 2 * z
        z[z == 0] = 1e-300
        return result

    adds = wrong("add_little", "return 2 * z + 1e-300")
    judged = judged_unchanged(student, np.array([0.0, 1.0]))
    assert named_by_check(known(adds), judged) == [("changes_an_argument", ())]
    writes = wrong("write_into_z", "r = 2 * z\n    z[z == 0] = 1e-300\n    return r")
    assert named_by_check(known(adds + writes), judged) == [("write_into_z", ())]


def test_an_argument_is_changed_by_what_is_random(known):
    signature = Signature("f", 1, {"z": None, "rng": None}, (Returns("real", like=("z",)),))

    def student(z, rng):
        z[z == 0] = 1e-300
        return z + rng.normal()

    log = []
    for seed in range(3):
        f = Function(signature, as_caller(student), log, hidden=False)
        f.with_arguments_after(np.array([0.0, 1.0]), np.random.default_rng(seed))
    judged = Judgement(PropertyResult("arguments", "arguments", 1, False, Verdict.FAILED), log, log)
    copies = wrong("copy_rng", "import copy\n    return z + copy.deepcopy(rng).normal()", args="z, rng")
    found = diagnose_by_check(signature, known(copies, lambda z, rng: z + rng.normal()), (judged,))
    assert [d.name for d in found] == ["changes_an_argument"]
