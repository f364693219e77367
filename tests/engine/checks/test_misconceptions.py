"""Files of misconceptions: what is loaded from them, and every mistake in one named."""

import numpy as np
import pytest

from autograder.checks import misconceptions, question
from autograder.model.errors import AuthoringError

HEADER = "import numpy as np\nfrom autograder.checks import misconception\n\n"
MARK = '@misconception(says="You do.", hint="Do not.")\n'


def right(z):
    return 2 * z


@pytest.fixture
def load(tmp_path):
    """Misconceptions of a question ``f``, whose reference is ``right``, from the text of their file."""

    def load(text):
        (tmp_path / "f.py").write_text(HEADER + text, encoding="utf-8")
        return misconceptions.load(tmp_path, {"f": right})["f"]

    return load


def test_misconceptions_are_loaded_by_question_in_the_files_order(toy):
    reference = {"double": right}
    found = misconceptions.load(toy / "misconceptions", reference)
    assert list(found) == ["double"]
    assert [m.name for m in found["double"]] == ["squares", "forgets_negatives"]
    assert {m.question for m in found["double"]} == {"double"}
    assert found["double"][0].function(3) == 9


@pytest.mark.parametrize(
    ("says", "sentence"),
    [
        ("you square z", "You square z."),
        ("You square z.", "You square z."),
        ("a sum is missing?", "A sum is missing?"),
        ("y is a column", "y is a column."),
        ("exp of z underflows", "exp of z underflows."),
        ("mean(x^2) overflows", "mean(x^2) overflows."),
        ("math.log takes numbers only", "math.log takes numbers only."),
        ("σ² is missing", "σ² is missing."),
    ],
)
def test_what_it_says_is_a_sentence(load, says, sentence):
    (found,) = load(f"@misconception(says={says!r}, hint='Do not.')\ndef g(z):\n    return z\n")
    assert found.says == sentence


def test_a_misconception_may_use_the_references_functions(load):
    assert load(MARK + "def twice(z):\n    return f(f(z))\n")[0].function(1) == 4


def test_a_misconception_leaves_the_reference_alone(tmp_path):
    (tmp_path / "f.py").write_text(HEADER + MARK + "def f(z):\n    return 0\n\n" + MARK + "def g(z):\n    return 1\n")
    reference = {"f": right}
    misconceptions.load(tmp_path, reference)
    assert reference == {"f": right}


def test_as_an_answer_it_is_the_reference_with_one_mistake(toy):
    reference = (toy / "toy.py").read_text()
    mistake = misconceptions.load(toy / "misconceptions", {"double": right})["double"][1]
    namespace = {}
    exec(mistake.as_answer(reference), namespace)
    assert namespace["double"](np.array([-1.0, 1.0])).tolist() == [-1, 2]
    judged = question.load(toy / "tests" / "weigh.py").judge(namespace)
    assert all(j.result.score == j.result.points for j in judged)


def test_as_an_answer_it_brings_what_it_needs_of_its_file(load):
    """Without its helpers it raised NameError, and every property seemed to catch it."""
    helpers = "import math\nTWO = 2\nUNUSED = 3\n\n\ndef _helper(z):\n    return TWO * z + math.floor(0.5)\n\n\n"
    first = MARK + "def wrong(z):\n    return _helper(z) + f(z)\n\n\n"
    second = MARK + "def on_top(z):\n    return wrong(z) + 1\n"
    for mistake, expected in zip(load(helpers + first + second), (10, 11), strict=True):
        namespace = {}
        exec(mistake.as_answer("def f(z):\n    return 2 * z + 2\n"), namespace)
        assert namespace["f"](2) == expected
        assert "UNUSED" not in namespace


def test_no_folder_holds_no_misconceptions(tmp_path):
    assert misconceptions.load(tmp_path / "none", {}) == {}


def test_a_file_for_no_function_of_the_reference_is_named(toy):
    with pytest.raises(
        AuthoringError, match=r"double\.py: expected a function of the reference; found no double in it"
    ):
        misconceptions.load(toy / "misconceptions", {"weigh": right})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("def bare(z):\n    return z\n", r"f\.py, line 4: bare lacks @misconception.*underscore"),
        ("def (", r"f\.py, line 4: cannot be loaded: SyntaxError"),
        ("1 / 0", r"f\.py, line 4: cannot be loaded: ZeroDivisionError"),
        ("import sys\nsys.exit()", r"f\.py, line 5: cannot be loaded: SystemExit"),
        (
            '@misconception(says="x", hint=" ")\ndef f(z):\n    pass\n',
            r"f\.py, line 4: expected a sentence .* found an empty",
        ),
        (MARK + "def g():\n    pass\n", r"f\.py, line 5: expected g to take z like f; found g\(\)"),
        ('@misconception(says="x")\ndef f(z):\n    pass\n', r"f\.py, line 4: cannot be loaded: TypeError"),
        (
            2 * '@misconception(says="x", hint="y")\ndef twice(z):\n    pass\n',
            r"f\.py, line 8: twice is the name of another",
        ),
    ],
    ids=["bare", "syntax", "error", "exit", "empty hint", "parameters", "no hint", "one name for two"],
)
def test_a_file_that_is_no_list_of_misconceptions_is_named(load, text, says):
    with pytest.raises(AuthoringError, match=says):
        load(text)
