"""The tree in the docstring is the tree of the classes."""

import inspect
import re

from autograder.model import errors


def defined():
    return {
        name: cls
        for name, cls in vars(errors).items()
        if inspect.isclass(cls) and issubclass(cls, Exception) and cls.__module__ == errors.__name__
    }


def drawn():
    """Name -> parent, as the docstring draws them by indentation."""
    parents, path = {}, []
    for line in errors.__doc__.splitlines():
        match = re.match(r"(?P<indent>[│ ]*)(?:[├└]── )?(?P<name>[A-Z]\w+)(?:  |$)", line)
        if match and ("──" in line or match["name"] == "Exception"):
            depth = 0 if match["name"] == "Exception" else 1 + len(match["indent"]) // 4
            path[depth:] = [match["name"]]
            if depth:
                parents[match["name"]] = path[depth - 1]
    return parents


def test_every_error_is_drawn_under_its_base():
    assert drawn() == {name: cls.__bases__[0].__name__ for name, cls in defined().items()}


def test_the_drawn_exit_codes_are_the_real_ones():
    for name in ("UsageError", "AuthoringError", "InfrastructureError"):
        line = next(line for line in errors.__doc__.splitlines() if f"── {name} " in line)
        assert f"exit {getattr(errors, name).exit_code}" in line


def test_a_verdict_on_a_student_is_no_error_of_the_package():
    for verdict in (errors.Mismatch, errors.StudentFault, errors.IntakeError):
        assert not issubclass(verdict, errors.AutograderError)


def test_no_two_faults_read_the_same():
    assert len({fault.value for fault in errors.Fault}) == len(errors.Fault)


def test_a_fault_without_a_message_says_its_kind():
    assert str(errors.StudentFault(errors.Fault.TIMED_OUT)) == "timed out"
    assert str(errors.StudentFault(errors.Fault.RAISED, "ValueError: no")) == "ValueError: no"
