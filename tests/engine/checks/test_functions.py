"""A student's function as a property sees it: copies go in, calls are logged, whatever happens has a name."""

import numpy as np
import pytest

from autograder.checks.functions import Function, as_caller
from autograder.checks.local_caller import LocalCaller
from autograder.model.calls import Call
from autograder.model.contract import Returns, Signature
from autograder.model.errors import Fault, InfrastructureError, Mismatch, StudentFault

SIGNATURE = Signature("f", 1, {"x": None, "y": None}, (Returns("real", like=("x",)),))


def seen(body, log=None, *, signature=SIGNATURE):
    return Function(signature, as_caller(body), [] if log is None else log, hidden=False)


def raising(error):
    def body(*_, **__):
        raise error

    return body


def test_a_call_gives_what_the_contract_states_and_is_logged():
    log = []
    f = seen(lambda x, y: [2, 4], log)
    answer = f(np.array([1, 2]), y=7)
    assert answer.dtype == np.float64
    assert (log[0].call.function, log[0].call.kwargs, log[0].fault) == ("f", {"y": 7}, None)
    assert log[0].call.args[0].tolist() == [1, 2]
    assert log[0].value is answer
    assert f.__name__ == "f"


def test_the_students_copy_is_private_and_writable():
    def spoils(x, y):
        x[:] = 99
        y.append(1)
        return x

    x, y = np.zeros(3), [0]
    x.flags.writeable = False
    log = []
    assert seen(spoils, log)(x, y).tolist() == [99, 99, 99]
    assert x.tolist() == [0, 0, 0]
    assert y == [0]
    assert log[0].call.args[0] is x


def test_a_student_who_keeps_an_array_cannot_change_the_next_call():
    kept = []

    def keeps(x, y):
        kept.append(x)
        kept[0][0] += 1
        return kept[0]

    f, x = seen(keeps), np.zeros(2)
    f(x, 0)
    f(x, 0)
    assert x.tolist() == [0, 0]


def test_a_generator_is_used_up_and_the_log_keeps_it_as_it_was():
    log, rng = [], np.random.default_rng(3)
    first = seen(lambda rng: rng.random(), log, signature=Signature("f", 1, {"rng": None}, (Returns("real"),)))(rng)
    assert rng.random() != first, "the caller's generator went on"
    assert log[0].call.args[0].random() == first


def test_a_callable_argument_is_passed_as_it_is():
    asked = []
    f = seen(lambda x, ask: ask(x), signature=Signature("f", 1, {"x": None, "ask": None}, (Returns("real"),)))
    assert f(3, lambda x: asked.append(x) or 2 * x) == 6
    assert asked == [3]


@pytest.mark.parametrize(
    ("error", "fault", "message"),
    [
        (ValueError("no"), Fault.RAISED, "ValueError: no"),
        (ZeroDivisionError(), Fault.RAISED, "ZeroDivisionError"),
        (RecursionError("deep"), Fault.RAISED, "RecursionError: deep"),
        (MemoryError(), Fault.OUT_OF_MEMORY, "used more than 1 GiB of memory"),
        (NotImplementedError(), Fault.NOT_WRITTEN, "not written yet"),
        (SystemExit(3), Fault.EXITED, "exit() was called (SystemExit: 3)"),
        (SystemExit(), Fault.EXITED, "exit() was called (SystemExit)"),
    ],
    ids=lambda v: type(v).__name__ if isinstance(v, BaseException) else None,
)
def test_whatever_student_code_does_has_a_name(error, fault, message):
    log = []
    with pytest.raises(StudentFault) as caught:
        seen(raising(error), log)(1, 2)
    assert (caught.value.fault, str(caught.value)) == (fault, message)
    assert log[0].fault is caught.value


def test_a_raise_names_the_class_and_its_bases_and_the_students_line():
    with pytest.raises(StudentFault) as caught:
        seen(raising(np.linalg.LinAlgError("singular")))(1, 2)
    assert caught.value.type_names[:3] == ("LinAlgError", "ValueError", "Exception")
    assert "raise error" in caught.value.where
    assert caught.value.where.startswith("line ")


def test_the_line_named_is_the_students_deepest_own_one(tmp_path):
    path = tmp_path / "answer.py"
    path.write_text(
        "import numpy as np\n\ndef helper(x):\n    return np.linalg.inv(x)\n\ndef f(x, y):\n    return helper(x)\n"
    )
    namespace = {}
    exec(compile(path.read_text(), str(path), "exec"), namespace)
    with pytest.raises(StudentFault) as caught:
        seen(namespace["f"])(np.zeros((2, 2)), 0)
    assert caught.value.where == "line 4: return np.linalg.inv(x)"


def test_an_exception_that_cannot_be_printed_is_an_exception():
    class MuteError(Exception):
        def __str__(self):
            raise RuntimeError

    with pytest.raises(StudentFault, match="MuteError: "):
        seen(raising(MuteError()))(1, 2)


def test_a_value_against_the_contract_is_a_mismatch_and_stays_in_the_log():
    log = []
    with pytest.raises(Mismatch, match=r"returned shape \(2,\); expected a single number"):
        seen(lambda x, y: np.zeros(2), log)(1.0, 0)
    assert log[0].value.shape == (2,)


@pytest.mark.parametrize("thing", [None, 3, "f", []])
def test_what_is_no_function_is_missing(thing):
    with pytest.raises(StudentFault, match="f is not defined") as caught:
        seen(thing)(1, 2)
    assert caught.value.fault is Fault.MISSING


def test_a_wrong_number_of_parameters_is_the_students_error():
    with pytest.raises(StudentFault, match="TypeError") as caught:
        seen(lambda x: x)(1, 2)
    assert caught.value.fault is Fault.RAISED


def test_our_own_fault_passes_through():
    class Broken:
        def call(self, _):
            raise InfrastructureError("no worker")

    with pytest.raises(InfrastructureError):
        seen(Broken())(1, 2)


@pytest.mark.parametrize("wanted", [True, False])
def test_arguments_come_back_only_where_they_are_wanted(wanted):
    def grows(x):
        x.append(4)
        return 0

    answer = LocalCaller(grows).call(Call("grows", ([3],), want_arguments=wanted))
    assert (answer.value, answer.arguments) == (0, ([3, 4],) if wanted else None)
