"""A property's verdict: passed, failed, or not judged; the smallest counterexample."""

import types
import warnings

import numpy as np
import pytest

from autograder.checks import contract, prop, whole
from autograder.checks.judging import judge
from autograder.model.calls import Answer
from autograder.model.errors import AuthoringError, Fault, InfrastructureError, StudentFault
from autograder.model.result import Verdict

EQUAL = """
    @prop(points=1, hint="Add.", cases=30, n=whole(0, 40), z=arrays(largest=4))
    def is_twice(f, n, z):
        '''f(z) is twice z.

        More about it.
        '''
        expect(f(z), 2 * z)
"""
HIDDEN = """
    @prop(points=1, hint="Add.", hidden=True, cases=20, z=arrays(largest=4))
    def secretly_twice(f, z, reference):
        expect(f(z), reference.f(z))
"""


@pytest.fixture
def only(write_question):
    """The one property of a question ``f``."""
    return lambda text, **more: write_question(text, **more).properties[0]


def verdict(found, f, **namespace):
    return judge(found, {"f": f, **namespace}).result


def reference(f):
    module = types.ModuleType("reference")
    module.f = f
    return module


def raiser(error):
    def body(_):
        raise error

    return body


# --- the declaration ---


def test_the_title_is_the_docstrings_first_line_or_the_name(write_question):
    first, second = write_question(EQUAL + HIDDEN).properties
    assert (first.id, first.title, second.title) == ("is_twice", "f(z) is twice z.", "secretly twice")
    assert (first.functions, second.functions) == (("f",), ("f",))


def test_a_property_draws_something():
    with pytest.raises(AuthoringError, match="draws at least one"):
        prop(points=1, hint="h")


def test_what_is_drawn_is_a_parameter():
    with pytest.raises(AuthoringError, match=r"p: draws n, but takes only f"):

        @prop(points=1, hint="h", n=whole(0, 1))
        def p(f):
            pass


def test_a_public_property_does_not_use_the_reference():
    with pytest.raises(AuthoringError, match="only a hidden property"):

        @prop(points=1, hint="h", n=whole(0, 1))
        def p(f, n, reference):
            pass


# --- verdicts ---


def test_a_right_answer_passes_all_cases(only):
    found = only(EQUAL)
    judgement = judge(found, {"f": lambda z: 2 * z})
    result = judgement.result
    assert (result.verdict, result.reason, result.counterexample, result.failing) == (Verdict.PASSED, "", None, 0)
    assert result.cases == len(found.cases) == len(judgement.answers) > 20
    assert judgement.failing_answers == []
    assert (result.name, result.title, result.points, result.hidden, result.hint) == (
        "is_twice",
        "f(z) is twice z.",
        1,
        False,
        "Add.",
    )


def test_a_wrong_answer_fails_with_the_smallest_failing_case(only):
    found = only(EQUAL)
    result = verdict(found, lambda z: 2 * z if z.size < 6 else 3 * z)
    failing = [v["z"].size for _, v in found.cases if v["z"].size >= 6]
    assert result.verdict is Verdict.FAILED
    assert result.reason == "wrong answer"
    assert result.failing == len(failing) > 1
    assert result.counterexample.size == min(failing)


def test_a_counterexample_tells_call_answer_and_expectation(only):
    found = only(EQUAL)
    example = verdict(found, lambda z: 2 * z + 1).counterexample
    draws, values = found.cases[0]
    assert example.case == draws
    call = example.calls[-1]
    given = eval(call.call, {"np": np, "f": lambda z: z})
    assert np.array_equal(given, values["z"])
    assert np.array_equal(eval(call.returned, {"np": np}), 2 * given + 1)
    assert np.array_equal(eval(example.expected, {"np": np}), 2 * given)
    assert example.problem == "does not equal the expected value"


def test_one_wrong_case_is_enough(only):
    found = only(EQUAL)
    last = found.cases[-1][1]["z"]
    result = verdict(found, lambda z: 2 * z + (np.array_equal(z, last) and 1e-6))
    assert (result.verdict, result.failing) == (Verdict.FAILED, 1)


@pytest.mark.parametrize(
    ("error", "reason"),
    [(ValueError("no"), "raised an exception"), (SystemExit(0), "exited"), (NotImplementedError(), "not written yet")],
    ids=["raises", "exits", "not written"],
)
def test_code_that_gives_no_answer_fails_and_says_why(only, error, reason):
    result = verdict(only(EQUAL), raiser(error))
    assert (result.verdict, result.reason) == (Verdict.FAILED, reason)


def test_a_missing_function_fails_as_missing(only):
    result = judge(only(EQUAL), {}).result
    assert (result.verdict, result.reason, result.counterexample.problem) == (
        Verdict.FAILED,
        "not defined",
        "f is not defined",
    )


class Counting:
    """A caller whose every call ends in the same fault."""

    def __init__(self, fault):
        self.fault, self.calls = fault, 0

    def call(self, call):
        self.calls += 1
        if isinstance(self.fault, InfrastructureError):
            raise self.fault
        return Answer(call, fault=self.fault)


@pytest.mark.parametrize("fault", Fault)
def test_only_a_fault_that_leaves_a_living_worker_goes_on_to_the_next_case(only, fault):
    caller = Counting(StudentFault(fault))
    found = only(EQUAL)
    result = verdict(found, caller)
    assert (result.verdict, result.reason) == (Verdict.FAILED, fault.value)
    goes_on = fault in {Fault.RAISED, Fault.UNSUPPORTED, Fault.IMPORT_ERROR}
    assert caller.calls == (len(found.cases) if goes_on else 1)


@pytest.mark.parametrize("text", [EQUAL, HIDDEN], ids=["public", "hidden"])
def test_our_own_fault_is_no_verdict_even_beside_a_reference(only, text):
    with pytest.raises(InfrastructureError, match="no worker"):
        verdict(only(text), Counting(InfrastructureError("no worker")), reference=reference(lambda z: 2 * z))


def test_a_hidden_property_tells_the_caller_so(only):
    hidden = []

    class Listening:
        def call(self, call):
            hidden.append(call.hidden)
            return Answer(call, 2 * call.args[0])

    assert verdict(only(HIDDEN), Listening(), reference=reference(lambda z: 2 * z)).verdict is Verdict.PASSED
    assert set(hidden) == {True}


def test_cases_are_the_same_for_everyone_whatever_a_student_does_to_them(only):
    def spoils(z):
        z *= 2
        return z

    found = only(EQUAL)
    assert verdict(found, spoils).verdict is Verdict.PASSED
    assert verdict(found, spoils).verdict is Verdict.PASSED


def test_warnings_of_numpy_and_of_students_are_no_error(only):
    def warns(z):
        warnings.warn("old", DeprecationWarning, stacklevel=1)
        return 2 * z + 0 * (np.float64(1) / np.float64(0) > 0)

    assert verdict(only(EQUAL), warns).verdict is Verdict.PASSED


# --- whose fault is it ---

OWN_ERROR = """
    @prop(points=1, hint="h", cases=5, z=whole(1, 9))
    def stumbles(f, z):
        f(z)
        [][z]
"""
STUMBLES_ON_ZERO = """
    @prop(points=1, hint="h", cases=5, z=whole(1, 9))
    def divides(f, z):
        expect([10, 5][int(f(z)) - 1] * 1.0, 10.0)
"""


def test_a_checks_own_error_is_never_the_students(only):
    found = only(OWN_ERROR)
    for namespace in ({}, {"reference": reference(lambda z: z)}):
        result = verdict(found, lambda z: z, **namespace)
        assert result.verdict is Verdict.NOT_JUDGED
        assert result.counterexample is None
        assert result.score == 0
        assert "the check stumbles itself failed: IndexError" in result.reason


def test_a_check_that_only_a_students_value_trips_fails_where_the_reference_survives(only):
    found = only(STUMBLES_ON_ZERO)
    assert verdict(found, lambda z: 7).verdict is Verdict.NOT_JUDGED
    result = verdict(found, lambda z: 7, reference=reference(lambda z: 1))
    assert (result.verdict, result.reason) == (Verdict.FAILED, "wrong answer")
    assert "could not use the returned values" in result.counterexample.problem
    assert result.counterexample.calls[-1].returned == "7.0"


def test_a_reference_that_fails_the_case_too_survives_nothing(only):
    found = only(STUMBLES_ON_ZERO)
    assert verdict(found, lambda z: 7, reference=reference(lambda z: 2)).verdict is Verdict.NOT_JUDGED


def test_an_error_of_the_check_outweighs_wrong_answers_before_it(only):
    found = only(
        """
        @prop(points=1, hint="h", cases=5, z=choice([1, 2, 3]))
        def breaks_late(f, z):
            expect(f(z), 0)
            1 / (3 - z)
        """
    )
    assert verdict(found, lambda z: float(z < 3)).verdict is Verdict.NOT_JUDGED


def test_a_property_that_needs_a_reference_is_not_judged_without_one(only):
    result = verdict(only(HIDDEN), lambda z: 2 * z)
    assert result.verdict is Verdict.NOT_JUDGED
    assert "reference" in result.reason


def test_cases_that_were_never_recorded_are_an_authoring_error(only):
    found = only(EQUAL)
    found.path.with_suffix(".json").unlink()
    with pytest.raises(AuthoringError, match="record the cases again"):
        verdict(found, lambda z: 2 * z)


def test_a_value_whose_repr_raises_is_a_wrong_answer(only):
    class Unspeakable:
        def __repr__(self):
            raise RuntimeError

    result = verdict(only(EQUAL), lambda z: Unspeakable())
    assert (result.verdict, result.reason) == (Verdict.FAILED, "wrong answer")
    assert result.counterexample.problem.startswith("returned an Unspeakable object; expected")


def test_only_the_last_calls_are_shown(only):
    found = only(
        """
        @prop(points=1, hint="h", cases=3, z=whole(0, 9))
        def calls_often(f, z):
            for i in range(20):
                f(i)
            expect(f(99), z)
        """
    )
    example = verdict(found, lambda z: -1).counterexample
    assert [c.call for c in example.calls] == ["f(18)", "f(19)", "f(99)"]
    assert example.made == 21


def test_properties_are_found_in_the_files_order(write_question):
    found = write_question(EQUAL + HIDDEN + EQUAL.replace("is_twice", "again"), points=3)
    assert [p.id for p in found.properties] == ["is_twice", "secretly_twice", "again"]
    assert contract.load(found.path.parent / "contract.toml") is found.properties[0].contract


# --- the property of leaving arguments alone ---

UNCHANGED = """
    leaves_it = inputs_unchanged("leaves_it", "f", points=1, n=whole(1, 9), pair=linear_data(), arguments=lambda n, pair: pair[:1])
    leaves_all = inputs_unchanged("leaves_all", "f", points=1, cases=5, z=arrays())
"""


def test_a_property_of_leaving_arguments_alone_is_declared_in_a_line(write_question):
    first, second = write_question(UNCHANGED, points=2).properties
    assert (first.id, first.title, first.hint) == (
        "leaves_it",
        "Does not modify its arguments.",
        "Avoid what changes an array in place: `+=`, `out=`, `.sort()`, assignment to items.",
    )
    # 5 that students have, and 4 that they have not.
    assert (first.functions, first.path.name, len(second.cases)) == (("f",), "f.py", 9)
    assert first.path.read_text().splitlines()[first.line - 1].startswith("leaves_it = ")
    assert verdict(first, lambda z: z + 1).verdict is Verdict.PASSED


def test_it_fails_where_an_argument_is_changed(write_question):
    for found in write_question(UNCHANGED, points=2).properties:

        def in_place(z):
            z = np.asarray(z)
            z += 1
            return z

        result = verdict(found, in_place)
        assert (result.verdict, result.counterexample.problem) == (Verdict.FAILED, "changed its argument z")


def test_it_must_be_bound_to_its_name(write_question):
    with pytest.raises(AuthoringError, match="leaves_it to be assigned to a variable of that name"):
        write_question(UNCHANGED.replace("leaves_it = ", "other = "), points=2)
