"""The door that Otter knocks at: a property poses as a test case, and its message is the whole feedback."""

import pickle
import types

import pytest

EQUAL = """
    @prop(points=1, hint="Add.", cases=30, z=arrays(largest=4))
    def is_twice(f, z):
        '''f(z) is twice z.'''
        expect(f(z), 2 * z)
"""
HIDDEN = """
    @prop(points=1, hint="Add.", hidden=True, cases=20, z=arrays(largest=4))
    def secretly_twice(f, z, reference):
        expect(f(z), reference.f(z))
"""
OWN_ERROR = """
    @prop(points=1, hint="h", cases=5, z=whole(1, 9))
    def stumbles(f, z):
        f(z)
        [][z]
"""


def reference(f):
    return types.SimpleNamespace(f=f)


def raiser(error):
    def body(_):
        raise error

    return body


@pytest.fixture
def otter(write_question, recwarn):
    """Otter's own test file made of a question's file, run against an environment."""
    from otter.test_files import ExceptionTestFile

    def run(text, environment):
        path = write_question(text).path
        loaded = ExceptionTestFile.from_file(str(path))
        loaded.run(environment)
        return loaded

    return run


def test_otter_takes_a_property_for_a_test_case(otter):
    loaded = otter(EQUAL + HIDDEN, {"f": lambda z: 2 * z})
    assert [(c.name, c.points, c.hidden) for c in loaded.test_cases] == [
        ("f(z) is twice z.", 1, False),
        ("secretly twice", 1, True),
    ]
    assert loaded.test_case_results[0].passed


def test_otter_pickles_a_property_as_a_plain_test_case(otter):
    from otter.test_files import test_case

    found = otter(EQUAL, {}).test_cases[0].body
    assert isinstance(found, test_case)
    text = pickle.dumps(found)
    assert b"autograder" not in text
    crossed = pickle.loads(text)
    assert type(crossed) is test_case
    assert (crossed.name, crossed.points, crossed.hidden) == ("f(z) is twice z.", 1, False)


def test_otters_message_names_the_propertys_line_and_shows_no_traceback(otter):
    loaded = otter(EQUAL, {"f": lambda z: 3 * z})
    message = loaded.test_case_results[0].message
    number = next(i for i, line in enumerate(loaded.source.splitlines(), 1) if line.startswith("def "))
    assert not loaded.test_case_results[0].passed
    assert f"Error at line {number} in test f:\n  def is_twice(f, z):\n" in message
    for part in ("Wrong: hint: Add.", "called:   f(", "returned: ", "expected: "):
        assert part in message
    assert "Traceback" not in message
    assert "autograder" not in message


@pytest.mark.parametrize(
    "f",
    [raiser(ValueError("no")), raiser(SystemExit(1)), raiser(RecursionError()), None, lambda z: None],
    ids=["raises", "exits", "recurs", "is missing", "returns nothing"],
)
def test_otter_survives_what_student_code_does(otter, f):
    loaded = otter(EQUAL, {"f": f})
    assert not loaded.test_case_results[0].passed
    assert "Error at line" in loaded.test_case_results[0].message


def test_otter_shows_no_input_of_a_hidden_property(otter):
    loaded = otter(HIDDEN, {"f": lambda z: 31337.0 + z, "reference": reference(lambda z: 2 * z)})
    message = loaded.test_case_results[0].message
    assert "hint: Add." in message
    assert "31337" not in message
    assert "np.array" not in message
    assert "called" not in message


def test_otter_is_told_when_a_check_itself_failed(otter):
    message = otter(OWN_ERROR, {"f": lambda z: z}).test_case_results[0].message
    assert "could not be judged (not your fault)" in message


def test_a_property_says_so_to_otter_without_importing_it(python):
    code = "import sys; from autograder.checks import prop; print('otter' in sys.modules)"
    assert python(code).strip() == "False"


def test_a_function_that_the_contract_does_not_know_is_the_staffs_error_there_too(write_question):
    """Otter reads the file itself: what loading would have found shows when it runs."""
    path = write_question(EQUAL).path
    path.write_text(path.read_text().replace("def is_twice(f, z)", "def is_twice(f, g, z)"))
    from otter.test_files import ExceptionTestFile

    loaded = ExceptionTestFile.from_file(str(path))
    loaded.run({"f": lambda z: 2 * z})
    message = loaded.test_case_results[0].message
    assert "could not be judged (not your fault): f.py: is_twice uses g, which is not in the contract" in message
